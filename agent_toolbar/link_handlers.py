"""`agent-toolbar handlers`: who opens links on this computer. No toolbar has to run for it."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from agent_toolbar.application.ports.scheme_handlers import HandlersFound, Offer, SchemeHolder, Scope
from agent_toolbar.cli.handler_arguments import REGISTER, UNREGISTER
from agent_toolbar.cli.output import print_json
from agent_toolbar.cli.texts import text
from agent_toolbar.domain.errors import SchemeError
from agent_toolbar.handlers.choice import handlers_here

DONE, REFUSED = 0, 1


def arrange_handlers(given: argparse.Namespace) -> int:
    """The exit status: 0 when it is so, else 1 with the reason on standard error."""
    handlers = handlers_here()
    scope = Scope.MACHINE if given.machine else Scope.USER
    try:
        if given.deed == REGISTER:
            handlers.register(scope, default=given.default)
        elif given.deed == UNREGISTER:
            handlers.unregister(scope)
    except SchemeError as error:
        print(text(error.code, **error.params), file=sys.stderr)
        return REFUSED
    found = handlers.found()
    if given.json:
        print_json(_as_json(found))
    else:
        _print(found)
    return DONE


def _print(found: HandlersFound) -> None:
    for holder in found.holders:
        print(text("handler_line", scheme=holder.scheme, who=_who(holder, found)))
    if found.problem is not None:
        print(text(found.problem.code, **found.problem.params), file=sys.stderr)
    offers = {Offer.CURRENT: "offer_user", Offer.OTHER_PROGRAM: "offer_other_program"}
    if found.machine is Offer.CURRENT:
        print(text("offer_machine"))
    if found.user is not Offer.NONE or found.machine is not Offer.CURRENT:
        other = Offer.OTHER_PROGRAM in {found.user, found.machine}
        print(text(offers.get(Offer.OTHER_PROGRAM if other else found.user, "offer_none")))
    if found.page:
        print(text("handlers_page", page=found.page))


def _who(holder: SchemeHolder, found: HandlersFound) -> str:
    if holder.ours:
        return text("handler_ours")
    if not holder.known:
        return text("handler_unknown" if found.problem is None else "handler_unread")
    return holder.name or text("handler_nobody")


def _as_json(found: HandlersFound) -> dict[str, Any]:
    return {
        "system": found.system.value,
        "offered": {"user": found.user.value, "machine": found.machine.value},
        "schemes": [
            {"scheme": one.scheme, "name": one.name, "id": one.id, "ours": one.ours, "known": one.known}
            for one in found.holders
        ],
        "page": found.page,
        "problem": found.problem.code if found.problem is not None else "",
    }
