"""The clock of the conference bridge: one thread of its own, registered with PJLIB, 50 ticks a second in a call."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from agent_toolbar.engine.clock_discipline import NOMINAL_TICK_S, CaptureFeed, PlaybackPace
from agent_toolbar.engine.frame_ring import SILENCE, FrameRings
from agent_toolbar.engine.master_port import MasterPort

_IDLE_TICK_S = 0.25
_RESYNC_S = 0.1
_JOIN_TIMEOUT_S = 2.0


class MediaClock:
    """Ticks the bridge: one frame from the capture ring in, one frame for the playback ring out, every 20 ms.

    The bridge adds, removes and connects its ports inside a tick, so there is a slow tick also when nobody speaks.
    """

    def __init__(self, rings: FrameRings, register_thread: Callable[[str], None]) -> None:
        self._rings = rings
        self._register_thread = register_thread
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()
        self._busy = False
        self._stopping = False

    def start(self, master_port: int) -> None:
        """Begins to tick the bridge whose AudDevManager.setNoDev() returned `master_port`; no effect if it ticks."""
        if self._thread is not None:
            return
        self._stopping = False
        self._thread = threading.Thread(
            target=self._run, args=(MasterPort(master_port),), name="media-clock", daemon=True
        )
        self._thread.start()

    def set_busy(self, busy: bool) -> None:
        """From any thread. Busy: 20 ms ticks, the first at once. Else four a second, and the rings rest."""
        self._busy = busy
        self._wake.set()

    def stop(self) -> None:
        """Ends the thread; the bridge is not touched any more when this returns."""
        self._stopping = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(_JOIN_TIMEOUT_S)
            self._thread = None

    def _run(self, port: MasterPort) -> None:
        self._register_thread("media-clock")
        while not self._stopping:
            if self._busy:
                self._run_busy(port)
            else:
                port.put(SILENCE)
                port.get()
                self._wake.wait(_IDLE_TICK_S)
                self._wake.clear()

    def _run_busy(self, port: MasterPort) -> None:
        capture, playback = self._rings.capture, self._rings.playback
        feed, pace = CaptureFeed(), PlaybackPace()
        capture.draining = playback.feeding = True
        deadline = time.monotonic()
        while self._busy and not self._stopping:
            self._speak(port, feed)
            playback.push(port.get())
            if playback.draining:
                deadline += pace.tick_s(len(playback) + playback.downstream, playback.missing)
            else:
                pace.reset()
                deadline += NOMINAL_TICK_S
            left = deadline - time.monotonic()
            if left > 0:
                time.sleep(left)
            elif left < -_RESYNC_S:
                deadline -= left  # this process stood still: go on from now instead of a burst
        capture.draining = playback.feeding = False

    def _speak(self, port: MasterPort, feed: CaptureFeed) -> None:
        capture = self._rings.capture
        if not capture.feeding:
            feed.reset()
            port.put(SILENCE)
            return
        for _ in range(feed.due(len(capture))):
            frame = capture.pull()
            if frame is not None:
                port.put(frame)
        if feed.dry:
            capture.miss()  # nothing is put: the bridge's delay buffer conceals the hole (WSOLA), then fades to silence
