"""The grammar of the verbs about the CRM and its outbox; see cli.arguments."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from agent_toolbar.cli.texts import text
from agent_toolbar.ipc.control_protocol import Verb

TRIAL = "trial"

TYPE_CHECKING = False  # see cli.arguments
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import Protocol

    from agent_toolbar.cli.arguments import Arguments, Verbs, _Parser

    class AddVerb(Protocol):
        def __call__(
            self, verbs: Verbs, verb: Verb, arguments: Callable[[Namespace], Arguments] = ..., name: str = ""
        ) -> ArgumentParser: ...


def add_crm(crm: _Parser, add_verb: AddVerb, add_json: Callable[[ArgumentParser], None]) -> None:
    """The verbs after `crm`."""
    verbs = crm.add_subparsers(title=text("verbs"), metavar="VERB", required=True)
    for verb, name in ((Verb.CRM_CONNECT, "connect"), (Verb.CRM_DISCONNECT, "disconnect"), (Verb.CRM_STATUS, "status")):
        add_json(add_verb(verbs, verb, lambda _: {}, name))
    _add_test(verbs)
    account = verbs.add_parser("account", help=text("crm-account"), description=text("crm-account"))
    setting = account.add_subparsers(title=text("verbs"), metavar="VERB", required=True)
    parser = add_verb(setting, Verb.CRM_ACCOUNT_SET, _account_arguments, "set")
    parser.add_argument("--manifest", required=True, metavar="NAME", help=text("manifest"))
    parser.add_argument("--url", required=True, metavar="URL", help=text("crm-url"))
    parser.add_argument("--user", default="", metavar="USER", help=text("crm-user"))
    parser.add_argument(
        "--value", type=_value, action="append", default=[], metavar="NAME=VALUE", help=text("crm-value")
    )
    parser.add_argument("--key-stdin", action="store_true", help=text("key-stdin"))
    add_json(parser)


def _add_test(verbs: Verbs) -> None:
    """Needs no running toolbar; see agent_toolbar.trial."""
    parser = verbs.add_parser("test", help=text("crm-test"), description=text("crm-test"))
    parser.set_defaults(start=TRIAL)
    parser.of(manifest=None)
    parser.add_argument("--url", required=True, metavar="URL", help=text("crm-url"))
    parser.add_argument("--user", default="", metavar="USER", help=text("crm-user"))
    parser.add_argument(
        "--value", type=_value, action="append", default=[], metavar="NAME=VALUE", help=text("crm-value")
    )
    parser.add_argument("--key-stdin", action="store_true", help=text("crm-test-key"))
    parser.add_argument("--number", default="", metavar="NUMBER", help=text("crm-test-number"))
    parser.add_argument("--region", default="FR", metavar="CC", help=text("crm-test-region"))
    parser.add_argument("--write", action="store_true", help=text("crm-test-write"))


def add_outbox(parser: ArgumentParser) -> None:
    parser.add_argument("--retry", nargs="?", const="", metavar="KEY", help=text("retry"))
    parser.add_argument("--discard", default="", metavar="KEY", help=text("discard"))


def add_pop(parser: ArgumentParser) -> None:
    parser.add_argument("call", nargs="?", metavar="CALL", help=text("call"))
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--choose", default="", metavar="ID", help=text("pop-choose"))
    instead.add_argument("--create", default="", metavar="NAME", help=text("pop-create"))


def pop_arguments(given: Namespace) -> Arguments:
    return {"call": given.call or "", "choose": given.choose, "create": given.create}


def outbox_arguments(given: Namespace) -> Arguments:
    return {"retry": given.retry is not None, "key": given.retry or "", "discard": given.discard}


def _account_arguments(given: Namespace) -> Arguments:
    return {"manifest": _absolute(given.manifest), "url": given.url, "user": given.user, "values": dict(given.value)}


def _absolute(manifest: str) -> str:
    """A name stays one; a file is named by its absolute path, as the toolbar stands in another folder."""
    return os.path.abspath(manifest) if os.sep in manifest or manifest.endswith(".toml") else manifest  # noqa: PTH100


def _value(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(text("bad_value", value=word))
    return name, value
