"""The offer to a Linux desktop, on folders of its own: nothing is taken over, and everything goes back."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from agent_toolbar.application.ports.scheme_handlers import Offer, Scope
from agent_toolbar.domain.errors import SchemeError
from agent_toolbar.handlers.linux import LinuxSchemeHandlers, MachinePlaces
from agent_toolbar.handlers.xdg_lookup import XdgPlaces, places_of_user

OURS = "agent-toolbar.desktop"


class Disk:
    """The folders of one user and of one computer."""

    def __init__(self, root: Path) -> None:
        self.config, self.data = root / "home/.config", root / "home/.local/share"
        self.machine = MachinePlaces(root / "usr/local/share", root / "etc/xdg")
        self.vendor = root / "usr/share"
        self.places = XdgPlaces(
            config=(self.config, self.machine.config),
            data=(self.data, self.machine.data, self.vendor),
            desktops=("gnome",),
        )
        self.list = self.config / "mimeapps.list"
        self.entry = self.data / "applications" / OURS

    def handlers(self, program: str = "/bin/true") -> LinuxSchemeHandlers:
        return LinuxSchemeHandlers(self.places, self.machine, (program,), refresh="")

    def install(self, name: str, schemes: str = "tel", folder: Path | None = None, exec_line: str = "true %u") -> None:
        """A program of somebody else, as a package brings it."""
        applications = (folder or self.vendor) / "applications"
        applications.mkdir(parents=True, exist_ok=True)
        mime = "".join(f"x-scheme-handler/{scheme};" for scheme in schemes.split())
        title = name.removesuffix(".desktop").title()
        (applications / name).write_text(
            f"[Desktop Entry]\nType=Application\nName={title}\nExec={exec_line}\nMimeType={mime}\n"
        )
        cache = applications / "mimeinfo.cache"
        text = cache.read_text() if cache.exists() else "[MIME Cache]\n"
        for scheme in schemes.split():
            line = f"x-scheme-handler/{scheme}="
            text = text.replace(line, f"{line}{name};") if line in text else f"{text}{line}{name};\n"
        cache.write_text(text)

    def chosen(self, text: str, file: Path | None = None) -> None:
        target = file or self.list
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def holder(self, scheme: str = "tel") -> str:
        return next(one.id for one in self.handlers().found().holders if one.scheme == scheme)

    def everything(self) -> dict[str, bytes]:
        """What lies in the folders, apart from empty caches."""
        files = [self.config, self.data, self.machine.data, self.machine.config, self.vendor]
        return {
            str(file): file.read_bytes()
            for folder in files
            for file in folder.rglob("*")
            if file.is_file() and file.read_bytes() != b""
        }


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path)


# ---------------------------------------------------------------------- who opens links


def test_nobody_on_a_bare_computer(disk: Disk) -> None:
    found = disk.handlers().found()

    assert [(one.scheme, one.name, one.ours) for one in found.holders] == [
        (scheme, "", False) for scheme in ("tel", "callto", "sip", "sips", "agent-toolbar")
    ]
    assert (found.user, found.machine) == (Offer.NONE, Offer.NONE)


def test_whoever_offers_it_first(disk: Disk) -> None:
    disk.install("linphone.desktop", "tel sip")
    disk.install("ekiga.desktop", "sip", disk.machine.data)

    assert disk.holder("tel") == "linphone.desktop"
    assert disk.holder("sip") == "ekiga.desktop"
    assert disk.handlers().found().holders[0].name == "Linphone"


def test_the_default_comes_before_any_offer_and_the_desktops_own_list_before_the_common_one(disk: Disk) -> None:
    for name in ("a.desktop", "b.desktop", "c.desktop", "d.desktop"):
        disk.install(name)
    disk.chosen("[Default Applications]\nx-scheme-handler/tel=b.desktop\n", disk.machine.config / "mimeapps.list")
    assert disk.holder() == "b.desktop"
    disk.chosen("[Default Applications]\nx-scheme-handler/tel=c.desktop\n")
    assert disk.holder() == "c.desktop"
    disk.chosen("[Default Applications]\nx-scheme-handler/tel=d.desktop\n", disk.config / "gnome-mimeapps.list")
    assert disk.holder() == "d.desktop"


def test_a_default_that_is_not_installed_or_whose_program_is_gone_does_not_count(disk: Disk) -> None:
    disk.install("a.desktop")
    disk.install("gone.desktop", exec_line="/nowhere/gone %u")
    disk.install("broken.desktop", exec_line='"never closed')
    disk.chosen("[Default Applications]\nx-scheme-handler/tel=never.desktop;gone.desktop;broken.desktop;a.desktop\n")

    assert disk.holder() == "a.desktop"


def test_added_and_removed_associations_count(disk: Disk) -> None:
    disk.install("a.desktop")
    disk.install("b.desktop", "")
    disk.chosen(
        "[Added Associations]\nx-scheme-handler/tel=b.desktop\n[Removed Associations]\nx-scheme-handler/sip=a.desktop\n"
    )
    assert disk.holder("tel") == "b.desktop"
    disk.chosen("[Removed Associations]\nx-scheme-handler/tel=a.desktop;\n")
    assert disk.holder("tel") == ""


def test_an_id_with_a_dash_may_lie_in_a_folder(disk: Disk) -> None:
    disk.install("phone.desktop", "", disk.vendor)
    folder = disk.vendor / "applications" / "kde"
    folder.mkdir()
    (disk.vendor / "applications" / "phone.desktop").rename(folder / "phone.desktop")
    disk.chosen("[Default Applications]\nx-scheme-handler/tel=kde-phone.desktop\n")

    assert disk.holder() == "kde-phone.desktop"


@pytest.mark.parametrize("odd", ["../../evil.desktop", "evil", "a/b.desktop", ""])
def test_an_id_is_no_path(disk: Disk, odd: str) -> None:
    disk.chosen(f"[Default Applications]\nx-scheme-handler/tel={odd}\n")
    assert disk.holder() == ""


def test_a_name_cannot_draw_over_the_window(disk: Disk) -> None:
    disk.install("a.desktop")
    file = disk.vendor / "applications" / "a.desktop"
    file.write_text(file.read_text().replace("Name=A", "Name=\u202eevil\\n" + "x" * 300))
    assert re.fullmatch("evil x{50,}…", disk.handlers().found().holders[0].name)


def test_folders_come_from_the_environment_and_relative_ones_do_not_count() -> None:
    places = places_of_user(
        {"XDG_CONFIG_HOME": "relative", "XDG_DATA_DIRS": "/a:b:/c", "XDG_CURRENT_DESKTOP": "ubuntu:GNOME:../x"},
        Path("/home/me"),
    )
    assert places == XdgPlaces(
        (Path("/home/me/.config"), Path("/etc/xdg")),
        (Path("/home/me/.local/share"), Path("/a"), Path("/c")),
        ("ubuntu", "gnome"),
    )


# ---------------------------------------------------------------------- registering


def test_an_offer_makes_the_toolbar_open_what_nobody_else_opens(disk: Disk) -> None:
    disk.handlers().register(Scope.USER)

    found = disk.handlers().found()
    assert found.user is Offer.CURRENT
    assert all(one.ours for one in found.holders)
    assert not disk.list.exists()
    assert (disk.data / "icons/hicolor/scalable/apps/agent-toolbar.svg").read_bytes().startswith(b"<svg")


@pytest.mark.parametrize("folder", ["vendor", "user"])
def test_an_offer_takes_no_link_from_whoever_opens_it_now(disk: Disk, folder: str) -> None:
    disk.install("linphone.desktop", "tel sip", disk.data if folder == "user" else disk.vendor)

    disk.handlers().register(Scope.USER)

    assert disk.holder("tel") == disk.holder("sip") == "linphone.desktop"
    assert disk.holder("callto") == OURS
    disk.handlers().register(Scope.USER)
    assert disk.holder("tel") == "linphone.desktop"


def test_a_default_is_left_alone_by_an_offer(disk: Disk) -> None:
    disk.install("linphone.desktop")
    text = "# mine\n[Default Applications]\nx-scheme-handler/tel=linphone.desktop\n"
    disk.chosen(text)

    disk.handlers().register(Scope.USER)

    assert disk.list.read_text() == text


def test_the_default_is_taken_only_when_that_was_asked_for(disk: Disk) -> None:
    disk.install("linphone.desktop")
    disk.chosen("[Default Applications]\nx-scheme-handler/tel=linphone.desktop\n")

    disk.handlers().register(Scope.USER, default=True)

    assert all(one.ours for one in disk.handlers().found().holders)


@pytest.mark.parametrize("default", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        None,
        "[Default Applications]\nx-scheme-handler/tel=linphone.desktop\n",
        "# odd\r\n\r\n[Default Applications]\r\ntext/html=firefox.desktop;\r\n",
        "[Added Associations]\nx-scheme-handler/sip=linphone.desktop;\n\n\n",
        "garbage without a group\n\n[Unclosed\n=\n",
    ],
)
def test_taking_it_back_leaves_every_file_as_it_was(disk: Disk, text: str | None, default: bool) -> None:
    disk.install("linphone.desktop", "tel sip")
    if text is not None:
        disk.chosen(text)
        disk.list.write_bytes(text.encode())
    before, holders = disk.everything(), disk.handlers().found().holders

    disk.handlers().register(Scope.USER)
    disk.handlers().register(Scope.USER, default=default)
    disk.handlers().unregister(Scope.USER)

    assert disk.everything() == before
    assert disk.handlers().found().holders == holders


def test_bytes_that_are_no_text_stay(disk: Disk) -> None:
    disk.config.mkdir(parents=True)
    disk.list.write_bytes(b"[Default Applications]\ntext/x=\xff\xfe.desktop\n")

    disk.handlers().register(Scope.USER, default=True)

    assert b"text/x=\xff\xfe.desktop\n" in disk.list.read_bytes()


def test_what_the_person_chose_meanwhile_stays_chosen(disk: Disk) -> None:
    disk.install("ekiga.desktop")
    disk.install("linphone.desktop")
    disk.handlers().register(Scope.USER)
    disk.chosen("[Default Applications]\nx-scheme-handler/tel=ekiga.desktop\n")

    disk.handlers().unregister(Scope.USER)

    assert disk.list.read_text() == "[Default Applications]\nx-scheme-handler/tel=ekiga.desktop\n"


def test_taking_back_what_was_never_offered_changes_nothing(disk: Disk) -> None:
    disk.install("linphone.desktop")
    before = disk.everything()
    disk.handlers().unregister(Scope.USER)
    assert disk.everything() == before


def test_an_offer_renews_that_of_a_copy_which_was_moved(disk: Disk) -> None:
    disk.handlers("/old/agent-toolbar").register(Scope.USER)
    assert disk.handlers().found().user is Offer.OTHER_PROGRAM

    disk.handlers().register(Scope.USER)

    assert disk.handlers().found().user is Offer.CURRENT


def test_a_package_may_name_a_link_to_the_program(disk: Disk, tmp_path: Path) -> None:
    link = tmp_path / "agent toolbar"
    link.symlink_to("/bin/true")
    disk.handlers(str(link)).register(Scope.MACHINE)
    assert disk.handlers().found().machine is Offer.CURRENT


@pytest.mark.parametrize("command", ["", "/bin/true", "/bin/true %u", '"/bin/true --uri %u', "/bin/true -x --uri %u"])
def test_a_file_of_ours_with_another_command_is_another_program(disk: Disk, command: str) -> None:
    disk.install(OURS, exec_line=command, folder=disk.data)
    assert disk.handlers().found().user is Offer.OTHER_PROGRAM


def test_an_offer_after_the_person_refused_us_stands(disk: Disk) -> None:
    disk.chosen(f"[Removed Associations]\nx-scheme-handler/tel={OURS};other.desktop;\n")
    disk.handlers().register(Scope.USER)
    assert disk.holder() == OURS
    assert disk.list.read_text() == "[Removed Associations]\nx-scheme-handler/tel=other.desktop;\n"


def test_a_list_that_is_a_link_stays_one(disk: Disk, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.list"
    kept.write_text("# kept elsewhere\n")
    kept.chmod(0o600)
    disk.config.mkdir(parents=True)
    disk.list.symlink_to(kept)

    disk.handlers().register(Scope.USER, default=True)

    assert disk.list.is_symlink()
    assert OURS in kept.read_text()
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_desktops_own_list_that_wins_is_named(disk: Disk) -> None:
    disk.install("linphone.desktop")
    own = disk.config / "gnome-mimeapps.list"
    disk.chosen("[Default Applications]\nx-scheme-handler/tel=linphone.desktop\n", own)

    with pytest.raises(SchemeError) as refused:
        disk.handlers().register(Scope.USER, default=True)

    assert (refused.value.code, refused.value.params["place"]) == ("handlers_overruled", str(own))
    assert disk.holder() == "linphone.desktop"


def test_a_path_that_cannot_be_written_down_is_refused_before_anything_changes(disk: Disk) -> None:
    before = disk.everything()
    with pytest.raises(SchemeError, match="handlers_bad_path"):
        disk.handlers("/odd\npath").register(Scope.USER, default=True)
    assert disk.everything() == before
    assert disk.handlers("/odd\npath").found().user is Offer.NONE


@pytest.fixture
def nobody_writes(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Folders that may be read only; tests run as root too, whom modes do not stop."""
    closed = list[Path]()
    allowed = os.access
    monkeypatch.setattr(
        "agent_toolbar.handlers.system_files.os.access",
        lambda path, mode: not (mode == os.W_OK and Path(path) in closed) and allowed(path, mode),
    )
    return closed


def test_a_folder_that_may_only_be_read_is_named_and_nothing_is_half_done(
    disk: Disk, nobody_writes: list[Path]
) -> None:
    disk.install("linphone.desktop")
    disk.config.mkdir(parents=True)
    nobody_writes.append(disk.config)
    before = disk.everything()

    with pytest.raises(SchemeError) as refused:
        disk.handlers().register(Scope.USER)

    assert (refused.value.code, refused.value.params["place"]) == ("handlers_not_allowed", str(disk.config))
    assert disk.everything() == before


def test_a_list_that_cannot_be_read_is_not_written_over(disk: Disk) -> None:
    disk.list.mkdir(parents=True)  # a folder stands there: as unreadable to root as to anybody

    with pytest.raises(SchemeError, match="handlers_failed"):
        disk.handlers().register(Scope.USER, default=True)

    assert disk.list.is_dir()
    assert not disk.entry.exists()


# ---------------------------------------------------------------------- for everybody


def test_an_offer_to_everybody_lies_beside_what_packages_bring(disk: Disk) -> None:
    disk.install("linphone.desktop")

    disk.handlers().register(Scope.MACHINE)

    found = disk.handlers().found()
    assert (found.user, found.machine) == (Offer.NONE, Offer.CURRENT)
    assert disk.holder("tel") == "linphone.desktop"
    assert disk.holder("callto") == OURS
    assert not disk.config.exists()


def test_a_default_for_everybody_leaves_what_a_user_chose(disk: Disk) -> None:
    disk.install("linphone.desktop")
    disk.chosen("[Default Applications]\nx-scheme-handler/tel=linphone.desktop\n")

    disk.handlers().register(Scope.MACHINE, default=True)

    assert (disk.holder("tel"), disk.holder("sip")) == ("linphone.desktop", OURS)


def test_taking_it_back_from_everybody_leaves_every_file_as_it_was(disk: Disk) -> None:
    disk.install("linphone.desktop")
    disk.chosen("# policy\n[Default Applications]\na/b=c.desktop\n", disk.machine.config / "mimeapps.list")
    before = disk.everything()

    disk.handlers().register(Scope.MACHINE, default=True)
    disk.handlers().unregister(Scope.MACHINE)

    assert disk.everything() == before
