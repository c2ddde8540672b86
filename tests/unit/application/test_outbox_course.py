"""The outbox: what is sent when, to whom, and what a person must decide. Exactly once, wherever it is cut off."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from agent_toolbar.application.outbox_course import OutboxCourse, SignedIn
from agent_toolbar.application.ports.crm import CrmAccess, OutboxItem
from agent_toolbar.domain.crm import CallEntry, CallResult, CrmOperation
from agent_toolbar.domain.errors import AgentToolbarError, CrmError
from tests.fakes.crm import ALL_OPERATIONS, CrmServer, FakeCrm, FakeOutbox
from tests.fakes.runtime import ManualClock, ManualTimers

ACCESS = CrmAccess("tryton", "https://crm.test", "marie", (), "key")
OTHER = CrmAccess("tryton", "https://crm.test", "paul", (), "key")
SLOW = CrmError("crm_slow")
NEVER_LEFT = CrmError("crm_unreachable", detail="refused", sent=0)
CUT_OFF = CrmError("crm_unreachable", detail="reset", sent=1)
BROKEN = CrmError("crm_broken_answer", detail="500")
FAILURES = [SLOW, NEVER_LEFT, CUT_OFF, BROKEN, CrmError("crm_busy", retry_after_s=30), CrmError("crm_unauthorized")]


def entry(key: str, subject: str = "") -> CallEntry:
    return CallEntry(key, incoming=True, number="+33199001234", result=CallResult.ANSWERED, subject=subject)


class Life:
    """One life of a toolbar, with the CRM and the disk that earlier lives left."""

    def __init__(self, server: CrmServer | None = None, outbox: FakeOutbox | None = None) -> None:
        self.server = server or CrmServer()
        self.outbox = outbox or FakeOutbox()
        self.clock = ManualClock()
        self.timers = ManualTimers(self.clock)
        self.lost: list[str] = []
        self.course = OutboxCourse(
            self.outbox,
            self.clock,
            self.timers,
            chance=lambda: 0.5,
            on_read=lambda: None,
            on_lost=self._lost,
            on_change=lambda: None,
        )
        self.course.start()

    def sign_in(self, access: CrmAccess = ACCESS, user: str = "7") -> Life:
        self.crm: FakeCrm = self.server.connect(access)
        self.course.signed_in(SignedIn(self.crm, access.account, user))
        return self

    def sign_out(self) -> None:
        self.crm.close()
        self.course.signed_out()

    def tell(self, *keys: str, subject: str = "") -> Life:
        for key in keys:
            self.course.keep(entry(key, subject), ACCESS.account, held=False)
        return self

    def item(self, key: str) -> OutboxItem:
        return next(item for item in self.course.items if item.entry.key == key)

    def requests(self) -> list[str]:
        return [operation for operation, _ in self.server.asked]

    def _lost(self, error: AgentToolbarError) -> None:
        self.lost.append(error.code)
        self.sign_out()


def test_what_waits_is_sent_oldest_first_once_somebody_signs_in() -> None:
    life = Life().tell("b", "a", "c")
    before = len(life.server.calls)
    life.sign_in()

    assert before == 0
    assert [told.key for told in life.server.calls.values()] == ["b", "a", "c"]
    assert life.course.items == ()


def test_one_is_sent_at_a_time() -> None:
    server = CrmServer(silent=True)
    life = Life(server).sign_in().tell("a", "b")

    assert (server.asked, life.course.sending) == ([("log_call", "a")], "a")
    server.answer()
    assert server.asked[1:] == [("log_call", "b")]


def test_nothing_is_sent_before_it_is_on_the_disk() -> None:
    life = Life().sign_in()
    life.outbox.full = True
    life.tell("a")

    assert life.requests() == []
    life.outbox.make_room()
    assert life.requests() == ["log_call"]


def test_what_is_held_waits_until_it_is_released() -> None:
    life = Life().sign_in()
    life.course.keep(entry("a"), ACCESS.account, held=True)
    before = life.requests()
    life.course.revise(entry("a", "Refund"))

    assert before == []
    assert [told.subject for told in life.server.calls.values()] == ["Refund"]


def test_a_slow_crm_is_asked_before_the_second_try() -> None:
    life = Life().sign_in()
    life.server.failing = [SLOW]
    life.tell("a")
    life.timers.pass_ms(10_000)

    assert life.requests() == ["log_call", "find_logged"]
    assert life.server.logged("a") == ["r1"]
    assert life.course.items == ()


def test_what_never_left_is_sent_again_without_asking() -> None:
    life = Life().sign_in()
    life.server.failing = [NEVER_LEFT]
    life.tell("a")
    assert life.lost == ["crm_unreachable"]
    life.sign_in()

    assert life.requests() == ["log_call", "log_call"]
    assert life.server.logged("a") == ["r1"]


def test_where_the_crm_cannot_be_asked_a_person_decides_about_a_doubtful_one() -> None:
    server = CrmServer(ALL_OPERATIONS - {CrmOperation.FIND_LOGGED}, failing=[CUT_OFF])
    life = Life(server).sign_in().tell("a", "b")
    life.sign_in()

    assert (life.item("a").stuck, life.item("a").error) == (True, "outbox_doubtful")
    assert (server.logged("a"), server.logged("b")) == (["r1"], ["r2"])
    life.course.discard("a")
    assert (life.course.items, server.logged("a")) == ((), ["r1"])


def test_the_person_may_say_that_a_doubtful_one_is_not_there() -> None:
    server = CrmServer(ALL_OPERATIONS - {CrmOperation.FIND_LOGGED}, failing=[BROKEN])
    life = Life(server).sign_in().tell("a")
    life.timers.pass_ms(10_000)
    assert life.item("a").error == "outbox_doubtful"
    life.course.retry("a")

    assert (server.logged("a"), life.course.items) == (["r1"], ())


def test_waits_grow_to_a_quarter_of_an_hour_and_go_on_for_days() -> None:
    life = Life().sign_in()
    life.server.down = BROKEN
    life.tell("a")
    waits = []
    for _ in range(12):
        due_s = life.item("a").next_s
        waits.append(due_s - life.clock.seconds)
        life.timers.pass_ms(round((due_s - life.clock.seconds) * 1000) + 5)
    life.timers.pass_ms(3 * 86_400_000)
    life.server.down = None
    life.timers.pass_ms(16 * 60_000)

    assert [round(wait) for wait in waits] == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900]
    assert life.server.logged("a") == ["r1"]


def test_one_that_fails_again_and_again_does_not_hold_up_the_others() -> None:
    life = Life().sign_in()
    life.server.failing = [BROKEN]
    life.tell("a", "b")

    assert (life.server.logged("a"), life.server.logged("b")) == ([], ["r1"])


def test_one_at_which_the_crm_breaks_off_again_and_again_lets_the_others_pass() -> None:
    life = Life().sign_in()
    life.server.failing = [CUT_OFF, CUT_OFF, CUT_OFF]
    life.tell("a", "b")
    life.sign_in()
    life.sign_in()
    before = life.requests()
    life.sign_in()

    assert (before, life.lost) == (["log_call", "find_logged", "find_logged"], ["crm_unreachable"] * 3)
    assert life.server.asked[3:] == [("log_call", "b")]


def test_a_busy_crm_is_left_alone_as_long_as_it_says() -> None:
    life = Life().sign_in()
    life.server.failing = [CrmError("crm_busy", retry_after_s=30)]
    life.tell("a", "b")
    life.timers.pass_ms(29_000)
    before = life.requests()
    life.timers.pass_ms(2_000)

    assert before == ["log_call"]
    assert life.requests() == ["log_call", "log_call", "log_call"]
    assert life.course.items == ()


def test_no_timer_is_left_of_what_was_answered() -> None:
    life = Life().sign_in().tell("a", "b", "c")

    assert [timer for timer in life.timers.waiting if not timer.cancelled] == []


def test_a_connector_that_never_answers_holds_nothing_up_for_ever() -> None:
    server = CrmServer(silent=True)
    life = Life(server).sign_in().tell("a")
    server.waiting.clear()
    server.silent = False
    life.timers.pass_ms(200_000)

    assert life.requests() == ["log_call", "find_logged"]
    assert (server.logged("a"), life.course.items) == (["r1"], ())


@pytest.mark.parametrize("code", ["crm_refused", "crm_forbidden", "crm_needs_contact", "something_new"])
def test_a_refused_one_is_stuck_with_the_words_of_the_crm_and_goes_out_when_edited(code: str) -> None:
    life = Life().sign_in()
    life.server.failing = [CrmError(code, text="Subject too long")]
    life.tell("a", "b")
    stuck = life.item("a")
    life.timers.pass_ms(86_400_000)
    assert (stuck.stuck, stuck.error, stuck.error_text) == (True, code, "Subject too long")
    assert (life.server.logged("a"), life.server.logged("b")) == ([], ["r1"])
    life.course.edit("a", "Short")

    assert [told.subject for told in life.server.calls.values() if told.key == "a"] == ["Short"]


def test_an_expired_key_is_the_sessions_fault_and_harms_no_item() -> None:
    life = Life().sign_in()
    life.server.keys[ACCESS.account] = "another"
    life.tell("a")

    assert life.lost == ["crm_unauthorized"]
    assert (life.item("a").stuck, life.item("a").tries, life.item("a").doubtful) == (False, 0, False)
    life.server.keys.clear()
    life.sign_in()
    assert life.server.logged("a") == ["r1"]


def test_another_account_never_sends_what_is_not_its_own() -> None:
    life = Life().tell("a").sign_in(OTHER)
    life.timers.pass_ms(86_400_000)
    assert (life.requests(), life.course.foreign(life.item("a"))) == ([], True)
    life.sign_out()
    life.sign_in()

    assert set(life.server.authors.values()) == {ACCESS.account}


def test_the_same_account_under_another_user_sends_nothing_of_the_first() -> None:
    life = Life().sign_in(user="7")
    life.sign_out()
    life.tell("a")
    life.sign_in(user="8")
    assert life.requests() == []
    later = Life(life.server, life.outbox.after_crash()).tell("b").sign_in(user="8")
    assert (later.server.logged("a"), later.server.logged("b")) == ([], ["r1"])
    later.sign_out()
    later.sign_in(user="7")

    assert (later.server.logged("a"), later.course.items) == (["r2"], ())


def test_a_change_while_it_is_sent_goes_after_it() -> None:
    server = CrmServer(silent=True)
    life = Life(server).sign_in().tell("a")
    life.course.revise(entry("a", "Refund"))
    server.answer()
    server.answer()

    assert server.asked == [("log_call", "a"), ("update_call", "a")]
    assert server.calls == {"r1": entry("a", "Refund")}
    assert life.course.items == ()


def test_a_change_of_what_was_sent_updates_it() -> None:
    life = Life().sign_in().tell("a")
    later = Life(life.server, life.outbox.after_crash()).sign_in()
    later.course.revise(entry("a", "Refund"))
    later.course.revise(entry("a", "Refund"))

    assert life.requests() == ["log_call", "update_call"]
    assert life.server.calls == {"r1": entry("a", "Refund")}


def test_a_doubtful_one_that_was_changed_meanwhile_is_updated_when_it_is_there() -> None:
    life = Life().sign_in()
    life.server.failing = [SLOW]
    life.tell("a")
    life.course.revise(entry("a", "Refund"))
    life.timers.pass_ms(10_000)

    assert life.requests() == ["log_call", "find_logged", "update_call"]
    assert life.server.calls == {"r1": entry("a", "Refund")}


def test_a_change_that_the_connector_cannot_make_is_said() -> None:
    life = Life(CrmServer(ALL_OPERATIONS - {CrmOperation.UPDATE_CALL})).sign_in().tell("a")
    life.course.revise(entry("a", "Refund"))

    assert (life.item("a").stuck, life.item("a").error) == (True, "crm_cannot")


def test_a_change_of_a_call_that_was_never_told_tells_nothing() -> None:
    life = Life().sign_in()
    life.course.revise(entry("a", "Refund"))

    assert (life.requests(), life.course.items) == ([], ())


def test_what_is_discarded_while_it_is_sent_is_never_sent_again() -> None:
    server = CrmServer(silent=True)
    life = Life(server).sign_in().tell("a")
    life.course.discard("a")
    server.answer()
    life.tell("a")
    later = Life(server, life.outbox.after_crash()).sign_in()

    assert (server.logged("a"), later.course.items) == (["r1"], ())


def test_signing_out_while_the_disk_refuses_leaves_no_doubt() -> None:
    life = Life().sign_in()
    life.outbox.full = True
    life.tell("a")
    life.sign_out()
    life.outbox.make_room()
    life.sign_in()

    assert life.requests() == ["log_call"]


@pytest.mark.parametrize("deed", ["retry", "discard"])
def test_what_does_not_wait_cannot_be_changed(deed: str) -> None:
    with pytest.raises(CrmError, match="not_in_outbox"):
        getattr(Life().course, deed)("nobody")


class Crash(BaseException):
    """The process is gone."""


class CrashingWorld:
    """Disk and CRM that end the life at one of the moments that are counted."""

    def __init__(self, server: CrmServer) -> None:
        self.server = server
        self.left = -1

    def moment(self) -> None:
        if self.left == 0:
            raise Crash
        self.left -= 1


class CrashingOutbox(FakeOutbox):
    """Every write can be the last thing before or after which the process dies."""

    def __init__(self, world: CrashingWorld, found: FakeOutbox) -> None:
        super().__init__()
        self._world = world
        self.items, self.sent_items, self.known_users = found.items, found.sent_items, found.known_users

    def _write(self, write) -> None:
        self._world.moment()
        super()._write(write)
        self._world.moment()


class CrashingServer(CrmServer):
    """The process can die before a request leaves, and after it has arrived and before its answer is heard."""

    world: CrashingWorld

    def connect(self, access: CrmAccess) -> FakeCrm:
        crm = super().connect(access)
        answer = crm._answer

        def dying(operation, key, deed, on_result) -> None:
            self.world.moment()
            answer(operation, key, deed, lambda result: (self.world.moment(), on_result(result)))

        crm._answer = dying  # type: ignore[method-assign]
        return crm


def _lives(crashes: tuple[int, ...], failures: list[AgentToolbarError | None]) -> tuple[CrmServer, FakeOutbox, bool]:
    """Tells one call with a change, dying after so many moments in each life; the last life goes on to the end."""
    server = CrashingServer(failing=list(failures))
    world = CrashingWorld(server)
    server.world = world
    disk: FakeOutbox = FakeOutbox()
    died = False
    for left in (*crashes, -1):
        world.left = left
        try:
            outbox = CrashingOutbox(world, disk)
            life = Life(server, outbox)
            if not outbox.items and not outbox.sent_items:
                life.tell("a")
            life.sign_in()
            life.course.revise(entry("a", "Refund"))
            for _ in range(6):
                life.timers.pass_ms(3_600_000)
                if life.lost:
                    life.lost.clear()
                    life.sign_in()
        except Crash:
            died = True
        disk = outbox.after_crash()
    return server, disk, died


@pytest.mark.parametrize("failures", [[], *[[failure] for failure in FAILURES], [SLOW, BROKEN, CUT_OFF]])
def test_killed_at_any_moment_the_call_is_at_the_crm_once_as_it_was_typed(failures: list[AgentToolbarError]) -> None:
    for first in itertools.count():
        server, disk, died = _lives((first,), failures)
        assert server.logged("a") == ["r1"], f"killed after {first} moments"
        assert server.calls["r1"].subject == "Refund"
        assert disk.items == {}
        if not died:
            break
    assert first > 5


def test_killed_twice_at_any_two_moments_the_call_is_at_the_crm_once() -> None:
    for first, second in itertools.product(range(14), range(14)):
        server, disk, _ = _lives((first, second), [SLOW])
        assert server.logged("a") == ["r1"], f"killed after {first} and {second} moments"
        assert (server.calls["r1"].subject, disk.items) == ("Refund", {})


def test_killed_at_any_moment_without_a_way_to_ask_it_is_never_there_twice() -> None:
    for first in itertools.count():
        server = CrashingServer(ALL_OPERATIONS - {CrmOperation.FIND_LOGGED})
        world = server.world = CrashingWorld(server)
        world.left = first
        outbox = CrashingOutbox(world, FakeOutbox())
        try:
            Life(server, outbox).tell("a").sign_in()
            died = False
        except Crash:
            died = True
        world.left = -1
        later = Life(server, outbox.after_crash())
        later.sign_in()
        there = server.logged("a")
        assert len(there) + len(later.course.items) <= 2
        assert there in ([], ["r1"])
        if not there and later.course.items:
            assert later.item("a").error == "outbox_doubtful"
        if not died:
            break


def test_an_item_that_was_being_sent_when_the_toolbar_died_is_asked_about() -> None:
    found = FakeOutbox()
    found.put(OutboxItem(entry("a"), ACCESS.account, doubtful=True))
    server = CrmServer(calls={"r1": entry("a")})
    life = Life(server, found).sign_in()

    assert life.requests() == ["find_logged"]
    assert found.sent_items["a"].record == "r1"
    assert replace(found.sent_items["a"], record="", user="") == OutboxItem(entry("a"), ACCESS.account)
