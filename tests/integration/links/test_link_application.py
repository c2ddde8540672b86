"""A real application in a process of its own hears of opened links, also of those that came before it could act."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer, QUrl
from PySide6.QtGui import QFileOpenEvent
from agent_toolbar.links.opened_links import LinkApplication

def take(event):
    print(event.file() or event.url().toString(), flush=True)
    return True

application = LinkApplication(["agent-toolbar"])
QCoreApplication.sendEvent(application, QFileOpenEvent("tel://0301234567"))
application.receive(take)
QCoreApplication.postEvent(application, QFileOpenEvent(QUrl("tel:+33123")))
QTimer.singleShot(0, lambda: QCoreApplication.sendEvent(application, QFileOpenEvent("sip:a@b")))
QTimer.singleShot(0, lambda: QTimer.singleShot(0, application.quit))
sys.exit(application.exec())
"""


def test_every_link_is_heard_once_and_in_order() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["tel://0301234567", "tel:+33123", "sip:a@b"]
