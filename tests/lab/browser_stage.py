"""A desk with a browser: PBX, screen, toolbar, Chromium and the pages of two web sites; cleared after each test."""

from __future__ import annotations

import contextlib
import itertools
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.settings.settings_file import parse_settings, write_settings
from tests.lab.asterisk_packages import AsteriskPackages
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.chromium import Chromium, Page
from tests.lab.deadline import wait_until
from tests.lab.desktop_bus import DesktopBus
from tests.lab.profile import profile_environ
from tests.lab.screen_reader import ScreenReader
from tests.lab.toolbar_process import Status, ToolbarProcess
from tests.lab.web_site import WebSite, site_of_files
from tests.lab.xvfb import VirtualScreen

SCHEMES = ("tel", "callto", "sip", "sips", "agent-toolbar")
BAR, BROWSER = "^Agent Toolbar$", " - Chromium$"
REBOUND = "rebound.example"  # a name that somebody made lead to this computer, for Chromium only
NOT_RUNNING = 3
_OF_THE_DEVELOPER = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_DIRS", "BROWSER")


class BrowserStage:
    """Everything runs as long as `browser_stage` does.

    Attributes:
        site: Chromium hands its telephone links over without a question of its own.
        reader: reads what the toolbar shows.
        stranger: the same pages from another origin, which nobody has allowed anything.
        handler: the folder that the toolbar's registration as handler of links goes to, as a person's home.
    """

    def __init__(self, packages: AsteriskPackages, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.pages = folder / "pages"
        self.site = site_of_files(self.pages, folder / "site.log")
        self.stranger = site_of_files(self.pages, folder / "stranger.log")
        self._page_numbers = itertools.count(1)
        self._invited_before = 0
        self.bus = DesktopBus(folder / "bus")
        self.screen = VirtualScreen(folder / "screen")
        self.pbx = AsteriskPbx(packages, folder / "pbx")
        self.toolbar = ToolbarProcess({}, folder / "toolbar")
        self.chromium: Chromium

    def run(self, running: ExitStack) -> None:
        for part in (self.bus, self.screen, self.site, self.stranger, self.pbx):
            running.callback(part.stop)
            part.start()
        self.pbx.note_messages()
        self.reader = ScreenReader(self.bus.address)
        environ = profile_environ(self.home, self.bus.env, self.screen.env, self.reader.env)
        for name in _OF_THE_DEVELOPER:
            environ.pop(name, None)
        self.toolbar.environ |= environ
        running.callback(self.stop_toolbar)
        self.chromium = Chromium(self.folder / "chromium", environ, {self.site.origin: SCHEMES}, {REBOUND: "127.0.0.1"})
        running.callback(self.chromium.stop)
        self.chromium.start()

    # ---------------------------------------------------------------- toolbar

    @property
    def settings(self) -> Settings:
        """As the toolbar finds them when it starts."""
        return parse_settings(self._settings.read_text()) if self._settings.exists() else Settings()

    def change_settings(self, change: Callable[[Settings], Settings]) -> None:
        """Of the toolbar that does not run."""
        changed = write_settings(change(self.settings))
        self._settings.parent.mkdir(parents=True, exist_ok=True)
        self._settings.write_text(changed)

    def start_toolbar(self) -> None:
        """With the account that it has, registered."""
        self.toolbar.start()
        self.toolbar.log_in(self.pbx)

    def stop_toolbar(self) -> None:
        """Whoever started it."""
        self.toolbar.stop()
        if self.toolbar.say("quit", "--yes").returncode != NOT_RUNNING:
            wait_until(lambda: self.toolbar.say("status").returncode == NOT_RUNNING, 10, "the toolbar to end")

    def register_handler(self) -> None:
        """As an agent does who wants links of all kinds to open here."""
        self.toolbar.do("handlers", "register", "--default")

    # ---------------------------------------------------------------- person

    def page(self, html: str, *, of: WebSite | None = None) -> Page:
        """A tab with this page of `site`, or of another one."""
        name = f"{next(self._page_numbers)}.html"
        (self.pages / name).write_text(html, encoding="utf-8")
        return self.chromium.page(f"{(of or self.site).origin}/{name}")

    def focus_browser(self) -> None:
        """The agent works in the browser."""
        self.screen.focus(self._one_window(BROWSER))

    def focus_bar(self) -> None:
        self.screen.focus(self._one_window(BAR))

    def bar_has_keyboard(self) -> bool:
        return self.screen.focused_window() in self.screen.windows(BAR)

    def asked(self, timeout_s: float = 15.0) -> Status:
        """The question on the bar, once there is one."""
        return dict(self.toolbar.await_status(lambda now: now["dial_request"], timeout_s, "a question")["dial_request"])

    def agree(self) -> None:
        """By the key that the question names; it takes none while it has only just appeared."""
        self.focus_bar()
        wait_until(self._agreed, 10, "the question to be answered")

    # ---------------------------------------------------------------- calls

    def invited(self) -> list[str]:
        """The numbers that arrived at the PBX in this test."""
        return self.pbx.invited()[self._invited_before :]

    def clear(self) -> None:
        """No call, no question, no page is left of a test."""
        self.chromium.close_pages()
        if self.toolbar.running() and self.toolbar.status()["dial_request"]:
            self.focus_bar()
            self.screen.press("Escape")
            self.toolbar.await_status(lambda now: not now["dial_request"], 5, "the question to go")
        self.pbx.cli("channel request hangup all")
        wait_until(lambda: not self.pbx.channels(), 5, "all legs to end")
        self._invited_before = len(self.pbx.invited())

    # ---------------------------------------------------------------- inside

    @property
    def _settings(self) -> Path:
        return Path(self.toolbar.environ["AGENT_TOOLBAR_HOME"]) / "config/settings.toml"

    def _agreed(self) -> bool:
        self.screen.press("Return")
        try:
            self.toolbar.await_status(lambda now: not now["dial_request"], 1.0)
        except AssertionError:
            return False
        return True

    def _one_window(self, name: str) -> str:
        return wait_until(lambda: self.screen.windows(name), 10, f"the window {name}")[0]


@contextlib.contextmanager
def browser_stage(packages: AsteriskPackages) -> Iterator[BrowserStage]:
    with tempfile.TemporaryDirectory(prefix="at-lab-", ignore_cleanup_errors=True) as folder, ExitStack() as running:
        stage = BrowserStage(packages, Path(folder))
        stage.run(running)
        yield stage
