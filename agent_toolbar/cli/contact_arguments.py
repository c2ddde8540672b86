"""The grammar of the verbs that read the contacts of this desk without a running toolbar; see cli.arguments."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.cli.texts import text

SEARCH, AUDIT = "contacts-search", "contacts-audit"
FINDINGS = ("wrong", "somebody-else", "out-of-use", "right")

TYPE_CHECKING = False  # see cli.arguments
if TYPE_CHECKING:
    from argparse import ArgumentParser

    from agent_toolbar.cli.arguments import Verbs


def add_contact_reading(contacts: Verbs, add_json: Callable[[ArgumentParser], None]) -> None:
    """`search` and `audit` after `contacts`; see agent_toolbar.contact_reading."""
    search = contacts.add_parser("search", help=text(SEARCH), description=text(SEARCH))
    search.set_defaults(start=SEARCH)
    search.add_argument("text", nargs="+", metavar="TEXT", help=text("search-text"))
    add_json(search)
    audit = contacts.add_parser("audit", help=text(AUDIT), description=text(AUDIT))
    audit.set_defaults(start=AUDIT)
    audit.add_argument("--csv", default="", metavar="FILE", help=text("audit-csv"))
    audit.add_argument("--html", default="", metavar="FILE", help=text("audit-html"))
    add_json(audit)
