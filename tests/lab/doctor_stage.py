"""What the causes of the doctor share: a PBX, a desk with a headset whose microphone hears something, a ready agent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from agent_toolbar.application.ports.settings import (
    AvailabilityAdapter,
    AvailabilitySettings,
    Settings,
    WrapUpSettings,
)
from agent_toolbar.application.ports.telephony import AudioConfig
from agent_toolbar.settings.settings_file import write_settings as written
from tests.lab.asterisk_packages import AsteriskPackages
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.deadline import wait_until
from tests.lab.desktop_bus import DesktopBus
from tests.lab.headset import MICROPHONE, SPEAKER, VirtualHeadset
from tests.lab.profile import profile_environ
from tests.lab.toolbar_process import ToolbarProcess

TALKING = "talking-mic"
EXTENSION = "1001"
ECHO, TONE = "600", "601"

Examination = dict[str, Any]


class DoctorStage:
    """Everything runs as long as the block does.

    Attributes:
        desk: tells the queue by SIP MESSAGE; the PBX tells it of do-not-disturb and forwarding.
        plain: a second desk, which only refuses calls itself and has no sound system.
    """

    def __init__(self, packages: AsteriskPackages, folder: Path) -> None:
        self.folder = folder
        self.bus = DesktopBus(folder / "bus")
        self.pbx = AsteriskPbx(packages, folder / "pbx")
        self.headset = VirtualHeadset(folder / "headset")
        self.desk = ToolbarProcess({}, folder / "desk")
        self.plain = ToolbarProcess({}, folder / "plain")
        self._running = ExitStack()

    def __enter__(self) -> DoctorStage:
        with ExitStack() as running:
            for part in (self.bus, self.pbx, self.headset):
                running.callback(part.stop)
                part.start()
            self._plug_a_microphone_in()
            self.desk.environ |= profile_environ(self.folder / "desk", self.bus.env, self.headset.pulse_server)
            self.plain.environ |= profile_environ(self.folder / "plain", self.bus.env)
            self._write_settings()
            for desk in (self.desk, self.plain):
                running.callback(desk.stop)
                desk.start()
            self.desk.log_in(self.pbx)
            self.plain.log_in(self.pbx, "1002")
            self.await_ready()
            self._running = running.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running.close()

    def await_ready(self) -> None:
        """Registered, ready and confirmed, with sound and without calls: nothing is wrong."""

        def well(now: dict[str, Any]) -> bool:
            return (
                now["cti"]["registration"] == "registered"
                and now["agent"]["agreement"] == "confirmed"
                and now["agent"]["state"] == "ready"
                and not now["calls"]
                and not now["faults"]
            )

        self.desk.await_status(well, 30, "the desk to be well again")

    def use_account(self, extension: str) -> None:
        """Another extension of the same PBX."""
        self.desk.set_account(self.pbx, extension)
        wait_until(lambda: self.pbx.registered(extension), 10, f"{extension} to be registered")
        self.desk.await_registered()

    @contextmanager
    def call(self, number: str = TONE) -> Iterator[str]:
        """A call in talk, ended afterwards."""
        call = self.desk.do("dial", number).strip()
        self.desk.await_call(id=call, state="connected")
        yield call
        self.desk.say("hangup", call, "--yes")
        self.desk.await_no_calls()

    def _plug_a_microphone_in(self) -> None:
        self.headset.add_talking_microphone(TALKING)
        self.headset.set_default_microphone(TALKING)
        self.headset.remove(MICROPHONE)
        self.headset.remove(self.headset.microphone_feed)

    def _write_settings(self) -> None:
        availability = AvailabilitySettings(
            adapter=AvailabilityAdapter.SIP_MESSAGE,
            dnd_hint="*76{extension}",
            forward_hint="*740{extension}",
            test_number=ECHO,
        )
        settings = Settings(
            availability=availability,
            wrap_up=WrapUpSettings(seconds=0),
            audio=AudioConfig(speaker_id=SPEAKER, speaker_name=SPEAKER),
        )
        for desk, one in ((self.desk, settings), (self.plain, Settings())):
            file = Path(desk.environ["AGENT_TOOLBAR_HOME"]) / "config/settings.toml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(written(one))


def examine(desk: ToolbarProcess) -> Examination:
    """What `agent-toolbar doctor --json` says, whatever its exit status."""
    said = desk.say("doctor", "--json")
    assert said.returncode in {0, 1}, said.stderr
    found: Examination = json.loads(said.stdout)
    assert said.returncode == (1 if found["wrong"] else 0)
    return found


def check_of(found: Examination, check: str) -> dict[str, Any]:
    return next(one for one in found["checks"] if one["check"] == check)
