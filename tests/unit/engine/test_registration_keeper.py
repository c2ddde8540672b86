"""The registration as a state machine: fail-over, back-off, recovery. The lines are fakes, the time is made by hand."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest

from agent_toolbar.application.ports.telephony import AccountConfig
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState
from agent_toolbar.engine import registration_keeper
from agent_toolbar.engine.account import PbxAddress
from agent_toolbar.engine.library_events import RegistrationAnswered
from agent_toolbar.engine.registration_keeper import ANSWER_LIMIT_S, LOOKUP_LIMIT_S, LineSupply, RegistrationKeeper
from agent_toolbar.engine.timer_queue import TimerQueue

ACCOUNT = AccountConfig(server="pbx.test", extension="1001", password="secret")
State, Fault = RegistrationState, RegistrationFault


class FakeLine:
    def __init__(self, serial: int, address: PbxAddress, local_ip: str, pbx_ips: frozenset[str]) -> None:
        self.serial, self.address, self.local_ip, self.pbx_ips = serial, address, local_ip, pbx_ips
        self.config = ACCOUNT
        self.said: list[str] = []

    def register(self) -> None:
        self.said.append("register")

    def unregister(self) -> None:
        self.said.append("unregister")


class Bench:
    """A keeper with fake lines, whose look-ups are answered by the test."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.timers = TimerQueue(lambda: self.now_s)
        self.asked: list[Callable[[tuple[PbxAddress, ...]], None]] = []
        self.lines: list[FakeLine] = []
        self.retired: list[FakeLine] = []
        self.told: list[RegistrationSnapshot] = []
        supply = LineSupply(lambda _, answer: self.asked.append(answer), self._open, self.retired.append)
        self.keeper = RegistrationKeeper(self.timers, supply, self.told.append)

    def _open(self, _: AccountConfig, address: PbxAddress, local_ip: str, pbx_ips: frozenset[str]) -> FakeLine:
        self.lines.append(FakeLine(len(self.lines) + 1, address, local_ip, pbx_ips))
        return self.lines[-1]

    def pass_time(self, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self.now_s += 0.1
            self.timers.run_due()

    def answer(self, status: int, *, heard: bool = True, expires_s: int = 0, retry_after_s: int = 0) -> None:
        message = f"SIP/2.0 {status} X\r\nRetry-After: {retry_after_s}\r\n\r\n" if heard else ""
        self.keeper.on_answer(RegistrationAnswered(self.lines[-1].serial, 0, status, "X", expires_s, message))

    @property
    def state(self) -> tuple[RegistrationState, RegistrationFault]:
        return self.keeper.snapshot.state, self.keeper.snapshot.fault


@pytest.fixture
def addresses() -> Iterator[tuple[PbxAddress, ...]]:
    """Two ports on loopback that somebody holds, so that they do not refuse."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as two,
    ):
        for held in (one, two):
            held.bind(("127.0.0.1", 0))
        yield PbxAddress("127.0.0.1", one.getsockname()[1]), PbxAddress("127.0.0.1", two.getsockname()[1])


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    made.keeper.set_account(ACCOUNT)
    made.keeper.register()
    yield made
    made.keeper.close()


def test_the_next_target_is_tried_at_once_when_one_is_silent(bench: Bench, addresses: tuple[PbxAddress, ...]) -> None:
    bench.asked[-1](addresses)
    bench.pass_time(ANSWER_LIMIT_S + 0.1)

    assert [line.address for line in bench.lines] == list(addresses)
    assert bench.retired == bench.lines[:1]
    bench.answer(200, expires_s=300)
    assert bench.state == (State.REGISTERED, Fault.NONE)


def test_every_address_of_the_pbx_may_call(bench: Bench) -> None:
    bench.asked[-1]((PbxAddress("127.0.0.1", 9), PbxAddress("127.0.0.2", 9)))

    assert bench.lines[0].pbx_ips == {"127.0.0.1", "127.0.0.2"}


def test_after_the_last_target_it_waits_and_looks_up_again(bench: Bench, addresses: tuple[PbxAddress, ...]) -> None:
    bench.asked[-1](addresses[:1])
    bench.answer(503)
    assert bench.state == (State.RETRYING, Fault.SERVER_ERROR)
    bench.pass_time(1.1)

    assert len(bench.asked) == 2
    assert bench.state == (State.REGISTERING, Fault.NONE)


def test_a_final_refusal_ends_the_round(bench: Bench, addresses: tuple[PbxAddress, ...]) -> None:
    bench.asked[-1](addresses)
    bench.answer(403)
    bench.pass_time(120)

    assert bench.state == (State.REFUSED, Fault.NOT_ALLOWED)
    assert len(bench.lines) == 1


def test_a_lookup_that_hangs_is_an_unknown_host(bench: Bench) -> None:
    bench.pass_time(LOOKUP_LIMIT_S + 0.1)

    assert bench.state == (State.RETRYING, Fault.UNKNOWN_HOST)


def test_a_late_lookup_changes_nothing(bench: Bench, addresses: tuple[PbxAddress, ...]) -> None:
    bench.keeper.unregister()
    bench.asked[0](addresses)

    assert bench.lines == []
    assert bench.state == (State.OFF, Fault.NONE)


def test_an_answer_to_a_former_line_changes_nothing(bench: Bench, addresses: tuple[PbxAddress, ...]) -> None:
    bench.asked[-1](addresses)
    bench.pass_time(ANSWER_LIMIT_S + 0.1)
    bench.keeper.on_answer(RegistrationAnswered(1, 0, 403, "late", 0, "SIP/2.0 403 late\r\n\r\n"))

    assert bench.state == (State.REGISTERING, Fault.NONE)


def test_a_pbx_that_restarts_may_refuse_for_a_while(bench: Bench, addresses: tuple[PbxAddress, ...]) -> None:
    bench.asked[-1](addresses)
    bench.answer(200, expires_s=300)
    bench.answer(403)

    assert bench.state == (State.RETRYING, Fault.NOT_ALLOWED)


def test_a_change_of_the_local_address_registers_from_the_new_one(
    bench: Bench, addresses: tuple[PbxAddress, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.asked[-1](addresses[:1])
    bench.answer(200, expires_s=300)
    monkeypatch.setattr(registration_keeper, "local_ip_towards", lambda ip, port: "127.0.0.9")
    bench.pass_time(5.1)
    bench.asked[-1](addresses[:1])

    assert [line.local_ip for line in bench.lines] == ["127.0.0.1", "127.0.0.9"]
    assert bench.retired == bench.lines[:1]


def test_a_jump_of_the_clock_registers_anew(
    bench: Bench, addresses: tuple[PbxAddress, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.asked[-1](addresses[:1])
    bench.answer(200, expires_s=300)
    real = registration_keeper.time.time
    monkeypatch.setattr(registration_keeper.time, "time", lambda: real() + 3600)
    bench.pass_time(5.1)
    bench.asked[-1](addresses[:1])

    assert bench.lines[0].said == ["register", "register"]


def test_a_line_that_takes_back_what_ours_registered_too_makes_it_register_again(
    bench: Bench, addresses: tuple[PbxAddress, ...]
) -> None:
    bench.asked.pop()(addresses)
    line = bench.lines[-1]
    earlier = FakeLine(99, line.address, line.local_ip, line.pbx_ips)
    bench.keeper.say_again(earlier)
    assert line.said == ["register"], "one is under way"
    bench.answer(200, expires_s=300)
    assert line.said == ["register", "register"]
    bench.answer(200, expires_s=300)
    assert line.said == ["register", "register"]

    bench.keeper.say_again(earlier)
    assert line.said == ["register", "register", "register"]


@pytest.mark.parametrize("other", ["extension", "address"])
def test_a_line_of_somebody_else_or_from_elsewhere_changes_nothing(
    bench: Bench, addresses: tuple[PbxAddress, ...], other: str
) -> None:
    bench.asked.pop()(addresses)
    bench.answer(200, expires_s=300)
    line = bench.lines[-1]
    closed = FakeLine(99, line.address, "192.0.2.1" if other == "address" else line.local_ip, line.pbx_ips)
    if other == "extension":
        closed.config = AccountConfig(server="pbx.test", extension="1002", password="secret")
    bench.keeper.say_again(closed)

    assert line.said == ["register"]


def test_a_pbx_that_is_away_keeps_its_line_and_is_registered_with_again_when_it_is_back(bench: Bench) -> None:
    """It may have kept the registration on disk, and call at once."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as held:
        held.bind(("127.0.0.1", 0))
        address = PbxAddress("127.0.0.1", held.getsockname()[1])
        bench.asked.pop()((address,))
        bench.answer(200, expires_s=300)
        bench.pass_time(60)
        assert bench.state == (State.REGISTERED, Fault.NONE)
        assert not bench.asked
    bench.pass_time(60)
    assert bench.state == (State.RETRYING, Fault.UNREACHABLE)
    assert (len(bench.lines), bench.retired) == (1, [])

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as held_again:
        held_again.bind((address.ip, address.port))
        bench.pass_time(4.5)
        assert bench.state == (State.REGISTERING, Fault.NONE)
        bench.asked.pop()((address,))
        bench.answer(200, expires_s=300)

    assert bench.state == (State.REGISTERED, Fault.NONE)
    assert (len(bench.lines), bench.retired) == (1, [])
