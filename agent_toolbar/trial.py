"""`agent-toolbar crm test`: tries a connector without a toolbar and prints what each operation gave."""

from __future__ import annotations

import argparse

from PySide6.QtCore import QCoreApplication

from agent_toolbar.application.ports.crm import CrmAccess
from agent_toolbar.application.ports.crm_trial import Trial
from agent_toolbar.cli.texts import text
from agent_toolbar.crm.connector_trial import ConnectorTrial
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.i18n.error_sentences import error_text
from agent_toolbar.i18n.translation import Translation

DONE, REFUSED = 0, 1


def run_trial(given: argparse.Namespace, key: str) -> int:
    """The exit status: 0 when all that was tried worked, else 1."""
    application = QCoreApplication.instance() or QCoreApplication([])
    Translation(application).use(given.language or "")
    access = CrmAccess(given.manifest, given.url.rstrip("/"), given.user, tuple(given.value), key)
    try:
        trial = ConnectorTrial(access, given.number, NumberPlan(region=given.region.upper()), writes=given.write)
    except AgentToolbarError as error:
        print(error_text(error))
        return REFUSED
    print(trial.name)
    failed = False
    for tried in trial.run():
        print("\n".join(_lines(tried)))
        failed = failed or tried.error is not None
    return REFUSED if failed else DONE


def _lines(tried: Trial) -> list[str]:
    if tried.skip is not None:
        return [f"  -  {tried.operation}: {text(f'trial_{tried.skip}')}"]
    if tried.error is not None:
        return [f"  ✗  {tried.operation}: {error_text(tried.error)}"]
    head = f"  ✓  {tried.operation} ({tried.took_ms} ms)"
    return [head, *(f"       {line}" for line in tried.found)] if tried.found else [f"{head}: {text('trial_nothing')}"]
