"""What becomes of an item of the outbox that the CRM did not take, and of one that changes. Pure functions."""

from __future__ import annotations

from dataclasses import replace

from agent_toolbar.application.ports.crm import OutboxItem
from agent_toolbar.domain.crm import CallEntry
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.text import plain_text

FIRST_WAIT_S = 5.0
LONGEST_WAIT_S = 900.0
LONGEST_BUSY_S = 3600.0
# an item that the CRM broke off at so often may itself be the trouble: from then on others go first
_BLAMED_ITSELF = 3
_ERROR_TEXT_LENGTH = 300
_LOST = frozenset({"crm_unreachable", "crm_unauthorized"})
_PASSES = _LOST | {"crm_slow", "crm_busy", "crm_broken_answer"}
_NOT_DONE = frozenset(
    {"crm_unauthorized", "crm_busy", "crm_forbidden", "crm_refused", "crm_cannot", "crm_needs_contact"}
)


def is_lost(error: AgentToolbarError) -> bool:
    """The CRM is out of reach or does not know us any more: no matter of one item."""
    return error.code in _LOST


def did_nothing(error: AgentToolbarError) -> bool:
    """It is certain that the request, if it arrived at all, changed nothing at the CRM."""
    return error.code in _NOT_DONE or (error.code == "crm_unreachable" and error.params.get("sent", 1) == 0)


def after_failure(
    item: OutboxItem, error: AgentToolbarError, *, certain: bool, now_s: float, chance: float
) -> OutboxItem:
    """`certain`: nothing was done at the CRM. `chance`: 0.0 to 1.0, spreads the waits of many desks."""
    text = plain_text(str(error.params.get("text", error.params.get("detail", ""))), _ERROR_TEXT_LENGTH)
    item = replace(item, error=error.code, error_text=text)
    if certain and not item.record:
        item = replace(item, doubtful=False, changed=False)
    if error.code not in _PASSES:
        return replace(item, stuck=True)  # a person must help
    if error.code == "crm_unauthorized":
        return item
    if error.code == "crm_busy":
        wait_s = min(LONGEST_BUSY_S, max(1.0, float(error.params.get("retry_after_s", FIRST_WAIT_S))))
        return replace(item, next_s=now_s + wait_s)
    tries = item.tries + 1
    waits = not is_lost(error) or tries >= _BLAMED_ITSELF
    return replace(item, tries=tries, next_s=now_s + _wait_s(tries, chance) if waits else 0.0)


def merged(entry: CallEntry, earlier: CallEntry) -> CallEntry:
    """`entry`, with what only the earlier one knows."""
    return replace(entry, contact_id=entry.contact_id or earlier.contact_id, agent=entry.agent or earlier.agent)


def revised(item: OutboxItem, entry: CallEntry, *, held: bool) -> OutboxItem:
    """The item with what is known of its call by now; one in doubt remembers that the CRM may have the old words."""
    words = merged(entry, item.entry)
    changed = item.changed or (item.doubtful and words != item.entry)
    return replace(item, entry=words, held=held, changed=changed)


def _wait_s(tries: int, chance: float) -> float:
    doubled_s = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(tries - 1, 20))
    return doubled_s * (0.75 + 0.5 * chance)
