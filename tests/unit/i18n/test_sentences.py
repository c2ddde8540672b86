"""Every code that the toolbar can show has a sentence, in both languages, that names what it is given."""

from __future__ import annotations

import string
from enum import StrEnum

import pytest

from agent_toolbar.application.call_actions import Refusal
from agent_toolbar.application.ports.directory import SkipReason
from agent_toolbar.application.ports.settings import Reason
from agent_toolbar.application.toolbar_state import Fault, FaultPlace, Remedy
from agent_toolbar.domain.agent import AgentState, AgentStatus, Agreement, QueueState
from agent_toolbar.domain.audio import AudioDevice, AudioFault, AudioRole, AudioRoleSnapshot
from agent_toolbar.domain.call import CallDirection, CallEndCause, CallState, QualityGrade
from agent_toolbar.domain.colleague import Presence
from agent_toolbar.domain.contact import Importance, MatchLevel
from agent_toolbar.domain.dial_risk import DialRisk
from agent_toolbar.domain.errors import AgentToolbarError, CallError, SettingsError
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot, RegistrationState
from agent_toolbar.domain.transfer import TransferOutcome, TransferState
from agent_toolbar.domain.wrap_up import MissingField
from agent_toolbar.i18n import sentences
from agent_toolbar.i18n.error_sentences import ERRORS
from agent_toolbar.i18n.fault_sentences import FAULTS
from tests.fakes.sample_transfers import transfer
from tests.unit.i18n.source_codes import CodeUse, codes_in, codes_of_the_package

CODE_USES = codes_of_the_package()


def places_in(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def sentences_of(code: StrEnum) -> list[str]:
    match code:
        case Refusal():
            return [sentences.refusal_text(code)]
        case AgentState():
            return [sentences.agent_state_text(AgentStatus(code))]
        case CallState():
            return [sentences.call_state_text(code)]
        case QualityGrade():
            return [sentences.quality_text(code)]
        case CallDirection():
            return [sentences.direction_text(code)]
        case Importance():
            return [sentences.importance_text(code)]
        case MatchLevel():
            return [sentences.match_text(code)]
        case SkipReason():
            return [sentences.skip_reason_text(code)]
        case CallEndCause():
            return [sentences.end_cause_text(code, direction) for direction in CallDirection]
        case RegistrationState():
            return [sentences.registration_text(RegistrationSnapshot(code))]
        case RegistrationFault():
            return [sentences.registration_fault_text(code, server="pbx.example.com", extension="204")]
        case Remedy():
            return [sentences.remedy_text(code)]
        case AudioRole():
            return [sentences.audio_role_text(code)]
        case AudioFault():
            return [sentences.audio_fault_text(role, AudioRoleSnapshot(fault=code)) for role in AudioRole]
        case Agreement():
            return [sentences.agreement_text(code)] if code is not Agreement.CONFIRMED else ["nothing to be said"]
        case QueueState():
            return [sentences.queue_state_text(code)]
        case MissingField():
            return [sentences.missing_field_text(code)]
        case Presence():
            return [sentences.presence_text(code)]
        case DialRisk():
            return [sentences.dial_risk_text(code)]
        case TransferState():
            return (
                [sentences.transfer_text(transfer(code))] if code is not TransferState.DONE else ["said by its outcome"]
            )
        case TransferOutcome():
            return [
                sentences.transfer_end_text(transfer(TransferState.DONE, outcome=code), None),
                sentences.conference_reason_text(transfer(TransferState.CONFERENCE, outcome=code)),
            ]
        case _:
            raise AssertionError(f"no sentence for {type(code).__name__}")


ENUMS: tuple[type[StrEnum], ...] = (
    Refusal,
    AgentState,
    CallState,
    QualityGrade,
    CallDirection,
    Importance,
    MatchLevel,
    SkipReason,
    CallEndCause,
    RegistrationState,
    RegistrationFault,
    Remedy,
    AudioRole,
    AudioFault,
    Agreement,
    QueueState,
    MissingField,
    Presence,
    DialRisk,
    TransferState,
    TransferOutcome,
)
CODES = [code for enum in ENUMS for code in enum if code.value != "none"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", CODES, ids=lambda code: f"{type(code).__name__}.{code.value}")
def test_every_code_of_every_enum_has_words(code: StrEnum, language: str, speak):
    speak(language)
    for text in sentences_of(code):
        assert text
        assert text != code.value
        assert "{" not in text


@pytest.mark.parametrize("use", CODE_USES, ids=lambda use: f"{use.place}-{use.code}")
def test_every_code_raised_in_the_sources_has_a_sentence(use: CodeUse):
    known = set(FAULTS) if use.kind == "fault" else set(FAULTS) | set(ERRORS) | set(Refusal)
    assert use.code in known, f"{use.place} uses {use.code}, which i18n does not know"


@pytest.mark.parametrize(
    "use", [use for use in CODE_USES if use.params is not None], ids=lambda use: f"{use.place}-{use.code}"
)
def test_a_sentence_shows_only_values_that_its_code_brings(use: CodeUse):
    template = ERRORS.get(use.code) if use.kind != "fault" else None
    wanted = places_in(template or FAULTS.get(use.code, ""))
    assert wanted <= (use.params or frozenset()), f"{use.place}: {sorted(wanted - (use.params or frozenset()))} missing"


def test_the_search_for_codes_finds_each_way_to_use_one():
    source = """
raise CallError("one", text=typed)
found = Fault("two", FaultPlace.CALL, Remedy.NONE, {"name": 1})
send(CommandRefused(request=1, code="three"))
raise errors.StorageError("four", **params)
raise library_error(error, "five") from None
raise ValueError("six")
"""
    uses = {use.code: use.params for use in codes_in(source, "x.py")}
    assert uses == {"one": {"text"}, "two": {"name"}, "three": frozenset(), "four": None, "five": frozenset()}


def test_the_sources_raise_codes_at_all():
    assert {"not_a_number", "bad_server"} <= {use.code for use in CODE_USES}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_unknown_code_is_shown_so_that_support_can_be_told(language: str, speak):
    speak(language)
    assert "flux_capacitor" in sentences.error_text(AgentToolbarError("flux_capacitor"))
    assert "flux_capacitor" in sentences.fault_text(Fault("flux_capacitor", FaultPlace.CALL))


def test_a_refusal_as_an_error_reads_like_the_tooltip(speak):
    speak("en")
    assert sentences.error_text(CallError(Refusal.LINES_FULL)) == sentences.refusal_text(Refusal.LINES_FULL)


def test_a_settings_file_that_cannot_be_used_is_named_with_its_line(speak):
    speak("en")
    error = SettingsError("settings_unknown_key", key="window.colour", line=4, file="settings.toml:4")
    shown = sentences.error_text(error)
    assert "window.colour" in shown
    assert "settings.toml:4" in shown


def test_a_value_that_the_settings_page_refuses_names_no_file(speak):
    speak("en")
    error = SettingsError("settings_wrong_value", key="account.port", expected="0-65535")
    assert sentences.error_text(error) == "The setting “account.port” has a value that cannot be (allowed: 0-65535)."


def test_a_value_with_braces_is_shown_as_it_is(speak):
    speak("en")
    assert "{server} {0}" in sentences.error_text(AgentToolbarError("not_a_number", text="{server} {0}"))


def test_a_missing_value_leaves_a_question_mark_and_no_crash(speak):
    speak("en")
    assert "?" in sentences.fault_text(Fault("timeout", FaultPlace.TELEPHONY))


def test_a_failed_call_says_its_cause_in_words(speak):
    speak("en")
    fault = Fault("call_failed", FaultPlace.CALL, params={"cause": "busy", "name": "Marie"})
    assert sentences.fault_text(fault) == "The call to Marie did not come about: busy."


def test_a_change_at_the_telephone_system_says_state_and_reason(speak):
    speak("en")
    params: dict[str, str | int | float] = {"state": "paused", "reason": "Lunch"}
    shown = sentences.fault_text(Fault("queue_changed_there", FaultPlace.AVAILABILITY, params=params))
    assert shown == "Your state was changed at the telephone system: not ready (Lunch)."


def test_a_state_that_was_not_confirmed_without_a_detail_says_no_answer(speak):
    speak("en")
    shown = sentences.fault_text(Fault("queue_state_lost", FaultPlace.AVAILABILITY, params={"detail": ""}))
    assert "your state: no answer." in shown


@pytest.mark.parametrize(("language", "words"), [("en", "Lunch"), ("fr", "Déjeuner")])
def test_a_reason_is_said_in_the_language_in_use(language: str, words: str, speak):
    speak(language)
    assert sentences.label_text(Reason("lunch", "Lunch", "Déjeuner")) == words


def test_a_reason_without_words_in_this_language_takes_the_other_or_its_code(speak):
    speak("en")
    assert sentences.label_text(Reason("lunch", fr="Déjeuner")) == "Déjeuner"
    assert sentences.label_text(Reason("lunch")) == "lunch"


def test_a_device_fault_without_names_speaks_of_the_role(speak):
    speak("en")
    params: dict[str, str | int | float] = {"role": "microphone", "device": "", "instead": ""}
    shown = sentences.fault_text(Fault("chosen_device_gone", FaultPlace.SOUND, params=params))
    assert shown == "Microphone is not plugged in. In its place: another device."


def test_the_stand_in_of_a_device_is_named(speak):
    speak("en")
    role = AudioRoleSnapshot("id", "Jabra", AudioDevice("b", "Built-in"), AudioFault.CHOSEN_DEVICE_GONE)
    assert "Jabra" in sentences.audio_fault_text(AudioRole.SPEAKER, role)
    assert "Built-in" in sentences.audio_fault_text(AudioRole.SPEAKER, role)


@pytest.mark.parametrize(
    ("retry_at_s", "expected"), [(0.0, ""), (108.2, "Trying again in 8 s."), (99.0, "Trying again now.")]
)
def test_a_retry_says_in_how_many_seconds(retry_at_s: float, expected: str, speak):
    speak("en")
    assert sentences.retry_text(retry_at_s, 100.0) == expected


def test_the_tooltip_of_a_connected_telephone_says_who_is_where(speak):
    speak("en")
    registered = RegistrationSnapshot(RegistrationState.REGISTERED, server="pbx.example.com", extension="204")
    assert sentences.registration_tooltip(registered) == "Connected as 204 at pbx.example.com"


def test_the_tooltip_of_a_refused_telephone_says_why(speak):
    speak("en")
    refused = RegistrationSnapshot(
        RegistrationState.REFUSED, RegistrationFault.OTHER, 423, "Interval Too Brief", "pbx.example.com"
    )
    assert "423 Interval Too Brief" in sentences.registration_tooltip(refused)
