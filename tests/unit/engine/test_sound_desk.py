"""A sound desk without sound: no device, no sound server, no Qt Multimedia. The lab shows it with a headset."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from agent_toolbar.application.ports.telephony import AudioConfig
from agent_toolbar.domain.audio import AudioFault, AudioSnapshot, AudioTestState
from agent_toolbar.engine.frame_ring import SILENCE
from agent_toolbar.engine.sound_desk import SoundDesk


@pytest.fixture(params=["no_device", "no_sound_system"])
def silent_desk(
    request: pytest.FixtureRequest, qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[SoundDesk, AudioFault]]:
    monkeypatch.setenv("QT_AUDIO_BACKEND", "pulseaudio")
    monkeypatch.setenv("PULSE_LATENCY_MSEC", "40")
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    if request.param == "no_sound_system":
        monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    desk = SoundDesk()
    yield desk, AudioFault(request.param)
    desk.close()


def faults(snapshot: AudioSnapshot) -> set[AudioFault]:
    return {snapshot.microphone.fault, snapshot.speaker.fault, snapshot.ringer.fault}


def test_the_fault_of_each_role_says_why_it_is_silent(silent_desk: tuple[SoundDesk, AudioFault]) -> None:
    desk, fault = silent_desk

    assert faults(desk.snapshot()) == {fault}
    assert (desk.snapshot().inputs, desk.snapshot().outputs) == ((), ())


def test_a_call_rings_and_runs_in_silence(silent_desk: tuple[SoundDesk, AudioFault]) -> None:
    desk, fault = silent_desk
    desk.rings.playback.feeding = True

    desk.ring(True)
    desk.set_in_use(True)
    desk.rings.playback.push(SILENCE)
    desk.ring(False)
    desk.set_in_use(False)

    assert faults(desk.snapshot()) == {fault}
    counters = desk.snapshot().counters
    assert (counters.play_missing, counters.play_dropped, counters.capture_missing) == (0, 0, 0)


def test_devices_and_volumes_can_be_chosen_all_the_same(silent_desk: tuple[SoundDesk, AudioFault]) -> None:
    desk, _ = silent_desk
    told: list[AudioSnapshot] = []
    desk.changed.connect(told.append)

    desk.configure(AudioConfig(speaker_id="usb:17", speaker_name="Jabra", microphone_volume=1.3, ringer_volume=7.0))
    desk.configure(AudioConfig(speaker_id="usb:17", speaker_name="Jabra", microphone_volume=1.3, ringer_volume=7.0))

    snapshot = desk.snapshot()
    assert told[-1] == snapshot
    assert (snapshot.speaker.chosen_id, snapshot.speaker.chosen_name) == ("usb:17", "Jabra")
    assert (snapshot.microphone_volume, snapshot.ringer_volume) == (1.3, 1.5)


def test_the_sound_test_is_begun_stopped_and_refused_in_a_call(silent_desk: tuple[SoundDesk, AudioFault]) -> None:
    desk, _ = silent_desk

    desk.start_test(2.0)
    assert desk.snapshot().test is AudioTestState.RECORDING
    desk.stop_test()
    assert desk.snapshot().test is AudioTestState.IDLE
    desk.start_test(2.0)
    desk.set_in_use(True)
    assert desk.snapshot().test is AudioTestState.IDLE
    desk.start_test(2.0)
    assert desk.snapshot().test is AudioTestState.IDLE


def test_levels_are_said_also_in_silence(silent_desk: tuple[SoundDesk, AudioFault], qtbot: object) -> None:
    desk, _ = silent_desk

    with qtbot.waitSignal(desk.levels, timeout=2000) as said:  # type: ignore[attr-defined]
        desk.watch_levels(True)
    desk.watch_levels(False)

    assert (said.args[0].microphone, said.args[0].speaker) == (0.0, 0.0)
