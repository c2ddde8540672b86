"""The engine's sound desk and media clock on a virtual headset, measured by what the headset heard and said."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent_toolbar.engine.frame_ring import FRAME_SAMPLES
from tests.lab.deadline import wait_until
from tests.lab.headset import (
    MICROPHONE,
    RATE_HZ,
    RINGER,
    SPEAKER,
    Samples,
    VirtualHeadset,
    dominant_hz,
    gaps_ms,
    level_dbfs,
    phase_jumps,
    sounding,
    tone_level_dbfs,
)

HZ = 440.0
SAID_HZ = 700.0
QUIET_DBFS = -60.0
DEVICE_TIMEOUT_S = 8.0


class DeskProcess:
    """A process with a sound desk, a media clock and a bridge that gives a tone to the speaker."""

    def __init__(self, headset: VirtualHeadset) -> None:
        environ = {**headset.env, "PATH": "/usr/bin:/bin", "PYTHONWARNINGS": "error"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.lab.desk_process"],
            env=environ,
            cwd=Path(__file__).parent.parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        self.ask("snapshot")

    def ask(self, order: str, **arguments: Any) -> dict[str, Any]:
        """Says an order; returns the audio snapshot after it, with "levels" and "frames" (what was recorded)."""
        print(json.dumps({"order": order, **arguments}), file=self._stdin, flush=True)
        answer = self._stdout.readline()
        assert answer, f"the desk process ended with {self._process.wait(10)}"
        return json.loads(answer)

    def await_speaker(self, device: str) -> dict[str, Any]:
        return wait_until(lambda: _served_by(self.ask("snapshot"), device), DEVICE_TIMEOUT_S, f"speaker {device}")

    def stop(self) -> int:
        self._stdin.close()
        status = self._process.wait(20)
        self._stdout.close()
        return status


def _served_by(snapshot: dict[str, Any], device: str) -> dict[str, Any] | None:
    in_use = snapshot["speaker"]["in_use"]
    return snapshot if in_use is not None and in_use["id"] == device else None


def faults(desk: DeskProcess) -> set[str]:
    snapshot = desk.ask("snapshot")
    return {snapshot[role]["fault"] for role in ("microphone", "speaker", "ringer")}


@pytest.fixture
def desk(headset: VirtualHeadset) -> Iterator[DeskProcess]:
    process = DeskProcess(headset)
    yield process
    assert process.stop() == 0


def heard_for(headset: VirtualHeadset, seconds: float, speaker: str = SPEAKER) -> Samples:
    recording = headset.listen(speaker)
    wait_until(lambda: recording.seconds >= seconds, seconds + 10, f"{seconds} s recorded from {speaker}")
    return recording.stop()


def await_tone(headset: VirtualHeadset, hz: float, speaker: str = SPEAKER) -> None:
    """Waits until the tone is heard steadily."""
    recording = headset.listen(speaker)
    window = RATE_HZ // 2

    def steady() -> bool:
        samples = recording.so_far()[-window:]
        return len(samples) == window and tone_level_dbfs(samples, hz) > level_dbfs(samples) - 0.5 > QUIET_DBFS

    wait_until(steady, DEVICE_TIMEOUT_S, f"a steady tone of {hz} Hz on {speaker}")
    recording.stop()


def test_frames_of_the_bridge_come_out_of_the_speaker_without_a_gap(headset: VirtualHeadset, desk: DeskProcess) -> None:
    desk.ask("use", in_use=True)
    await_tone(headset, HZ)

    heard = heard_for(headset, 6.0)

    assert dominant_hz(heard) == pytest.approx(HZ, abs=1.0)
    assert gaps_ms(heard, HZ) == []
    assert phase_jumps(heard, HZ) == 0
    counters = desk.ask("snapshot")["counters"]
    assert (counters["play_missing"], counters["play_dropped"]) == (0, 0)


def test_what_is_said_comes_into_the_bridge_with_its_pitch_and_level(
    headset: VirtualHeadset, desk: DeskProcess
) -> None:
    desk.ask("use", in_use=True)
    desk.ask("snapshot")
    saying = headset.say_tone(SAID_HZ, 5.0, level_dbfs=-12.0)
    saying.wait(20)

    said = np.frombuffer(bytes.fromhex(desk.ask("spoken")["frames"]), "<i2").astype(np.float32) / 32768

    body = sounding(said)
    assert len(body) / RATE_HZ == pytest.approx(5.0, abs=0.15)
    assert dominant_hz(body) == pytest.approx(SAID_HZ, abs=1.0)
    assert level_dbfs(body) == pytest.approx(-12.0, abs=0.5)
    assert gaps_ms(said, SAID_HZ) == []
    counters = desk.ask("snapshot")["counters"]
    assert counters["capture_dropped"] == 0
    assert len(said) % FRAME_SAMPLES == 0


def test_volumes_change_what_is_said_and_heard(headset: VirtualHeadset, desk: DeskProcess) -> None:
    desk.ask("use", in_use=True)
    await_tone(headset, HZ)
    usual = level_dbfs(heard_for(headset, 1.0))

    desk.ask("configure", speaker_volume=0.5)
    await_tone(headset, HZ)
    softer = level_dbfs(heard_for(headset, 1.5)[RATE_HZ // 2 :])
    desk.ask("configure", speaker_volume=0.0)
    silenced = wait_until(
        lambda: level_dbfs(heard_for(headset, 0.6)[RATE_HZ // 4 :]) < QUIET_DBFS, DEVICE_TIMEOUT_S, "silence"
    )

    assert softer == pytest.approx(usual - 6.0, abs=0.5)
    assert silenced


def test_the_ring_is_heard_on_the_ringing_device_only_and_not_by_the_other_side(
    headset: VirtualHeadset, desk: DeskProcess
) -> None:
    desk.ask("configure", ringer_id=RINGER, ringer_name=RINGER)
    desk.ask("tone", on=False)
    desk.ask("use", in_use=True)
    at_ringer, at_speaker = headset.listen(RINGER), headset.listen(SPEAKER)

    desk.ask("ring", ringing=True)
    wait_until(lambda: level_dbfs(at_ringer.so_far()) > -40.0, DEVICE_TIMEOUT_S, "the ring")
    first_strokes = at_ringer.seconds
    wait_until(lambda: at_ringer.seconds > first_strokes + 5.0, 15, "a second round of the ring")
    desk.ask("ring", ringing=False)

    rung, beside = at_ringer.stop(), at_speaker.stop()
    assert level_dbfs(rung[-4 * RATE_HZ :]) > -40.0
    assert level_dbfs(beside) < QUIET_DBFS
    spoken = np.frombuffer(bytes.fromhex(desk.ask("spoken")["frames"]), "<i2").astype(np.float32) / 32768
    assert level_dbfs(spoken) < QUIET_DBFS


def test_the_desktop_s_new_default_is_followed_in_the_middle_of_a_call(
    headset: VirtualHeadset, desk: DeskProcess
) -> None:
    desk.ask("use", in_use=True)
    await_tone(headset, HZ)

    headset.add_speaker("dock")
    headset.set_default_speaker("dock")

    desk.await_speaker("dock")
    await_tone(headset, HZ, "dock")
    assert headset.speakers_playing() == ["dock"]


def test_a_chosen_headset_may_go_and_come_back_in_the_middle_of_a_call(
    headset: VirtualHeadset, desk: DeskProcess
) -> None:
    headset.add_speaker("usb")
    desk.ask("configure", speaker_id="usb", speaker_name="usb")
    desk.ask("use", in_use=True)
    desk.await_speaker("usb")
    await_tone(headset, HZ, "usb")

    headset.remove("usb")
    assert desk.await_speaker(SPEAKER)["speaker"]["fault"] == "chosen_device_gone"
    await_tone(headset, HZ)
    headset.add_speaker("usb")

    assert desk.await_speaker("usb")["speaker"]["fault"] == "none"
    await_tone(headset, HZ, "usb")


def test_the_last_devices_may_go_and_come_back(headset: VirtualHeadset, desk: DeskProcess) -> None:
    desk.ask("use", in_use=True)
    await_tone(headset, HZ)

    for name in (MICROPHONE, RINGER, SPEAKER, headset.microphone_feed):
        headset.remove(name)
    wait_until(lambda: faults(desk) == {"no_device"}, DEVICE_TIMEOUT_S, "no devices")
    headset.add_speaker(SPEAKER)

    desk.await_speaker(SPEAKER)
    await_tone(headset, HZ)


@pytest.mark.parametrize("away", ["for a moment", "for good"])
def test_the_sound_server_s_end_does_not_end_the_engine(headset: VirtualHeadset, desk: DeskProcess, away: str) -> None:
    desk.ask("use", in_use=True)
    await_tone(headset, HZ)

    headset.stop()
    if away == "for a moment":
        headset.start()
        desk.await_speaker(SPEAKER)
        await_tone(headset, HZ)
    else:
        wait_until(lambda: not desk.ask("snapshot")["outputs"], DEVICE_TIMEOUT_S, "no devices")
        desk.ask("use", in_use=False)
    assert desk.ask("snapshot")["speaker"]["fault"] == ("none" if away == "for a moment" else "no_device")


def test_the_sound_server_may_start_after_the_engine(headset: VirtualHeadset) -> None:
    headset.stop()
    desk = DeskProcess(headset)
    assert desk.ask("snapshot")["speaker"]["fault"] == "no_device"

    headset.start()

    desk.await_speaker(SPEAKER)
    desk.ask("use", in_use=True)
    await_tone(headset, HZ)
    assert desk.stop() == 0


def test_the_sound_test_plays_back_what_was_recorded(headset: VirtualHeadset, desk: DeskProcess) -> None:
    saying = headset.say_tone(SAID_HZ, 8.0)
    recording = headset.listen()

    assert desk.ask("test", seconds=1.0)["test"] == "recording"
    wait_until(lambda: desk.ask("snapshot")["test"] == "done", 15, "the end of the test")

    played = sounding(recording.stop())
    saying.terminate()
    saying.wait()
    assert len(played) / RATE_HZ == pytest.approx(1.0, abs=0.1)
    assert dominant_hz(played) == pytest.approx(SAID_HZ, abs=2.0)


def test_a_call_ends_the_sound_test_and_none_begins_in_a_call(desk: DeskProcess) -> None:
    desk.ask("test", seconds=5.0)

    assert desk.ask("use", in_use=True)["test"] == "idle"
    assert desk.ask("test", seconds=5.0)["test"] == "idle"


def test_levels_follow_what_is_said(headset: VirtualHeadset, desk: DeskProcess) -> None:
    desk.ask("watch", watching=True)
    wait_until(lambda: desk.ask("snapshot")["levels"] is not None, DEVICE_TIMEOUT_S, "levels")
    assert desk.ask("snapshot")["levels"]["microphone"] < 0.1

    saying = headset.say_tone(SAID_HZ, 10.0, level_dbfs=-12.0)

    wait_until(
        lambda: desk.ask("snapshot")["levels"]["microphone"] == pytest.approx(0.8, abs=0.05), DEVICE_TIMEOUT_S, "-12 dB"
    )
    saying.terminate()
    saying.wait()
