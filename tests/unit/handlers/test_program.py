"""Which command a link shall start, however this toolbar was started."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_toolbar.handlers.program import Start, program


def made(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("")
    file.chmod(0o755)
    return str(file)


def test_the_script_beside_the_python_of_its_environment(tmp_path: Path) -> None:
    python, script = made(tmp_path / "venv/bin/python"), made(tmp_path / "venv/bin/agent-toolbar")

    assert program(Start(python, argument=script)) == (script,)
    assert program(Start(python, argument="/x/agent_toolbar/__main__.py")) == (script,)


def test_a_link_to_the_script_stays_a_link(tmp_path: Path) -> None:
    made(tmp_path / "venvs/v1/agent-toolbar")
    (tmp_path / "bin").mkdir()
    link = tmp_path / "bin/agent-toolbar"
    link.symlink_to(tmp_path / "venvs/v1/agent-toolbar")

    assert program(Start("/usr/bin/python3", argument=str(link))) == (str(link),)


def test_a_relative_start_becomes_an_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = made(tmp_path / "bin/agent-toolbar")
    monkeypatch.chdir(tmp_path)

    assert program(Start("/nowhere/python", argument="bin/agent-toolbar")) == (script,)


def test_without_a_script_it_is_the_module_and_never_one_of_the_folder_in_which_a_browser_stands(
    tmp_path: Path,
) -> None:
    python = made(tmp_path / "python")
    assert program(Start(python, argument="-c")) == (python, "-P", "-m", "agent_toolbar")


def test_a_script_that_nobody_may_run_does_not_count(tmp_path: Path) -> None:
    script = Path(made(tmp_path / "agent-toolbar"))
    script.chmod(0o644)
    assert program(Start("/nowhere/python", argument=str(script))) == ("/nowhere/python", "-P", "-m", "agent_toolbar")


def test_a_frozen_toolbar_is_its_own_program() -> None:
    assert program(Start("/opt/agent-toolbar/agent-toolbar", frozen=True)) == ("/opt/agent-toolbar/agent-toolbar",)


def test_an_image_is_started_as_itself_and_not_at_the_place_where_it_is_mounted_now(tmp_path: Path) -> None:
    image = made(tmp_path / "Agent_Toolbar.AppImage")
    environment = {"APPIMAGE": image, "APPDIR": "/tmp/.mount_AgentXYZ"}

    assert program(Start("/tmp/.mount_AgentXYZ/usr/bin/agent-toolbar", frozen=True, environment=environment)) == (
        image,
    )


@pytest.mark.parametrize("folder", ["/tmp/.mount_Terminal", ""])
def test_the_image_of_another_program_that_started_us_is_not_taken(tmp_path: Path, folder: str) -> None:
    environment = {"APPIMAGE": made(tmp_path / "Terminal.AppImage"), "APPDIR": folder}
    ours = "/opt/agent-toolbar/agent-toolbar"

    assert program(Start(ours, frozen=True, environment=environment)) == (ours,)


def test_on_windows_no_console_opens_for_a_link(tmp_path: Path) -> None:
    python, silent = made(tmp_path / "python.exe"), made(tmp_path / "pythonw.exe")
    made(tmp_path / "agent-toolbar.exe")

    assert program(Start(python, argument="x", system="win32")) == (silent, "-P", "-m", "agent_toolbar")
