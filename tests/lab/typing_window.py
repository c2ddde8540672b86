"""`python -m tests.lab.typing_window FILE`: another program's window, in which somebody types; FILE holds its text."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QPlainTextEdit

TITLE = "Another program"


def main() -> int:
    app = QApplication(sys.argv[:1])
    file = Path(sys.argv[1])
    page = QPlainTextEdit()
    page.setWindowTitle(TITLE)
    page.textChanged.connect(lambda: file.write_text(page.toPlainText()))
    page.show()
    page.activateWindow()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
