"""A whole toolbar on a screen of its own, with a keyring, and a PBX on loopback that notes when each request came."""

from __future__ import annotations

import contextlib
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from agent_toolbar.diagnostics.trace import VARIABLE as TRACE
from tests.integration.engine.sip_peer import Reply, SipPeer
from tests.lab.asterisk_packages import AsteriskPackages
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.desktop_bus import DesktopBus
from tests.lab.headset import VirtualHeadset
from tests.lab.profile import profile_environ
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.xvfb import VirtualScreen

CLOCK_TICKS = 100.0  # of /proc, fixed on Linux


class BenchDesk:
    """Attributes: peer (the PBX), toolbar and its environ, trace (file of the moments it notes), folder, headset."""

    def __init__(self, *, headset: bool = False) -> None:
        self._stack = ExitStack()
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="at-bench-")))
        screen = VirtualScreen(self.folder / "screen")
        bus = DesktopBus(self.folder / "desktop")
        for part in (screen, bus):
            part.start()
            self._stack.callback(part.stop)
        self.headset = VirtualHeadset(self.folder / "headset") if headset else None
        sound = self._stack.enter_context(self.headset).pulse_server if self.headset else {}
        self.trace = self.folder / "trace"
        self.environ = profile_environ(
            self.folder / "home", screen.env, bus.env, sound, {TRACE: str(self.trace), "PYTHONFAULTHANDLER": "0"}
        )
        self.peer = self._stack.enter_context(SipPeer())
        self.toolbar = ToolbarProcess(self.environ, self.folder)

    def __enter__(self) -> BenchDesk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.toolbar.stop()
        self._stack.close()

    def log_in(self) -> None:
        """Starts the toolbar and registers it at the peer."""
        self.toolbar.start()
        self.toolbar.do(
            *("account", "set", "--server", self.peer.address, "--extension", self.peer.user, "--password-stdin"),
            stdin=self.peer.password,
        )
        self.toolbar.do("cti", "on")
        self.toolbar.await_registered()

    def hang_up(self) -> None:
        self.toolbar.do("hangup")
        self.toolbar.await_no_calls()


@contextlib.contextmanager
def desk_at_asterisk() -> Iterator[BenchDesk]:
    """A desk with a headset whose toolbar is registered at Asterisk; 601 is answered with a tone of 500 Hz."""
    with BenchDesk(headset=True) as desk:
        pbx = AsteriskPbx(AsteriskPackages.provide(), desk.folder / "pbx")
        pbx.start()
        try:
            desk.toolbar.start()
            desk.toolbar.log_in(pbx)
            yield desk
        finally:
            pbx.stop()


@contextlib.contextmanager
def noted_invites(peer: SipPeer) -> Iterator[list[float]]:
    """The times (time.monotonic) at which INVITEs of the toolbar arrive; they are answered with 180."""
    times: list[float] = []

    def rule(_invite: object) -> list[Reply]:
        times.append(time.monotonic())
        return [Reply(180)]

    before, peer.invite_rule = peer.invite_rule, rule
    yield times
    peer.invite_rule = before


def spread_ms(seconds: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and maximum in milliseconds."""
    ordered = sorted(seconds)
    return {
        "runs": len(ordered),
        "median_ms": round(statistics.median(ordered) * 1000, 1),
        "p95_ms": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000, 1),
        "max_ms": round(ordered[-1] * 1000, 1),
    }


def pss_mb(pid: int) -> float:
    """Proportional set size of a process in megabytes (10^6 bytes), see proc(5)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise LookupError(f"no Pss of process {pid}")


def cpu_seconds(pid: int) -> float:
    """Processor time of all threads of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS
