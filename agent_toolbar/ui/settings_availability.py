"""The page "Ready and wrap-up": how the queue is told, reasons, records of calls and their outcomes. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.ui.label_drafts import Draft
from agent_toolbar.ui.label_table import LabelTable
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.queue_section import QueueSection
from agent_toolbar.ui.ready_section import ReadySection
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.wrap_up_section import WrapUpSection


class AvailabilityPage(SettingsPage):
    """A change applies at once; of a table or a way to tell the queue all at once, or, while something in it is wrong,
    nothing. What was typed stays in its field either way, also when language or text size change.

    Attributes:
        queue, ready, wrap_up: the sections; reasons, outcomes: the tables.
    """

    def __init__(self, look: Look, toolbar: Toolbar) -> None:
        super().__init__(look, toolbar)
        self.set_title(self.tr("Ready and wrap-up"))
        self._unsaved: set[LabelTable] = set()
        settings = toolbar.settings
        self.queue = QueueSection(self)
        self.ready = ReadySection(self)
        title = self.tr("Reasons for being not ready")
        self.add_section(title)
        self.reasons = LabelTable(look, title, self.tr("The agent must say more"), timed=True)
        self.reasons.show_drafts([Draft.of(reason) for reason in settings.availability.reasons])
        self._reasons_notice = self.add_wide(self.reasons, key="availability.reasons")
        self.reasons.changed.connect(self._keep_reasons)
        self.wrap_up = WrapUpSection(self)
        title = self.tr("Outcomes of a call")
        self.add_section(title)
        self.outcomes = LabelTable(look, title, self.tr("The subject may not stay empty"), timed=False)
        self.outcomes.show_drafts([Draft.of(outcome) for outcome in settings.wrap_up.dispositions])
        self._outcomes_notice = self.add_wide(self.outcomes, key="wrap_up.dispositions")
        self.outcomes.changed.connect(self._keep_outcomes)
        self.body.addStretch()

    @property
    def busy(self) -> bool:
        """Something stands here that is not saved."""
        return self.queue.unsaved or self.ready.unsaved or bool(self._unsaved)

    def problem_of_reasons(self) -> str:
        """What stands below the table of reasons, "" for nothing."""
        return self._reasons_notice.text()

    # ------------------------------------------------------------------ what the sections ask

    def change_availability(
        self, notice: Notice, places: Mapping[str, Notice] | None = None, **changes: object
    ) -> bool:
        """Applies `changes`; answers whether they are in force. `notice`, `places`: see SettingsPage.change."""
        settings = self.toolbar.settings
        wanted = msgspec.structs.replace(settings.availability, **changes)
        if wanted == settings.availability:
            notice.clear_problem()
            return True
        return self.change(msgspec.structs.replace(settings, availability=wanted), notice, places)

    def change_wrap_up(self, notice: Notice, **changes: object) -> bool:
        """As change_availability."""
        settings = self.toolbar.settings
        wanted = msgspec.structs.replace(settings.wrap_up, **changes)
        if wanted == settings.wrap_up:
            notice.clear_problem()
            return True
        return self.change(msgspec.structs.replace(settings, wrap_up=wanted), notice)

    # ------------------------------------------------------------------ the tables

    def _keep_reasons(self) -> None:
        notice = self._reasons_notice
        self._unsaved.add(self.reasons)
        reasons = tuple(draft.reason() for draft in self.reasons.drafts)
        day = self.toolbar.settings.availability
        usable = {reason.code for reason in reasons if not reason.needs_note}
        if not self.reasons.is_right:
            notice.say(self._not_saved())
        elif day.idle_min and day.idle_reason not in usable:
            text = self.tr(
                "Not saved yet: “{code}” is the reason that is set when nobody is there. Choose another one first."
            )
            notice.say(text.format(code=day.idle_reason))
        elif self.change_availability(notice, reasons=reasons):
            self._unsaved.discard(self.reasons)
            self.ready.show_reasons()

    def _keep_outcomes(self) -> None:
        self._unsaved.add(self.outcomes)
        if not self.outcomes.is_right:
            self._outcomes_notice.say(self._not_saved())
            return
        outcomes = tuple(draft.disposition() for draft in self.outcomes.drafts)
        if self.change_wrap_up(self._outcomes_notice, dispositions=outcomes):
            self._unsaved.discard(self.outcomes)

    def _not_saved(self) -> str:
        return self.tr("Not saved yet: put right what has a red sign.")
