"""What the doctor finds has a name, a sentence and, where something is wrong, what to do: in both languages."""

from __future__ import annotations

import ast
import string
from itertools import chain

import pytest

from agent_toolbar.application import crm_findings, doctor_findings
from agent_toolbar.application.examination import Check, CheckResult, Examination
from agent_toolbar.application.ports.doctor import Finding
from agent_toolbar.application.ports.settings import Reason
from agent_toolbar.diagnostics import certificate_probe
from agent_toolbar.domain.audio import AudioFault
from agent_toolbar.domain.registration import RegistrationFault
from agent_toolbar.i18n.doctor_problems import PROBLEMS
from agent_toolbar.i18n.doctor_sentences import (
    FINE,
    UNKNOWNS,
    advice_text,
    cause_text,
    check_text,
    finding_text,
)
from tests.unit.i18n.source_codes import PACKAGE

SOURCES = (
    "application/doctor.py",
    "application/doctor_findings.py",
    "application/crm_findings.py",
    "diagnostics/network_probes.py",
    "diagnostics/certificate_probe.py",
    "diagnostics/audit/codec_trial.py",
)
CODE_POSITION = {"CheckResult": 2, "ProbeResult": 1, "unknown": 1}
REASONS = (Reason("lunch", "Lunch", "Déjeuner"),)


def written_codes() -> set[str]:
    """Every code that stands in the sources where a result is made."""
    found: set[str] = set()
    for node in chain.from_iterable(ast.walk(ast.parse((PACKAGE / file).read_text("utf-8"))) for file in SOURCES):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            position = CODE_POSITION.get(name, len(node.args))
            if len(node.args) > position:
                code = node.args[position]
                options = [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]
                found |= {one.value for one in options if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return found


CODES = written_codes() | {
    *doctor_findings._ROLE_CODES.values(),
    *doctor_findings._LINK_CODES.values(),
    *certificate_probe._CODES.values(),
    certificate_probe._OTHER,
    *doctor_findings._SILENT_CODES,
    *doctor_findings._QUEUE_UNKNOWN.values(),
    *crm_findings._NEEDS_KEY.values(),
    *(fault.value for fault in AudioFault if fault not in {AudioFault.NONE, AudioFault.NO_DEVICE}),
    *(f"registration_{fault.value}" for fault in RegistrationFault if fault is not RegistrationFault.NONE),
}


def test_the_search_for_codes_finds_them() -> None:
    assert {"cti_off", "wrap_up_open", "wrap_up_incomplete", "no_sip_answer", "probe_silent", "not_encrypted"} <= CODES


def test_every_code_has_a_sentence_and_no_sentence_is_left_over() -> None:
    told = {code.removesuffix("_for") for code in (*PROBLEMS, *UNKNOWNS)}
    assert told == CODES


@pytest.mark.parametrize("check", Check)
def test_every_check_has_a_name_and_a_sentence_for_all_is_well(check: Check, speak) -> None:
    said = []
    for language in ("en", "fr"):
        speak(language)
        said.append((check_text(check), finding_text(CheckResult(check, Finding.FINE))))
        assert all(said[-1])
    assert said[0][1] != said[1][1]


@pytest.mark.parametrize("code", sorted(CODES | set(PROBLEMS)))
def test_every_code_is_told_in_both_languages_and_a_problem_with_what_to_do(code: str, speak) -> None:
    result = CheckResult(Check.CTI, Finding.WRONG, code)
    said = []
    for language in ("en", "fr"):
        speak(language)
        said.append((finding_text(result), advice_text(result)))
    assert said[0][0] != said[1][0]
    assert code not in said[0][0]
    if code in PROBLEMS:
        assert said[0][1]
        assert said[0][1] != said[1][1]


@pytest.mark.parametrize("source", [*FINE.values(), *(text for pair in PROBLEMS.values() for text in pair)])
def test_a_translation_names_the_same_values(source: str, translation_folder) -> None:
    from PySide6.QtCore import QTranslator  # noqa: PLC0415

    translator = QTranslator()
    assert translator.load("agent_toolbar_fr", str(translation_folder))
    assert places(translator.translate("Doctor", source)) == places(source)


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize(("language", "said"), [("en", "(Lunch)"), ("fr", "(Déjeuner)")])
def test_the_reason_is_told_by_its_label(language: str, said: str, speak) -> None:
    speak(language)
    result = CheckResult(Check.PAUSE, Finding.WRONG, "not_ready_chosen", {"reason": "lunch"})
    assert said in finding_text(result, REASONS)


def test_a_reason_without_a_label_is_told_by_its_code(speak) -> None:
    speak("en")
    result = CheckResult(Check.PAUSE, Finding.WRONG, "paused_there", {"reason": "77"})
    assert finding_text(result, REASONS) == "Somebody else paused you at the telephone system (77)."


def test_no_reason_leaves_no_empty_brackets(speak) -> None:
    speak("en")
    result = CheckResult(Check.PAUSE, Finding.WRONG, "not_ready_chosen", {"reason": ""})
    assert finding_text(result, REASONS) == "You chose not to be ready."


def test_the_answer_is_the_cause_with_what_to_do(speak) -> None:
    speak("en")
    wrong = Examination((CheckResult(Check.CTI, Finding.WRONG, "cti_off"),), done=True)
    assert cause_text(wrong) == "CTI is off, so no calls come in. Switch CTI on."
    assert cause_text(Examination((), done=False)) == "Checking…"
    assert cause_text(Examination((), done=True)) == "Nothing here keeps calls away from you."


def test_an_unknown_code_is_shown_so_that_support_can_be_told(speak) -> None:
    speak("en")
    assert "flux_capacitor" in finding_text(CheckResult(Check.CTI, Finding.WRONG, "flux_capacitor"))
