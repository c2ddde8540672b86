"""Middle of the bar: the call that the buttons act on, or why the last one failed, and how many more there are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_toolbar.application.toolbar_state import CallView, ToolbarState
from agent_toolbar.domain.call import CallEndCause, CallState
from agent_toolbar.domain.contact import Importance
from agent_toolbar.i18n.formats import timer_text
from agent_toolbar.i18n.sentences import importance_text, story_text
from agent_toolbar.ui import call_words, tokens
from agent_toolbar.ui.bar_button import BarButton
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.labels import IconLabel, PlainLabel
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.plain_text import tool_tip
from agent_toolbar.ui.quality_bars import QualityBars
from agent_toolbar.ui.tokens import Tone

_WIDEST_TIME = "0:00:00"
_USUAL_TIME = "00:00"
_NARROW, _NARROWER = 260, 200
_SIGN = 12
_WISHED_ENDS = frozenset({CallEndCause.HANDED_OVER, CallEndCause.REDIRECTED})


class CallTimer(PlainLabel):
    """The running time of one call. Not announced: its name for a screen reader stays the same."""

    def __init__(self, look: Look, tone: Tone = Tone.TEXT, parent: QWidget | None = None) -> None:
        super().__init__(look, tone, align=Qt.AlignmentFlag.AlignRight, parent=parent)
        self._since_s = 0.0
        look.ticker.ticked.connect(self._count)

    def count_from(self, since_s: float) -> None:
        """Seconds since the epoch; 0.0 shows nothing."""
        self._since_s = since_s
        self._look.ticker.want(self, bool(since_s))
        self._count()

    def _count(self) -> None:
        self.show_text(timer_text(int(self._look.now_s()) - int(self._since_s)) if self._since_s else "")


class ImportanceSign(QWidget):
    """How important the contact is: sign, word and colour."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(look, _SIGN)
        self._word = PlainLabel(look, strong=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(tokens.SPACE_XS))
        row.addWidget(self._icon)
        row.addWidget(self._word)

    def set_word_shown(self, shown: bool) -> None:
        """Without its word it still says it by sign and tool tip."""
        self._word.setVisible(shown)

    def show_importance(self, importance: Importance) -> None:
        icon, tone = call_words.IMPORTANCE_LOOK[importance]
        self.setVisible(icon is not None)
        if icon is not None:
            self._icon.show_icon(icon, tone, importance_text(importance))
            self._word.show_text(importance_text(importance), tone)


class CallZone(QWidget):
    """Who, since when, how it sounds. With further calls, the sign of direction becomes the button that shows them.

    Signals:
        others_asked: show or hide the further calls.
    """

    others_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        px = look.theme.px
        self._direction = IconLabel(look, tokens.ICON)
        self.name = PlainLabel(look, strong=True, elastic=True)
        self._importance = ImportanceSign(look)
        self._standing = PlainLabel(look)
        self._details = PlainLabel(look, Tone.MUTED, elastic=True)
        self.timer = CallTimer(look)
        self.timer.fit_to(_WIDEST_TIME)
        self._lock = IconLabel(look, _SIGN)
        self._quality = QualityBars(look)
        self.others = BarButton(look, Icon.INCOMING, width=tokens.ICON)
        self.others.clicked.connect(self.others_asked)
        self._view: CallView | None = None
        look.ticker.ticked.connect(self._count)

        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(px(tokens.SPACE_S))
        second.setSpacing(0)
        first.addWidget(self.name, 1)
        first.addWidget(self._importance)
        second.addWidget(self._standing)
        second.addWidget(self._details, 1)
        self._first, self._second = first, second
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addStretch()
        text.addLayout(first)
        text.addLayout(second)
        text.addStretch()
        signs = QHBoxLayout()
        signs.setSpacing(px(tokens.SPACE_XS))
        signs.addStretch()
        signs.addWidget(self._lock)
        signs.addWidget(self._quality)
        right = QVBoxLayout()
        right.setSpacing(px(2))
        right.addStretch()
        right.addWidget(self.timer, 0, Qt.AlignmentFlag.AlignRight)
        right.addLayout(signs)
        right.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(tokens.SPACE_S))
        row.addWidget(self._direction)
        row.addWidget(self.others)
        row.addLayout(text, 1)
        row.addLayout(right)
        self._row = row

    def show_state(self, state: ToolbarState) -> None:
        view = state.current_call
        self._view = view
        story = view.context if view is not None else None
        self.setToolTip(tool_tip(story_text(story)) if story is not None else "")
        if view is not None:
            self._show_call(view)
        elif state.just_ended and call_words.outcome(state.just_ended[0]):
            self._show_ended(state.just_ended[0])
        else:
            self._show_nothing()
        further = len(state.calls) - (1 if view is not None else 0)
        self._direction.setVisible(not further)
        self.others.setVisible(bool(further))
        if further:
            self.others.show_badge(str(further))
            words = self.tr("One more call") if further == 1 else self.tr("%1 more calls").replace("%1", str(further))
            self.others.explain(self.tr("Show or hide the other calls"), name=words)

    def set_width(self, width: int) -> None:
        """Where it is narrow, the name goes before words and hours; where it is narrower, before signs as well."""
        px = self._look.theme.px
        narrow, narrower = width < px(_NARROW), width < px(_NARROWER)
        self._importance.setContentsMargins(0, 0, px(tokens.SPACE_XS) if narrower else 0, 0)
        if narrower:
            self._second.insertWidget(0, self._importance)
        else:
            self._first.addWidget(self._importance)
        self._row.setSpacing(px(tokens.SPACE_XS if narrower else tokens.SPACE_S))
        self._importance.set_word_shown(not narrow)
        self.timer.fit_to(_USUAL_TIME if narrow else _WIDEST_TIME)
        self.setFixedWidth(width)

    # ------------------------------------------------------------------ inside

    def _show_call(self, view: CallView) -> None:
        call = view.call
        icon, word = call_words.direction(call)
        ringing = call.state is CallState.RINGING
        standing, tone = call_words.standing(call, self._look.now_s())
        sign = Tone.READY if ringing else tone if standing else Tone.ON_CALL
        self._direction.show_icon(icon, sign, word)
        self.others.show_icon(icon, sign)
        self.name.show_text(call_words.title(view), Tone.TEXT)
        self._importance.show_importance(call_words.importance(view))
        told = (call_words.story(view), call_words.company(view), call_words.number_beside(view))
        details = [text for text in told if text]
        self._lines(standing, tone, details)
        self.timer.count_from(call_words.counts_from_s(call))
        self._quality.show_quality(call.quality)
        self._lock.show_icon(
            Icon.ENCRYPTED if call.encrypted else None, Tone.MUTED, self.tr("Encrypted") if call.encrypted else ""
        )

    def _count(self) -> None:
        """A call that was reconnected says so for some seconds."""
        if self._view is not None and self._view.call.reconnected_s:
            self._show_call(self._view)

    def _show_ended(self, view: CallView) -> None:
        self._direction.show_icon(Icon.MISSED, Tone.MUTED, "")
        self.name.show_text(call_words.title(view), Tone.MUTED)
        self._importance.show_importance(Importance.NORMAL)
        failed = view.call.missed or (not view.call.answered_s and view.call.end_cause not in _WISHED_ENDS)
        self._lines(call_words.outcome(view), Tone.FAULT if failed else Tone.MUTED, [])
        self._still()

    def _show_nothing(self) -> None:
        self._direction.show_icon(Icon.CALL, Tone.DISABLED, "")
        self.name.show_text(self.tr("No call"), Tone.MUTED)
        self._importance.show_importance(Importance.NORMAL)
        self._lines("", Tone.MUTED, [])
        self._still()

    def _lines(self, standing: str, tone: Tone, details: list[str]) -> None:
        self._standing.setVisible(bool(standing))
        self._standing.show_text(standing, tone)
        text = call_words.SEPARATOR.join(details)
        self._details.setVisible(bool(text or standing))
        self._details.show_text(call_words.SEPARATOR + text if standing and text else text)

    def _still(self) -> None:
        self.timer.count_from(0.0)
        self._quality.show_quality(None)
        self._lock.show_icon(None)
