from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from agent_toolbar.ui.ticker import Ticker


def test_it_runs_only_while_somebody_counts(qapp: QApplication) -> None:
    ticker, one, other = Ticker(lambda: 0.0), QObject(), QObject()
    assert not ticker.running
    ticker.want(one, True)
    ticker.want(other, True)
    ticker.want(one, False)
    assert ticker.running
    ticker.want(other, False)
    assert not ticker.running


def test_it_ticks_just_after_the_full_second(qapp: QApplication, qtbot) -> None:
    ticker, owner = Ticker(lambda: 1000.98), QObject()
    with qtbot.waitSignal(ticker.ticked, timeout=500):
        ticker.want(owner, True)
    ticker.want(owner, False)


def test_who_is_gone_counts_no_more(qapp: QApplication, qtbot) -> None:
    ticker, owner = Ticker(lambda: 1000.98), QObject()
    ticker.want(owner, True)
    owner.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with qtbot.waitSignal(ticker.ticked, timeout=500):
        pass
    assert not ticker.running
