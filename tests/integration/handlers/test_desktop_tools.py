"""`agent-toolbar handlers` as a process, judged by the desktop's own tools: xdg-mime, gio, desktop-file-validate."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent_toolbar.application.ports.scheme_handlers import Scope
from agent_toolbar.handlers.desktop_entry import entry_text
from agent_toolbar.handlers.linux import LinuxSchemeHandlers
from agent_toolbar.handlers.scheme_names import OFFERED
from agent_toolbar.handlers.xdg_lookup import places_of_user

SECONDS = 60


class Home:
    """An account of its own: no file of the person who runs the tests is read or written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "vendor/applications").mkdir(parents=True)
        self.environment = {
            "HOME": str(folder),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "PYTHONPATH": os.pathsep.join(sys.path),
            "XDG_DATA_DIRS": str(folder / "vendor"),
            "XDG_CONFIG_DIRS": str(folder / "etc"),
        }

    def run(self, *words: str, **others: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self.environment | others,
            timeout=SECONDS,
            check=False,
        )

    def handlers(self, *words: str, **others: str) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", "agent_toolbar", "handlers", *words, **others)

    def by_xdg_mime(self, scheme: str) -> str:
        return self.run("xdg-mime", "query", "default", f"x-scheme-handler/{scheme}").stdout.strip()

    def by_gio(self, scheme: str) -> str:
        first = self.run("gio", "mime", f"x-scheme-handler/{scheme}").stdout.splitlines()[:1]
        return first[0].rpartition(": ")[2] if first and ".desktop" in first[0] else ""

    def install_other(self) -> None:
        applications = self.folder / "vendor/applications"
        (applications / "other.desktop").write_text(
            "[Desktop Entry]\nType=Application\nName=Other\nExec=true %u\nMimeType=x-scheme-handler/tel;\n"
        )
        self.run("update-desktop-database", str(applications))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.mark.parametrize("scheme", OFFERED)
def test_the_desktop_finds_the_toolbar_once_it_is_the_default(home: Home, scheme: str) -> None:
    home.install_other()
    done = home.handlers("register", "--default")

    assert (done.returncode, done.stderr) == (0, "")
    assert "tel: Agent Toolbar" in done.stdout
    assert home.by_xdg_mime(scheme) == home.by_gio(scheme) == "agent-toolbar.desktop"


def test_the_desktop_still_finds_the_other_program_after_an_offer_and_after_it_was_taken_back(home: Home) -> None:
    home.install_other()
    assert home.by_xdg_mime("tel") == home.by_gio("tel") == "other.desktop"

    assert home.handlers("register").returncode == 0
    assert home.by_xdg_mime("tel") == home.by_gio("tel") == "other.desktop"
    assert home.handlers("register", "--default").returncode == 0
    assert home.by_xdg_mime("tel") == home.by_gio("tel") == "agent-toolbar.desktop"
    assert home.handlers("unregister").returncode == 0

    assert home.by_xdg_mime("tel") == home.by_gio("tel") == "other.desktop"
    assert not list(home.folder.rglob("agent-toolbar*"))


def test_what_the_toolbar_reads_is_what_the_desktop_reads(home: Home) -> None:
    home.install_other()
    home.run("xdg-mime", "default", "other.desktop", "x-scheme-handler/sip")
    found = json.loads(home.handlers("status", "--json").stdout)

    assert {one["scheme"]: one["id"] for one in found["schemes"]} == {scheme: home.by_gio(scheme) for scheme in OFFERED}
    assert found["schemes"][2] == {
        "scheme": "sip",
        "name": "Other",
        "id": "other.desktop",
        "ours": False,
        "known": True,
    }


def test_without_the_desktops_tools_the_offer_is_the_same(home: Home) -> None:
    bare = home.folder / "bin"
    bare.mkdir()
    done = home.handlers("register", "--default", PATH=str(bare))

    assert (done.returncode, done.stderr) == (0, "")
    assert home.by_xdg_mime("tel") == home.by_gio("tel") == "agent-toolbar.desktop"
    assert home.handlers("unregister", PATH=str(bare)).returncode == 0
    assert home.by_xdg_mime("tel") == home.by_gio("tel") == ""


@pytest.mark.parametrize("place", ["plain", "with space", "a\"b$HOME`x`\\y'z", "é"])
def test_the_desktop_starts_the_program_with_the_link_as_one_word(home: Home, place: str) -> None:
    folder = home.folder / place
    folder.mkdir()
    script, told = folder / "agent-toolbar", home.folder / "told"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" > {told}.new && mv {told}.new {told}\n')
    script.chmod(0o755)
    entry = home.folder / "try.desktop"
    entry.write_text(entry_text([str(script)], OFFERED, "agent-toolbar"), encoding="utf-8")

    done = home.run("gio", "launch", str(entry), "tel:+33-1;ext=2?a=$(x)&b='c'")

    assert (done.returncode, done.stderr) == (0, "")
    home.run("sh", "-c", f"while ! [ -e {told} ]; do sleep 0.05; done")
    assert told.read_text().splitlines() == ["2", "--uri", "tel:+33-1;ext=2?a=$(x)&b='c'"]


@pytest.mark.parametrize("opener", [["xdg-open"], ["gio", "open"]])
@pytest.mark.parametrize("link", ["tel:+33-1(0)23;ext=4", "agent-toolbar:dial?number=%2B33$(x)", "sip:a@b?x='y'&z"])
def test_a_link_that_a_desktop_opens_reaches_the_program(home: Home, opener: list[str], link: str) -> None:
    home.install_other()
    script, told = home.folder / "agent-toolbar", home.folder / "told"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" > {told}.new && mv {told}.new {told}\n')
    script.chmod(0o755)
    places = places_of_user(home.environment, home.folder)
    LinuxSchemeHandlers(places, command=(str(script),)).register(Scope.USER, default=True)

    done = home.run(*opener, link, DISPLAY=":nobody")  # xdg-open looks for handlers only where there are windows

    assert (done.returncode, done.stderr) == (0, "")
    home.run("sh", "-c", f"while ! [ -e {told} ]; do sleep 0.05; done")
    assert told.read_text().splitlines() == ["2", "--uri", link]


def test_the_file_is_valid_by_the_desktops_own_judge(home: Home) -> None:
    home.install_other()
    home.handlers("register")
    file = home.folder / ".local/share/applications/agent-toolbar.desktop"

    judged = home.run("desktop-file-validate", str(file))

    assert "X-AgentToolbar-Kept=tel:other.desktop;" in file.read_text()
    assert (judged.returncode, judged.stdout) == (0, "")


def test_a_place_where_nobody_may_write_is_named(home: Home) -> None:
    (home.folder / ".local").write_text("a file stands where the folder should be")
    done = home.handlers("register")

    assert done.returncode == 1
    assert done.stderr.startswith("The system could not be told (")
    assert str(home.folder / ".local") in done.stderr


def test_it_answers_in_french(home: Home) -> None:
    done = home.handlers("status", LANG="fr_FR.UTF-8")
    assert done.stdout.splitlines()[0] == "tel : personne"


def test_status_is_quick_enough_for_a_page_of_the_settings(home: Home) -> None:
    """Not a measurement, only that nothing is started or scanned for it."""
    applications = home.folder / "vendor/applications"
    for number in range(500):
        (applications / f"app{number}.desktop").write_text("[Desktop Entry]\nType=Application\nName=A\nExec=true\n")
    home.install_other()
    found = LinuxSchemeHandlers(places_of_user(home.environment, home.folder), command=("/bin/true",)).found()
    assert found.holders[0].id == "other.desktop"
