"""From a click on a tel: link in Chromium to the INVITE at the PBX, with a running toolbar that trusts links.

`browser`: until xdg-open starts, as Chromium asks the desktop first who handles the link. `handover`: xdg-open, our
program, the toolbar and the engine; ours alone is in link_to_invite.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from agent_toolbar.application.ports.link_settings import LinkSettings
from agent_toolbar.application.ports.settings import Settings
from agent_toolbar.settings.settings_file import write_settings
from bench._desk import BenchDesk, noted_invites, spread_ms
from tests.lab.chromium import Chromium, Page
from tests.lab.web_site import WebSite, site_of_files

RUNS = 32
AT_ONCE = 5  # more in a minute are a burst, which is asked about
_OPENS = '#!/bin/sh\ndate +%s%N >> "{noted}"\nexec {xdg_open} "$@"\n'


def measure() -> dict:
    with BenchDesk() as desk, noted_invites(desk.peer) as arrived:
        noted = _note_openings(desk)
        settings = Path(desk.environ["AGENT_TOOLBAR_HOME"]) / "config/settings.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(write_settings(Settings(links=LinkSettings(dial_at_once=True))))
        site = site_of_files(desk.folder / "pages", desk.folder / "site.log")
        site.start()
        chromium = Chromium(desk.folder / "chromium", desk.environ, {site.origin: ("tel",)})
        try:
            chromium.start()
            desk.log_in()
            desk.toolbar.do("handlers", "register", "--default")
            page = _page_of_links(site, chromium, desk.folder / "pages")
            whole, browser, handover = [], [], []
            for run in range(RUNS):
                if run and run % AT_ONCE == 0:
                    desk.toolbar.stop()
                    desk.log_in()
                begun, begun_monotonic = time.time(), time.monotonic()
                page.click(f"#l{run}")
                assert desk.peer.wait(lambda: len(arrived) > run), "the INVITE did not come"  # noqa: B023 - used at once
                opened = int(noted.read_text().split()[run]) / 1e9 - begun
                whole.append(arrived[run] - begun_monotonic)
                browser.append(opened)
                handover.append(whole[-1] - opened)
                desk.hang_up()
        finally:
            chromium.stop()
            site.stop()
        return {"browser": spread_ms(browser), "handover": spread_ms(handover), **spread_ms(whole)}


def _note_openings(desk: BenchDesk) -> Path:
    """The file that gets the time of each start of xdg-open, in nanoseconds since the epoch."""
    noted, xdg_open = desk.folder / "opened", shutil.which("xdg-open")
    before_it = desk.folder / "bin/xdg-open"
    before_it.parent.mkdir()
    before_it.write_text(_OPENS.format(noted=noted, xdg_open=xdg_open))
    before_it.chmod(0o755)
    desk.environ["PATH"] = f"{before_it.parent}:{desk.environ['PATH']}"
    return noted


def _page_of_links(site: WebSite, chromium: Chromium, pages: Path) -> Page:
    links = "".join(f'<p><a id="l{run}" href="tel:+331990012{run:02}">{run}</a>' for run in range(RUNS))
    (pages / "links.html").write_text(links)
    return chromium.page(f"{site.origin}/links.html")
