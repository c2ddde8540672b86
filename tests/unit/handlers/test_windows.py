"""The offer to Windows, judged by what would stand in its registry."""

from __future__ import annotations

import pytest

from agent_toolbar.application.ports.scheme_handlers import Offer, SchemeHolder, Scope
from agent_toolbar.domain.errors import SchemeError
from agent_toolbar.handlers.scheme_names import OFFERED
from agent_toolbar.handlers.windows import WindowsSchemeHandlers
from agent_toolbar.handlers.windows_records import RegistryValue, command_line, own_keys, records
from tests.fakes.registry import FakeRegistry

PROGRAM = r"C:\Program Files\Agent Toolbar\agent-toolbar.exe"
COMMAND = rf'"{PROGRAM}" --uri "%1"'
CHOICE = r"Software\Microsoft\Windows\Shell\Associations\UrlAssociations\{}\UserChoice"


class Windows:
    def __init__(self) -> None:
        self.registry = FakeRegistry()
        self.announced = 0

    def handlers(self, program: str = PROGRAM) -> WindowsSchemeHandlers:
        return WindowsSchemeHandlers(self.registry, (program,), self._announce)

    def choose(self, scheme: str, prog_id: str) -> None:
        self.registry.write(Scope.USER, RegistryValue(CHOICE.format(scheme), "ProgId", prog_id))

    def holder(self, scheme: str = "tel") -> SchemeHolder:
        return next(one for one in self.handlers().found().holders if one.scheme == scheme)

    def _announce(self) -> None:
        self.announced += 1


@pytest.fixture
def windows() -> Windows:
    return Windows()


def test_program_and_link_are_quoted() -> None:
    assert command_line([PROGRAM]) == COMMAND
    assert command_line([r"C:\py\pythonw.exe", "-P", "-m", "agent_toolbar"]) == (
        r'"C:\py\pythonw.exe" -P -m agent_toolbar --uri "%1"'
    )


@pytest.mark.parametrize("path", ['C:\\a"b.exe', "C:\\%1\\a.exe", "C:\\a\nb.exe", ""])
def test_a_path_that_would_change_the_command_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        command_line([path])


def test_everything_that_default_apps_wants_is_there(windows: Windows) -> None:
    windows.handlers().register(Scope.USER)

    read = windows.registry.read
    assert (
        read(Scope.USER, r"Software\RegisteredApplications", "Agent Toolbar") == r"Software\AgentToolbar\Capabilities"
    )
    for scheme in OFFERED:
        association = read(Scope.USER, r"Software\AgentToolbar\Capabilities\URLAssociations", scheme)
        assert association == f"AgentToolbar.{scheme}"
        key = rf"Software\Classes\{association}"
        assert read(Scope.USER, rf"{key}\shell\open\command", "") == COMMAND
        assert read(Scope.USER, key, "URL Protocol") == ""
    assert read(Scope.USER, r"Software\AgentToolbar\Capabilities", "ApplicationName") == "Agent Toolbar"
    assert windows.announced == 1


def test_the_own_scheme_is_owned_and_the_shared_ones_are_not(windows: Windows) -> None:
    windows.handlers().register(Scope.USER)

    read = windows.registry.read
    assert read(Scope.USER, r"Software\Classes\agent-toolbar\shell\open\command", "") == COMMAND
    assert read(Scope.USER, r"Software\Classes\agent-toolbar", "URL Protocol") == ""
    keys = windows.registry.keys(Scope.USER)
    for scheme in ("tel", "callto", "sip", "sips"):
        assert not any(key.startswith((rf"software\classes\{scheme}\\", CHOICE.format(scheme).lower())) for key in keys)
        assert rf"software\classes\{scheme}" not in keys


def test_nothing_is_written_outside_of_our_own_keys() -> None:
    for value in records([PROGRAM], OFFERED):
        own = any(value.key == key or value.key.startswith(key + "\\") for key in own_keys(OFFERED))
        assert own or (value.key, value.name) == (r"Software\RegisteredApplications", "Agent Toolbar")


@pytest.mark.parametrize("scheme", ["tel\\..\\..\\Run", "te l", "", "tel\\"])
def test_a_scheme_that_would_be_a_path_is_refused(scheme: str) -> None:
    with pytest.raises(ValueError, match="no name of a scheme"):
        records([PROGRAM], [scheme])


def test_taking_it_back_leaves_the_registry_as_it_was(windows: Windows) -> None:
    others = [
        RegistryValue(r"Software\RegisteredApplications", "Linphone", r"Software\Linphone\Capabilities"),
        RegistryValue(r"Software\Classes\AgentToolbar.telephone", "", "somebody else's, with a similar name"),
        RegistryValue(r"Software\Classes\tel\shell\open\command", "", "linphone.exe"),
        RegistryValue(r"Software\AgentToolbar", "InstallDir", "of the installer"),
    ]
    for scope in Scope:
        for value in others:
            windows.registry.write(scope, value)
    before = dict(windows.registry.values)

    for scope in Scope:
        windows.handlers().register(scope)
    for scope in Scope:
        windows.handlers().unregister(scope)

    assert windows.registry.values == before


def test_the_page_of_the_system_opens_at_the_toolbar_once_it_is_offered(windows: Windows) -> None:
    assert windows.handlers().found().page == "ms-settings:defaultapps"
    windows.handlers().register(Scope.MACHINE)
    assert windows.handlers().found().page == "ms-settings:defaultapps?registeredAppMachine=Agent%20Toolbar"
    windows.handlers().register(Scope.USER)
    found = windows.handlers().found()
    assert found.page == "ms-settings:defaultapps?registeredAppUser=Agent%20Toolbar"
    assert (found.user, found.machine) == (Offer.CURRENT, Offer.CURRENT)


def test_an_offer_of_a_copy_that_was_moved_is_seen(windows: Windows) -> None:
    windows.handlers(r"D:\old\agent-toolbar.exe").register(Scope.USER)
    assert windows.handlers().found().user is Offer.OTHER_PROGRAM


def test_only_a_person_can_choose_the_default(windows: Windows) -> None:
    with pytest.raises(SchemeError, match="handlers_person_chooses"):
        windows.handlers().register(Scope.USER, default=True)
    assert windows.registry.values == {}


def test_who_may_not_write_for_everybody_is_told(windows: Windows) -> None:
    windows.registry.closed.add(Scope.MACHINE)
    with pytest.raises(SchemeError) as refused:
        windows.handlers().register(Scope.MACHINE)
    assert (refused.value.code, refused.value.params) == ("handlers_not_allowed", {"place": "HKEY_LOCAL_MACHINE"})
    assert windows.announced == 0


def test_until_the_person_chose_windows_asks(windows: Windows) -> None:
    windows.handlers().register(Scope.USER)
    assert windows.holder("tel") == SchemeHolder("tel", known=False)
    own = windows.holder("agent-toolbar")
    assert (own.ours, own.name) == (True, "Agent Toolbar")


def test_the_choice_of_the_person_is_read(windows: Windows) -> None:
    windows.choose("tel", "AgentToolbar.tel")
    windows.choose("sip", "Linphone.sip")
    windows.choose("callto", "Unheard.Of")
    windows.registry.write(Scope.MACHINE, RegistryValue(r"Software\Classes\Linphone.sip", "", "URL:Linphone"))
    assert windows.holder("tel").ours
    assert (windows.holder("sip").name, windows.holder("callto").name) == ("Linphone", "Unheard.Of")


def test_the_name_of_an_application_comes_before_that_of_its_class_and_none_is_loaded_from_a_library(
    windows: Windows,
) -> None:
    windows.choose("tel", "X.tel")
    key = r"Software\Classes\X.tel"
    windows.registry.write(Scope.USER, RegistryValue(key, "FriendlyTypeName", "@x.dll,-101"))
    windows.registry.write(Scope.USER, RegistryValue(key, "", "URL:Call"))
    assert windows.holder().name == "Call"
    windows.registry.write(Scope.USER, RegistryValue(rf"{key}\Application", "ApplicationName", "Phone\u202e Link"))
    assert windows.holder().name == "Phone Link"
