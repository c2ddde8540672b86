"""Writes the files about links that installers and administrators take: `.venv/bin/python installers/link_files.py`.

They are made from the same values as the toolbar's own registration, and a test holds them against each other.
"""

from __future__ import annotations

import json
import plistlib
from pathlib import Path
from xml.etree import ElementTree

from agent_toolbar import __version__
from agent_toolbar.handlers.desktop_entry import DESKTOP_ID, entry_text, mime_type
from agent_toolbar.handlers.linux import ICON
from agent_toolbar.handlers.macos import info_plist
from agent_toolbar.handlers.scheme_names import OFFERED
from agent_toolbar.handlers.windows_records import APP, prog_id

FOLDER = Path(__file__).parent
PROGRAM_OF_PACKAGE = "/usr/bin/agent-toolbar"
ORIGIN = "https://crm.example.com"  # whoever uses these files puts the origin of their CRM in its place


def allowed_origins() -> list[dict[str, object]]:
    """The value of AutoLaunchProtocolsFromOrigins, which Chrome, Edge and Firefox share."""
    return [{"protocol": scheme, "allowed_origins": [ORIGIN]} for scheme in OFFERED]


def chromium_policy() -> str:
    return json.dumps({"AutoLaunchProtocolsFromOrigins": allowed_origins()}, indent=2) + "\n"


def firefox_policies() -> str:
    """Who opens the links is left to the system (Handlers), and the named origins need no permission."""
    schemes = {scheme: {"action": "useSystemDefault", "ask": False} for scheme in OFFERED}
    policies = {"AutoLaunchProtocolsFromOrigins": allowed_origins(), "Handlers": {"schemes": schemes}}
    return json.dumps({"policies": policies}, indent=2) + "\n"


def windows_policies() -> str:
    """For Chrome and Edge; a value of REG_SZ that holds JSON on one line."""
    value = json.dumps(allowed_origins()).replace("\\", "\\\\").replace('"', '\\"')
    lines = ["Windows Registry Editor Version 5.00", ""]
    for browser in (r"Google\Chrome", r"Microsoft\Edge"):
        lines += [rf"[HKEY_LOCAL_MACHINE\SOFTWARE\Policies\{browser}]"]
        lines += [f'"AutoLaunchProtocolsFromOrigins"="{value}"', ""]
    return "\r\n".join(lines)


def default_associations() -> str:
    """For the policy DefaultAssociationsConfiguration; `Suggested`: set once, and the person may choose otherwise."""
    root = ElementTree.Element("DefaultAssociations", Version="1")
    for scheme in OFFERED:
        ElementTree.SubElement(
            root, "Association", Identifier=scheme, ProgId=prog_id(scheme), ApplicationName=APP, Suggested="true"
        )
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def mimeapps_list() -> str:
    lines = "".join(f"{mime_type(scheme)}={DESKTOP_ID};\n" for scheme in OFFERED)
    said = "# Everybody here opens these links with the toolbar, unless they chose otherwise."
    return f"{said}\n[Default Applications]\n{lines}"


def files() -> dict[str, bytes]:
    """Content by path below `installers`."""
    return {
        "browsers/chromium-policy.json": chromium_policy().encode(),
        "browsers/firefox-policies.json": firefox_policies().encode(),
        "linux/agent-toolbar.desktop": entry_text([PROGRAM_OF_PACKAGE], OFFERED, ICON).encode(),
        "linux/mimeapps.list": mimeapps_list().encode(),
        "macos/Info.plist": plistlib.dumps(info_plist(__version__)),
        "windows/browser-policies.reg": windows_policies().encode("ascii"),
        "windows/default-associations.xml": default_associations().encode(),
    }


if __name__ == "__main__":
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)
