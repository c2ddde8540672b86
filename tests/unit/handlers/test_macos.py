"""What macOS reads of us, by plistlib, and what we read of its preferences."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest

from agent_toolbar.application.ports.scheme_handlers import Offer, SchemeHolder, Scope
from agent_toolbar.domain.errors import SchemeError
from agent_toolbar.handlers.macos import BUNDLE_ID, MacSchemeHandlers, info_plist, url_types

PREFERENCES = "Library/Preferences/com.apple.LaunchServices/com.apple.launchservices.secure.plist"


def handlers(home: Path, executable: str = "/usr/bin/python3") -> MacSchemeHandlers:
    return MacSchemeHandlers(home, Path(executable))


def prefer(home: Path, content: object, fmt: plistlib.PlistFormat = plistlib.FMT_BINARY) -> None:
    file = home / PREFERENCES
    file.parent.mkdir(parents=True)
    file.write_bytes(content if isinstance(content, bytes) else plistlib.dumps(content, fmt=fmt))


def test_shared_schemes_are_offered_and_only_the_own_one_is_owned() -> None:
    shared, own = url_types()
    assert (shared["CFBundleURLSchemes"], shared["LSHandlerRank"]) == (["tel", "callto", "sip", "sips"], "Alternate")
    assert (own["CFBundleURLSchemes"], own["LSHandlerRank"]) == (["agent-toolbar"], "Owner")


def test_the_plist_says_why_it_wants_the_microphone_and_survives_writing() -> None:
    plist = info_plist("1.2.3")
    assert plistlib.loads(plistlib.dumps(plist)) == plist
    assert plist["NSMicrophoneUsageDescription"]
    assert plist["CFBundleShortVersionString"] == "1.2.3"


@pytest.mark.parametrize("fmt", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_whom_the_person_chose_is_read(tmp_path: Path, fmt: plistlib.PlistFormat) -> None:
    entries = [
        {"LSHandlerContentType": "public.html", "LSHandlerRoleAll": "com.apple.safari"},
        {"LSHandlerURLScheme": "TEL", "LSHandlerRoleAll": BUNDLE_ID.lower()},
        {"LSHandlerURLScheme": "sip", "LSHandlerRoleViewer": "com.linphone.linphone"},
        {"LSHandlerURLScheme": "sips", "LSHandlerRoleAll": "com.apple.facetime"},
        {"LSHandlerURLScheme": "callto"},
        "no dictionary",
    ]
    prefer(tmp_path, {"LSHandlers": entries}, fmt)

    tel, callto, sip, sips, own = handlers(tmp_path).found().holders

    assert (tel.ours, tel.name) == (True, "Agent Toolbar")
    assert callto == SchemeHolder("callto", known=False)
    assert (sip.ours, sip.name) == (False, "com.linphone.linphone")
    assert sips.name == "FaceTime"
    assert own == SchemeHolder("agent-toolbar", known=False)


@pytest.mark.parametrize("content", [b"", b"bplist00garbage", b"<plist>", {"LSHandlers": 5}, [1]])
def test_preferences_that_cannot_be_read_are_not_taken_for_a_missing_choice(
    tmp_path: Path, content: object, caplog: pytest.LogCaptureFixture
) -> None:
    prefer(tmp_path, content)

    found = handlers(tmp_path).found()

    assert not any(one.known for one in found.holders)
    assert found.problem is not None
    assert found.problem.code == "handlers_unreadable"
    assert found.problem.params["place"] == str(tmp_path / PREFERENCES)
    assert found.problem.params["detail"]
    assert str(tmp_path / PREFERENCES) in caplog.text


def test_preferences_that_the_system_does_not_give_are_told_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / PREFERENCES).mkdir(parents=True)  # reading a folder fails for root too

    problem = handlers(tmp_path).found().problem

    assert problem is not None
    assert "directory" in str(problem.params["detail"])


@pytest.mark.parametrize("content", [None, {}, {"LSHandlers": []}])
def test_somebody_who_never_chose_is_no_problem(tmp_path: Path, content: object) -> None:
    if content is not None:
        prefer(tmp_path, content)
    found = handlers(tmp_path).found()
    assert found.problem is None
    assert not any(one.known for one in found.holders)


def test_an_application_in_its_folder_is_offered(tmp_path: Path) -> None:
    inside = "Agent Toolbar.app/Contents/MacOS/agent-toolbar"
    found = handlers(tmp_path, f"/Applications/{inside}").found()
    assert (found.user, found.machine) == (Offer.NONE, Offer.CURRENT)
    found = handlers(tmp_path, f"{tmp_path}/Applications/{inside}").found()
    assert (found.user, found.machine) == (Offer.CURRENT, Offer.NONE)
    for elsewhere in (f"{tmp_path}/Downloads/{inside}", "/Applications/python"):
        assert not handlers(tmp_path, elsewhere).found().offered


def test_there_is_nothing_to_register(tmp_path: Path) -> None:
    for deed in (handlers(tmp_path).register, handlers(tmp_path).unregister):
        with pytest.raises(SchemeError, match="handlers_in_application"):
            deed(Scope.USER)
