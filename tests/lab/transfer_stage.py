"""What the cells of the matrix of transfers share: a PBX, a desk, a customer, a colleague; cleared after each cell."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from tests.lab.asterisk_packages import AsteriskPackages
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.colleague import Colleague
from tests.lab.deadline import wait_until
from tests.lab.desktop_bus import DesktopBus
from tests.lab.profile import profile_environ
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.transfer_desk import TransferDesk

MARIE_HZ, BRUNO_HZ = 650, 1250


class TransferStage:
    """Everything runs as long as the block does.

    Attributes:
        marie: the customer, who answers by herself. bruno: the colleague at 1002, who does nothing by himself.
    """

    def __init__(self, packages: AsteriskPackages, folder: Path) -> None:
        self.folder = folder
        self.bus = DesktopBus(folder / "bus")
        self.pbx = AsteriskPbx(packages, folder / "pbx")
        self.toolbar = ToolbarProcess({}, folder / "toolbar")
        self._running = ExitStack()

    def __enter__(self) -> TransferStage:
        with ExitStack() as running:
            for part in (self.bus, self.pbx):
                running.callback(part.stop)
                part.start()
            self.toolbar.environ |= profile_environ(self.folder / "toolbar", self.bus.env)
            self.marie = BaresipCustomer(self.pbx, self.folder / "marie", "marie", voice_hz=MARIE_HZ)
            self.bruno = Colleague(self.pbx, self.folder / "1002", "1002", voice_hz=BRUNO_HZ, answers=False)
            for one in (self.toolbar, self.marie, self.bruno):
                running.callback(one.stop)
                one.start()
            self.pbx.note_messages()  # a failure shows what was said
            self.desk = TransferDesk(self.toolbar, self.pbx)
            self._running = running.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running.close()

    def clear(self) -> None:
        """Ends what a cell left. A desk that cannot be cleared is started anew, and the cell has failed."""
        self.pbx.choose(ring_s=60, returns=True, strips_headers=False)
        try:
            for call in self.toolbar.status()["calls"]:
                self.toolbar.say("hangup", call["id"], "--yes")
            self.pbx.cli("channel request hangup all")
            self.toolbar.await_status(
                lambda now: not now["calls"] and (now["transfer"] or {}).get("state", "done") == "done",
                what="the desk to be clear",
            )
            self.toolbar.await_registered()
        except AssertionError:
            self.restart_toolbar()
            raise
        finally:
            wait_until(lambda: not self.pbx.channels(), 5, "all legs to end")

    def restart_toolbar(self) -> None:
        """Begins to count anew how often its engine died; a few times in a minute are too often."""
        self.toolbar.stop()
        self.toolbar.start()
        self.desk.log_in()
