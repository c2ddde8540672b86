"""The files for installers and administrators: they are what the code makes, and what their readers understand."""

from __future__ import annotations

import json
import plistlib
import runpy
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from agent_toolbar.application.ports.scheme_handlers import Scope
from agent_toolbar.handlers.desktop_entry import mime_types, read_entry
from agent_toolbar.handlers.macos import BUNDLE_ID
from agent_toolbar.handlers.mime_apps import DEFAULTS, ids_of
from agent_toolbar.handlers.scheme_names import OFFERED
from agent_toolbar.handlers.windows import WindowsSchemeHandlers
from tests.fakes.registry import FakeRegistry

INSTALLERS = Path(__file__).parents[3] / "installers"
MADE: dict[str, bytes] = runpy.run_path(str(INSTALLERS / "link_files.py"))["files"]()


def content(name: str) -> str:
    return (INSTALLERS / name).read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", MADE)
def test_each_file_is_what_the_code_makes_now(name: str) -> None:
    assert (INSTALLERS / name).read_bytes() == MADE[name], "run: .venv/bin/python installers/link_files.py"


def check_origins(policy: list[dict[str, object]]) -> None:
    assert [one["protocol"] for one in policy] == list(OFFERED)
    for one in policy:
        for origin in one["allowed_origins"]:  # type: ignore[attr-defined]
            parts = urlsplit(origin)
            # no path and no wildcard: Chromium ignores the one, Firefox the other
            assert (parts.scheme, parts.path, parts.query, "*" in origin) == ("https", "", "", False)


def test_chrome_and_edge_read_their_policy() -> None:
    check_origins(json.loads(content("browsers/chromium-policy.json"))["AutoLaunchProtocolsFromOrigins"])


def test_firefox_reads_its_policies() -> None:
    policies = json.loads(content("browsers/firefox-policies.json"))["policies"]
    check_origins(policies["AutoLaunchProtocolsFromOrigins"])
    assert policies["Handlers"]["schemes"] == {
        scheme: {"action": "useSystemDefault", "ask": False} for scheme in OFFERED
    }


def test_the_registry_file_holds_the_same_policy() -> None:
    lines = content("windows/browser-policies.reg").split("\r\n")
    assert lines[0] == "Windows Registry Editor Version 5.00"
    assert [line for line in lines if line.startswith("[")] == [
        r"[HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Google\Chrome]",
        r"[HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Edge]",
    ]
    values = [line.partition('"=')[2] for line in lines if line.startswith('"')]
    for value in values:
        check_origins(json.loads(json.loads(value)))
    assert len(values) == 2


def test_windows_is_told_classes_that_the_toolbar_registers() -> None:
    registry = FakeRegistry()
    WindowsSchemeHandlers(registry, (r"C:\agent-toolbar.exe",), lambda: None).register(Scope.MACHINE)
    root = ElementTree.fromstring(content("windows/default-associations.xml"))

    told = {one.get("Identifier"): one.get("ProgId") for one in root.iter("Association")}

    assert list(told) == list(OFFERED)
    for scheme, prog_id in told.items():
        key = r"Software\AgentToolbar\Capabilities\URLAssociations"
        assert registry.read(Scope.MACHINE, key, str(scheme)) == prog_id
        assert registry.read(Scope.MACHINE, rf"Software\Classes\{prog_id}\shell\open\command", "")


def test_linux_is_told_the_file_that_is_beside_it() -> None:
    entry = read_entry(content("linux/agent-toolbar.desktop"))
    assert entry["Exec"] == "/usr/bin/agent-toolbar --uri %u"
    defaults = content("linux/mimeapps.list")
    for mime in mime_types(entry):
        assert ids_of(defaults, DEFAULTS, mime) == ["agent-toolbar.desktop"]


def test_macos_is_told_all_schemes() -> None:
    plist = plistlib.loads((INSTALLERS / "macos/Info.plist").read_bytes())
    told = [scheme for one in plist["CFBundleURLTypes"] for scheme in one["CFBundleURLSchemes"]]
    assert (told, plist["CFBundleIdentifier"]) == (list(OFFERED), BUNDLE_ID)
