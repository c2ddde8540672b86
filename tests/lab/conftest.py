"""The lab: a telephone system, customers, a headset and a screen for each test that asks for them.

Where something of it cannot be had, its tests are skipped and the reason is said at the end; with CI=true they fail.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.lab.asterisk_packages import AsteriskPackages, LabUnavailableError
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.browser_stage import BrowserStage, browser_stage
from tests.lab.colleague import Colleague
from tests.lab.desktop_bus import DesktopBus
from tests.lab.engine_session import EngineSession
from tests.lab.headset import VirtualHeadset
from tests.lab.profile import profile_environ
from tests.lab.sipp import SippCustomer
from tests.lab.toolbar_process import ToolbarProcess
from tests.lab.transfer_stage import TransferStage
from tests.lab.tryton_server import TrytonServer, tryton_server
from tests.lab.unavailable import unavailable
from tests.lab.xvfb import VirtualScreen

HERE = Path(__file__).parent
LOG_LINES = 60
PBX_LOG_LINES = 400  # with SIP messages


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.lab)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Shows with a failure what the lab's programs wrote last, since their folder goes with the test."""
    report = yield
    given = getattr(item, "funcargs", {})
    stage = given.get("stage") or given.get("browser")
    folder = stage.folder if stage is not None else given.get("lab_folder")
    if call.when == "call" and report.failed and folder is not None:
        for log in sorted(path for path in folder.rglob("*") if path.is_file() and is_log(path)):
            shown = PBX_LOG_LINES if log.name == "messages" else LOG_LINES
            lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()][-shown:]
            report.sections.append((str(log.relative_to(folder)), "\n".join(lines)))
    return report


def is_log(path: Path) -> bool:
    return path.suffix == ".log" or path.name in {"log", "messages", "console"}


def require_program(program: str, package: str) -> None:
    if shutil.which(program) is None:
        unavailable(f"{program} is missing (Debian package {package})")


def require_screen() -> None:
    require_program("Xvfb", "xvfb")
    require_program("openbox", "openbox")
    require_program("xdotool", "xdotool")
    require_program("xprop", "x11-utils")


@pytest.fixture(scope="session")
def asterisk_packages() -> AsteriskPackages:
    try:
        return AsteriskPackages.provide()
    except LabUnavailableError as error:
        unavailable(str(error))
        raise


@pytest.fixture
def lab_folder() -> Iterator[Path]:
    """A folder with a short name, as sockets in it need one; removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="at-lab-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def pbx_wishes() -> Mapping[str, Any]:
    """How the PBX differs from the usual one; a module or a test says it by overriding or parametrising this."""
    return {}


@pytest.fixture
def pbx(asterisk_packages: AsteriskPackages, lab_folder: Path, pbx_wishes: Mapping[str, Any]) -> Iterator[AsteriskPbx]:
    pbx = AsteriskPbx(asterisk_packages, lab_folder / "pbx", **pbx_wishes)
    pbx.start()
    yield pbx
    pbx.stop()


@pytest.fixture
def customer(pbx: AsteriskPbx, lab_folder: Path) -> Iterator[Callable[..., BaresipCustomer]]:
    """Makes customers with real sound: `customer("marie", voice_hz=700)` is registered and can call and be called."""
    require_program("baresip", "baresip-core")
    with ExitStack() as telephones:

        def make(name: str = "marie", *, voice_hz: int, answers: bool = True) -> BaresipCustomer:
            telephone = BaresipCustomer(pbx, lab_folder / name, name, voice_hz=voice_hz, answers=answers)
            telephones.callback(telephone.stop)
            telephone.start()
            return telephone

        yield make


@pytest.fixture
def colleague(pbx: AsteriskPbx, lab_folder: Path) -> Iterator[Callable[..., Colleague]]:
    """Makes colleagues with real sound: `colleague("1002", voice_hz=1250)` is registered and answers by itself."""
    require_program("baresip", "baresip-core")
    with ExitStack() as telephones:

        def make(extension: str = "1002", *, voice_hz: int, answers: bool = True) -> Colleague:
            telephone = Colleague(pbx, lab_folder / extension, extension, voice_hz=voice_hz, answers=answers)
            telephones.callback(telephone.stop)
            telephone.start()
            return telephone

        yield make


@pytest.fixture
def caller(pbx: AsteriskPbx, lab_folder: Path) -> Iterator[Callable[..., SippCustomer]]:
    """Makes callers without sound: `caller("gives_up", name="Ann")` has begun to call when it comes back."""
    require_program("sipp", "sip-tester")
    with ExitStack() as callers:

        def make(scenario: str, **wishes: Any) -> SippCustomer:
            folder = callers.enter_context(tempfile.TemporaryDirectory(prefix="caller-", dir=lab_folder))
            customer = SippCustomer(pbx, Path(folder), scenario, **wishes)
            callers.callback(customer.stop)
            customer.start()
            return customer

        yield make


@pytest.fixture
def headset(lab_folder: Path) -> Iterator[VirtualHeadset]:
    require_program("pulseaudio", "pulseaudio")
    require_program("pactl", "pulseaudio-utils")
    with VirtualHeadset(lab_folder / "headset") as headset:
        yield headset


@pytest.fixture
def screen(lab_folder: Path) -> Iterator[VirtualScreen]:
    require_screen()
    screen = VirtualScreen(lab_folder / "screen")
    screen.start()
    yield screen
    screen.stop()


@pytest.fixture(scope="module")
def stage(asterisk_packages: AsteriskPackages) -> Iterator[TransferStage]:
    """One for all cells of the matrix of transfers in a module; see there."""
    require_program("baresip", "baresip-core")
    require_program("dbus-daemon", "dbus")
    require_program("gnome-keyring-daemon", "gnome-keyring")
    with (
        tempfile.TemporaryDirectory(prefix="at-lab-", ignore_cleanup_errors=True) as folder,
        TransferStage(asterisk_packages, Path(folder)) as stage,
    ):
        yield stage


@pytest.fixture(scope="module")
def browser(asterisk_packages: AsteriskPackages) -> Iterator[BrowserStage]:
    """One for all tests of a module, whose toolbar does not run yet; see there."""
    require_program("chromium", "chromium")
    require_program("xdg-open", "xdg-utils")
    require_screen()
    require_program("dbus-daemon", "dbus")
    require_program("gnome-keyring-daemon", "gnome-keyring")
    with browser_stage(asterisk_packages) as stage:
        yield stage


@pytest.fixture(scope="session")
def running_tryton() -> Iterator[TrytonServer]:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(tryton_server())
        except LabUnavailableError as error:
            unavailable(str(error))
        yield server


@pytest.fixture
def tryton(running_tryton: TrytonServer) -> TrytonServer:
    """A CRM that holds what tryton/make_database.py put there; the same server for all tests of this run."""
    running_tryton.reset()
    return running_tryton


@pytest.fixture
def engine(lab_folder: Path) -> Iterator[Callable[..., EngineSession]]:
    """Makes engines alone: `engine()` has no sound device, `engine(headset.pulse_server)` has a headset."""
    numbers = itertools.count(1)
    with ExitStack() as engines:

        def make(*environ: Mapping[str, str], arguments: Sequence[str] = ()) -> EngineSession:
            folder = lab_folder / f"engine{next(numbers)}"
            session = EngineSession(profile_environ(folder, *environ), folder)
            engines.callback(session.stop)
            session.start(*arguments)
            return session

        yield make


@pytest.fixture
def keyring_bus(lab_folder: Path) -> Iterator[DesktopBus]:
    require_program("dbus-daemon", "dbus")
    require_program("gnome-keyring-daemon", "gnome-keyring")
    bus = DesktopBus(lab_folder / "bus")
    bus.start()
    yield bus
    bus.stop()


@pytest.fixture
def toolbar(lab_folder: Path, keyring_bus: DesktopBus) -> Iterator[Callable[..., ToolbarProcess]]:
    """Makes profiles with a keyring: `toolbar()` runs, `toolbar(start=False)` does not yet."""
    numbers = itertools.count(1)
    with ExitStack() as toolbars:

        def make(*environ: Mapping[str, str], start: bool = True) -> ToolbarProcess:
            folder = lab_folder / f"toolbar{next(numbers)}"
            process = ToolbarProcess(profile_environ(folder, keyring_bus.env, *environ), folder)
            toolbars.callback(process.stop)
            if start:
                process.start()
            return process

        yield make
