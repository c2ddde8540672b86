"""How the program starts, apart from the grammar of its verbs."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_toolbar import __main__ as start


def test_a_menu_that_runs_the_command_for_links_without_a_link_starts_the_toolbar(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As with every .desktop file: %u is replaced by nothing when there is nothing to open."""
    started = list[dict[str, object]]()
    monkeypatch.setenv("AGENT_TOOLBAR_HOME", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["agent-toolbar", "--uri"])
    monkeypatch.setattr(start, "_start_toolbar", lambda **options: started.append(options) or 0)

    assert start.main() == 0
    assert [options["practice"] for options in started] == [False]
