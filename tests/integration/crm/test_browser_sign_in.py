"""A whole toolbar that signs in at a real OAuth server with a browser that follows redirects."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from agent_toolbar.application.crm_session import access_of
from agent_toolbar.application.ports.settings import CrmSettings, Settings
from agent_toolbar.application.toolbar_state import FaultPlace, Remedy
from agent_toolbar.connector.oauth_grant import grant_of
from agent_toolbar.crm.crm_link import CrmLink
from agent_toolbar.domain.crm import CrmState
from agent_toolbar.domain.phone_number import NumberPlan
from tests.fakes.application_desk import ACCOUNT, Desk
from tests.fakes.oauth_server import CLIENT, SECRET, OAuthServer, oauth_server
from tests.fakes.queue_dispatcher import QueueDispatcher
from tests.fakes.runtime import ManualClock, ManualTimers
from tests.fakes.settings import FakeSecretVault
from tests.integration.connector.oauth_desk import MANIFEST


class Browser:
    """Follows what the server says, on a thread of its own, as a person who agrees at once would."""

    def __init__(self) -> None:
        self.pages: list[httpx.Response] = []
        self.threads: list[threading.Thread] = []

    def follow(self, url: str) -> None:
        self.threads.append(threading.Thread(target=lambda: self.pages.append(self.get(url))))
        self.threads[-1].start()

    @staticmethod
    def get(url: str) -> httpx.Response:
        with httpx.Client(trust_env=False, follow_redirects=True, timeout=30) as client:
            return client.get(url)


class Office:
    """One toolbar, its keyring, and its browser."""

    def __init__(self, server: OAuthServer, folder: Path, text: str = MANIFEST) -> None:
        file = folder / "cloud.toml"
        file.write_text(text)
        self.server = server
        self.dispatcher = QueueDispatcher()
        self.vault = FakeSecretVault()
        self.browser = Browser()
        self.crm = CrmSettings(str(file), server.url, "marie", {"client_id": CLIENT})
        self.name = (access_of(self.crm).account, "marie")
        self.open_toolbar()

    def open_toolbar(self) -> None:
        """A later life with the same keyring."""
        link = CrmLink(self.dispatcher, ManualTimers(ManualClock()), self.vault, NumberPlan, language=lambda: "en")
        self.desk = Desk(Settings(account=ACCOUNT, crm=self.crm), crm_link=link, vault=self.vault)
        self.desk.browser.there = True

    def wait_for(self, state: CrmState) -> None:
        self.dispatcher.run_until(lambda: self.desk.state.crm.state is state, 30.0, state)

    def sign_in(self) -> None:
        self.desk.toolbar.switch_crm(True)
        self.browser.follow(self.desk.browser.opened[-1])

    def close(self) -> None:
        self.desk.toolbar.switch_crm(False)
        for thread in self.browser.threads:
            thread.join()


@pytest.fixture
def server() -> Iterator[OAuthServer]:
    with oauth_server() as running:
        yield running


@pytest.fixture
def office(server: OAuthServer, tmp_path: Path, qapp: object) -> Iterator[Office]:
    office = Office(server, tmp_path)
    yield office
    office.close()


def test_an_agent_signs_in_with_the_browser_and_stays_signed_in_after_a_restart(
    office: Office, server: OAuthServer
) -> None:
    office.sign_in()
    office.wait_for(CrmState.SIGNED_IN)
    office.browser.threads[0].join()
    assert office.desk.state.crm.user == "Alice Agent"
    assert "Signed in" in office.browser.pages[0].text
    office.desk.toolbar.switch_crm(False)
    office.open_toolbar()
    office.desk.toolbar.switch_crm(True)
    office.wait_for(CrmState.SIGNED_IN)

    assert office.desk.browser.opened == []
    kept = grant_of(office.vault.secrets[office.name])
    assert kept is not None
    assert kept.refresh_token == server.families[0].refresh
    assert not server.families[0].revoked


def test_the_question_to_the_server_has_a_challenge_and_no_secret(office: Office, server: OAuthServer) -> None:
    office.desk.toolbar.switch_crm(True)
    asked = {name: value[0] for name, value in parse_qs(urlsplit(office.desk.browser.opened[0]).query).items()}

    assert asked.keys() == {
        "response_type",
        "client_id",
        "redirect_uri",
        "state",
        "code_challenge",
        "code_challenge_method",
        "scope",
    }
    assert (asked["code_challenge_method"], asked["scope"]) == ("S256", "api offline_access")
    assert len(asked["state"]) >= 43
    assert urlsplit(asked["redirect_uri"]).hostname == "127.0.0.1"


def test_an_agent_who_does_not_agree_is_told_so(office: Office, server: OAuthServer) -> None:
    server.agrees = False
    office.sign_in()
    office.wait_for(CrmState.FAULT)
    office.browser.threads[0].join()

    assert office.desk.state.crm.fault == "sign_in_denied"
    assert "Not signed in" in office.browser.pages[0].text


def test_a_code_that_was_stolen_is_worth_nothing_without_the_verifier(office: Office, server: OAuthServer) -> None:
    office.desk.toolbar.switch_crm(True)
    redirect = server.redirect_of(office.desk.browser.opened[0])
    for begun in server.codes.values():
        begun["code_challenge"] = "of somebody else"
    office.browser.follow(redirect)
    office.wait_for(CrmState.FAULT)

    assert office.desk.state.crm.fault == "crm_unauthorized"
    assert server.families == []


def test_a_sign_in_that_the_server_ended_is_done_again(office: Office, server: OAuthServer) -> None:
    office.sign_in()
    office.wait_for(CrmState.SIGNED_IN)
    server.families[0].revoked = True
    office.desk.toolbar.switch_crm(False)
    office.desk.toolbar.switch_crm(True)
    office.wait_for(CrmState.FAULT)
    (fault,) = [fault for fault in office.desk.state.faults if fault.place is FaultPlace.CRM]
    assert (fault.code, fault.remedy) == ("crm_unauthorized", Remedy.SIGN_IN)
    office.desk.toolbar.remedy(Remedy.SIGN_IN)
    office.browser.follow(office.desk.browser.opened[-1])
    office.wait_for(CrmState.SIGNED_IN)

    assert len(server.families) == 2


def test_cancelling_closes_the_way_back(office: Office, server: OAuthServer) -> None:
    office.desk.toolbar.switch_crm(True)
    redirect = server.redirect_of(office.desk.browser.opened[0])
    office.desk.toolbar.remedy(Remedy.CANCEL_SIGN_IN)
    assert office.desk.state.crm.state is CrmState.SIGNED_OUT

    def closed() -> bool:
        try:
            return office.browser.get(redirect).status_code != 200
        except httpx.TransportError:
            return True

    assert closed()
    assert server.families == []


def test_the_secret_of_a_product_is_typed_once_and_lives_in_the_keyring(
    server: OAuthServer, tmp_path: Path, qapp: object
) -> None:
    server.confidential = "body"
    office = Office(server, tmp_path, MANIFEST.replace("rotate = true", 'rotate = true\nclient_secret = "body"'))
    office.desk.toolbar.switch_crm(True)
    assert office.desk.state.crm.fault == "crm_no_key"
    office.desk.toolbar.enter_crm_key(SECRET)
    office.browser.follow(office.desk.browser.opened[-1])
    office.wait_for(CrmState.SIGNED_IN)
    office.desk.toolbar.switch_crm(False)
    office.desk.toolbar.switch_crm(True)
    office.wait_for(CrmState.SIGNED_IN)
    office.close()

    kept = grant_of(office.vault.secrets[office.name])
    assert kept is not None
    assert kept.client_secret == SECRET
    assert SECRET not in office.desk.browser.opened[0]
