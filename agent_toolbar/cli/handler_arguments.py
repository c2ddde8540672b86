"""The grammar of `agent-toolbar handlers`, which needs no running toolbar; see cli.arguments."""

from __future__ import annotations

from agent_toolbar.cli.texts import text

HANDLERS = "handlers"
STATUS, REGISTER, UNREGISTER = "status", "register", "unregister"

TYPE_CHECKING = False  # see cli.arguments
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable


def add_handlers(parser: ArgumentParser, add_json: Callable[[ArgumentParser], None]) -> None:
    """`status`, `register` and `unregister`; see agent_toolbar.link_handlers. Member `deed` says which."""
    deeds = parser.add_subparsers(title=text("verbs"), metavar="VERB", required=True)
    for deed in (STATUS, REGISTER, UNREGISTER):
        sentence = text(f"handlers-{deed}")
        one = deeds.add_parser(deed, help=sentence, description=sentence)
        one.set_defaults(start=HANDLERS, deed=deed, machine=False, default=False)
        if deed != STATUS:
            one.add_argument("--machine", action="store_true", help=text("handlers-machine"))
        if deed == REGISTER:
            one.add_argument("--default", action="store_true", help=text("handlers-default"))
        add_json(one)
