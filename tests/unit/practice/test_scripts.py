from __future__ import annotations

from pathlib import Path

import pytest

from agent_toolbar.paths import resource_path
from agent_toolbar.practice.people import People
from agent_toolbar.practice.script_files import ScriptError, load_scripts
from agent_toolbar.practice.scripts import Language, Manner, Reaction
from agent_toolbar.practice.speech import Speech, SpeechError, recorded_text, wav_chunks
from tests.unit.practice.loudness import peak_dbfs, rms_dbfs

SCRIPTS = load_scripts()
MOST_BYTES = 3_100_000
PEOPLE = People.load()

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))


@EVERY_LANGUAGE
def test_each_line_is_recorded_as_it_is_written(language: Language) -> None:
    folder = resource_path("practice", "speech", language)
    spoken = {name: recorded_text((folder / f"{name}.wav").read_bytes(), name) for name in SCRIPTS.lines}

    assert spoken == {name: line.texts[language] for name, line in SCRIPTS.lines.items()}


@EVERY_LANGUAGE
def test_each_line_is_as_loud_and_as_short_as_a_telephone_wants(language: Language) -> None:
    speech = Speech(language)
    wrong = {
        name: measured
        for name, audio in ((name, speech.of(line)) for name, line in SCRIPTS.lines.items())
        if not (
            0.7 < (measured := (len(audio) / 8_000, peak_dbfs(audio), rms_dbfs(audio)))[0] < 8.0
            and -7.0 < measured[1] < -3.0
            and -27.0 < measured[2] < -14.0
        )
    }
    assert wrong == {}


def test_no_recording_is_left_over_and_all_together_are_small() -> None:
    recordings = list(resource_path("practice", "speech").rglob("*.wav"))

    assert {path.stem for path in recordings} == {*SCRIPTS.lines, "music"}
    assert sum(path.stat().st_size for path in recordings) < MOST_BYTES


def test_the_lessons_teach_every_reaction() -> None:
    taught = {step.then for scenario in SCRIPTS.scenarios.values() for step in scenario.script.steps}

    assert taught == set(Reaction)


def test_the_line_has_every_kind_of_caller() -> None:
    scenarios = SCRIPTS.scenarios.values()

    assert any(not scenario.caller[Language.EN] for scenario in scenarios)
    assert any(scenario.diverted_from for scenario in scenarios)
    assert any(scenario.joined_by for scenario in scenarios)
    assert any(scenario.gives_up_after_s == 12.0 for scenario in scenarios)
    assert {colleague.manner for colleague in SCRIPTS.colleagues.values()} == set(Manner)


@EVERY_LANGUAGE
def test_callers_are_in_the_sample_contacts_but_for_the_unknown_one(language: Language) -> None:
    callers = {name: scenario.caller[language] for name, scenario in SCRIPTS.scenarios.items()}
    outside = {name: number for name, number in callers.items() if len(number) > 3}

    assert {name for name, number in outside.items() if PEOPLE.find(number) is None} == {"unknown"}
    assert set(callers) - set(outside) == {"anonymous", "colleague"}


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("scenarios.toml", 'say = "back"', 'say = "nobody_wrote_this"'),
        ("scenarios.toml", 'then = "hold"', 'then = "dance"'),
        ("scenarios.toml", "within_s = 120.0", "withn_s = 120.0"),
        ("scenarios.toml", 'joined_by = "second_caller"', 'joined_by = "third_caller"'),
        ("scenarios.toml", "shows_name = true", "shows_nmae = true"),
        ("scenarios.toml", 'fr = "Vous revoilà. C\'est aussi simple que cela. Au revoir !"', ""),
        ("colleagues.toml", 'manner = "busy"', 'manner = "asleep"'),
        ("phrases.toml", "[goodbye]", "[goodbye"),
    ],
)
def test_a_wrong_script_is_refused_with_its_place(tmp_path: Path, file: str, before: str, after: str) -> None:
    for source in resource_path("practice").glob("*.toml"):
        text = source.read_text(encoding="utf-8")
        if source.name == file:
            assert before in text
            text = text.replace(before, after, 1)
        (tmp_path / source.name).write_text(text, encoding="utf-8")

    with pytest.raises(ScriptError):
        load_scripts(tmp_path)


@pytest.mark.parametrize("raw", [b"", b"RIFF....WAVE", b"RIFF....WAVEdata\x00\x00\x00\x00", b"OggS" + bytes(60)])
def test_a_file_that_is_no_recording_is_refused(raw: bytes) -> None:
    with pytest.raises(SpeechError):
        wav_chunks(raw, "x.wav")
