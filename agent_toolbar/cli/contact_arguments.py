"""The grammar of the verbs that read the contacts of this desk, without a running toolbar, or correct them in it."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.cli.texts import text
from agent_toolbar.ipc.control_protocol import Verb

SEARCH, AUDIT = "contacts-search", "contacts-audit"
FINDINGS = ("wrong", "somebody-else", "out-of-use", "right")

TYPE_CHECKING = False  # see cli.arguments
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from agent_toolbar.cli.arguments import Arguments, Verbs
    from agent_toolbar.cli.crm_arguments import AddVerb


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


def add_contact_correcting(contacts: Verbs, add_verb: AddVerb, add_json: Callable[[ArgumentParser], None]) -> None:
    """`correct` after `contacts`."""
    parser = add_verb(contacts, Verb.CONTACTS_CORRECT, _correction, "correct")
    parser.add_argument("number", metavar="NUMBER", help=text("wrong-one"))
    instead = parser.add_mutually_exclusive_group(required=True)
    instead.add_argument("--to", default="", metavar="NUMBER", help=text("right-one"))
    instead.add_argument("--retire", action="store_true", help=text("retire"))
    parser.add_argument("--contact", type=int, default=0, metavar="ID", help=text("correct-contact"))
    parser.add_argument("--yes", action="store_true", help=text("correct-yes"))
    add_json(parser)


def _correction(given: Namespace) -> Arguments:
    return {
        "number": given.number,
        "to": given.to,
        "retire": given.retire,
        "contact": given.contact,
        "confirmed": given.yes,
    }
