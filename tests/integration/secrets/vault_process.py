"""One use of the vault in a process of its own; prints the answer. Run as: vault_process.py WORD [PASSWORD]."""

from __future__ import annotations

import sys

from agent_toolbar.settings.secrets import KeyringVault
from tests.fakes.queue_dispatcher import QueueDispatcher


def main() -> int:
    dispatcher = QueueDispatcher()
    vault = KeyringVault(dispatcher, patience_s=5.0)
    answers: list[object] = []
    match sys.argv[1:]:
        case ["save", password]:
            vault.save("pbx.example", "200", password, answers.append)
        case ["load"]:
            vault.load("pbx.example", "200", answers.append)
        case ["forget"]:
            vault.forget("pbx.example", "200")
            vault.load("pbx.example", "201", answers.append)  # answered after it, by the same worker
    dispatcher.run_until(lambda: answers != [], 20.0)
    print(answers[0])
    return 0


if __name__ == "__main__":
    sys.exit(main())
