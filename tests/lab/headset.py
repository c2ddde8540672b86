"""A virtual headset: a PulseAudio daemon of our own with null sinks, and the analysis of what was heard on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16_000
MICROPHONE = "headset-mic"
SPEAKER = "headset-speaker"
RINGER = "ringer"
_FEED = "headset-mic-feed"
_START_TIMEOUT_S = 10.0
_CLIENT_LATENCY_MS = 200

Samples = NDArray[np.float32]


def missing_programs() -> list[str]:
    """The Debian packages to install before a virtual headset can run here; empty if it can."""
    packages = {"pulseaudio": "pulseaudio", "pactl": "pulseaudio-utils", "parec": "pulseaudio-utils"}
    return sorted({package for program, package in packages.items() if shutil.which(program) is None})


class VirtualHeadset:
    """A desktop's sound system with one microphone, one speaker and one more speaker for ringing.

    `folder` is its home; its name must be short, since a socket lies in it. Use as a context manager, or start/stop.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._daemon: subprocess.Popen[bytes] | None = None
        self._modules: dict[str, int] = {}

    def __enter__(self) -> VirtualHeadset:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def env(self) -> dict[str, str]:
        """What a process needs in its environment to use this headset and no other sound system."""
        home = self._folder / "home"
        return {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_RUNTIME_DIR": str(self._folder / "run"),
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_RUNTIME_PATH": str(self._folder / "run"),
        }

    @property
    def microphone_feed(self) -> str:
        """The speaker that is the microphone's other end; a speaker like others for the desktop."""
        return _FEED

    @property
    def pulse_server(self) -> dict[str, str]:
        """The one variable of `env` that points an audio client here and leaves home and sockets alone."""
        return {"PULSE_SERVER": self.env["PULSE_SERVER"]}

    def start(self) -> None:
        (self._folder / "home" / ".config").mkdir(parents=True, exist_ok=True)
        (self._folder / "run").mkdir(mode=0o700, exist_ok=True)
        log = (self._folder / "pulseaudio.log").open("ab")
        self._daemon = subprocess.Popen(  # realtime is off: the same scheduling as in a container without rights
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--system=false", "--use-pid-file=no",
             "--realtime=yes", "--high-priority=yes", "--log-target=stderr",
             "-L", f"module-native-protocol-unix socket={self._socket} auth-anonymous=1"],
            env=self._environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
        log.close()
        self._await_server()
        self.add_speaker(SPEAKER)
        self.add_speaker(_FEED)
        self.add_speaker(RINGER)
        self._load(
            MICROPHONE, "module-remap-source", f"source_name={MICROPHONE}", f"master={_FEED}.monitor",
            "remix=no", f"source_properties=device.description={MICROPHONE}",
        )  # fmt: skip
        self._pactl("set-default-sink", SPEAKER)
        self._pactl("set-default-source", MICROPHONE)

    def stop(self) -> None:
        self._modules.clear()
        if self._daemon is not None:
            _end(self._daemon)
            self._daemon = None

    # ---------------------------------------------------------------- devices that come and go

    def add_speaker(self, name: str) -> None:
        """Plugs a speaker in. Without rewinds a null sink works in steps of 50 ms, else in lumps of two seconds."""
        self._load(
            name,
            "module-null-sink",
            f"sink_name={name}",
            "norewinds=1",
            "rate=48000",
            f"sink_properties=device.description={name}",
        )

    def add_talking_microphone(self, name: str) -> None:
        """Plugs a microphone in that needs no speaker behind it and hears a tone all the time."""
        self._load(name, "module-sine-source", f"source_name={name}", "rate=48000", "frequency=300")

    def mute_microphone(self, name: str, muted: bool) -> None:
        """As in the sound settings of the desktop."""
        self._pactl("set-source-mute", name, "1" if muted else "0")

    def set_default_microphone(self, name: str) -> None:
        self._pactl("set-default-source", name)

    def remove(self, name: str) -> None:
        """Pulls a device out."""
        self._pactl("unload-module", str(self._modules.pop(name)))

    def set_default_speaker(self, name: str) -> None:
        self._pactl("set-default-sink", name)

    def speakers_playing(self) -> list[str]:
        """The names of the speakers that some stream plays on now."""
        names = {
            line.split("\t")[0]: line.split("\t")[1] for line in self._pactl("list", "short", "sinks").splitlines()
        }
        streams = self._pactl("list", "short", "sink-inputs").splitlines()
        return [names[line.split("\t")[1]] for line in streams if line.split("\t")[1] in names]

    # ---------------------------------------------------------------- what is said and heard

    def say(self, samples: Samples) -> subprocess.Popen[bytes]:
        """Plays samples (-1.0 to 1.0) into the microphone; returns at once, wait() on the result waits for the end."""
        pcm = (np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes()
        file = self._folder / f"say-{time.monotonic_ns()}.raw"
        file.write_bytes(pcm)
        with file.open("rb") as source:
            return self._client("pacat", "--playback", f"--device={_FEED}", stdin=source)

    def say_tone(self, hz: float, seconds: float, level_dbfs: float = -12.0) -> subprocess.Popen[bytes]:
        return self.say(tone(hz, seconds, level_dbfs))

    def listen(self, speaker: str = SPEAKER) -> Recording:
        """Begins to record what a speaker plays (or, given MICROPHONE, what the microphone gives)."""
        device = MICROPHONE if speaker == MICROPHONE else f"{speaker}.monitor"
        file = self._folder / f"heard-{time.monotonic_ns()}.raw"
        with file.open("wb") as target:
            recorder = self._client("parec", f"--device={device}", stdout=target)
        return Recording(file, recorder)

    # ---------------------------------------------------------------- inside

    @property
    def _socket(self) -> Path:
        return self._folder / "run" / "native"

    @property
    def _environ(self) -> dict[str, str]:
        return {**os.environ, **self.env}

    def _await_server(self) -> None:
        assert self._daemon is not None
        deadline = time.monotonic() + _START_TIMEOUT_S
        while subprocess.run(["pactl", "info"], env=self._environ, capture_output=True, check=False).returncode != 0:
            if self._daemon.poll() is not None or time.monotonic() > deadline:
                log = (self._folder / "pulseaudio.log").read_text(errors="replace")
                self.stop()
                raise RuntimeError(f"PulseAudio does not start:\n{log}")
            time.sleep(0.02)

    def _pactl(self, *arguments: str) -> str:
        return subprocess.run(
            ["pactl", *arguments], env=self._environ, capture_output=True, text=True, check=True
        ).stdout

    def _load(self, name: str, *arguments: str) -> None:
        self._modules[name] = int(self._pactl("load-module", *arguments))

    def _client(
        self, program: str, *arguments: str, stdin: object = subprocess.DEVNULL, stdout: object = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
            [program, "--raw", f"--rate={RATE_HZ}", "--channels=1", "--format=s16le",
             f"--latency-msec={_CLIENT_LATENCY_MS}", *arguments],
            env=self._environ, stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL,
        )  # fmt: skip


@dataclass
class Recording:
    """A recording in progress; `stop` gives its samples."""

    file: Path
    recorder: subprocess.Popen[bytes]

    @property
    def seconds(self) -> float:
        return self.file.stat().st_size / (2 * RATE_HZ)

    def so_far(self) -> Samples:
        """Samples at 16 kHz, -1.0 to 1.0."""
        pcm = self.file.read_bytes()
        return (np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2") / 32768).astype(np.float32)

    def stop(self) -> Samples:
        _end(self.recorder)
        return self.so_far()


def tone(hz: float, seconds: float, level_dbfs: float = -12.0) -> Samples:
    """A sine whose RMS stands `level_dbfs` below that of a full-scale sine."""
    t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return (10 ** (level_dbfs / 20) * np.sin(2 * np.pi * hz * t)).astype(np.float32)


def level_dbfs(samples: Samples) -> float:
    """RMS level against a full-scale sine; -120 for silence."""
    rms = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) if len(samples) else 0.0
    return max(-120.0, 20 * np.log10(rms * np.sqrt(2))) if rms > 0 else -120.0


def tone_level_dbfs(samples: Samples, hz: float, width_hz: float = 20.0) -> float:
    """Level of what lies within `width_hz` of `hz`."""
    spectrum = np.fft.rfft(samples.astype(np.float64))
    frequencies = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    near = np.abs(frequencies - hz) <= width_hz
    power = 2 * float(np.sum(np.abs(spectrum[near]) ** 2)) / len(samples) ** 2
    return max(-120.0, 10 * float(np.log10(2 * power))) if power > 0 else -120.0


def dominant_hz(samples: Samples) -> float:
    """The strongest frequency, by a windowed Fourier transform (resolution 16,000 / number of samples)."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * RATE_HZ / len(samples))


def sounding(samples: Samples, floor_dbfs: float = -45.0) -> Samples:
    """The part from the first to the last sample that is louder than `floor_dbfs`."""
    loud = np.flatnonzero(np.abs(samples) > 10 ** (floor_dbfs / 20))
    return samples[loud[0] : loud[-1] + 1] if len(loud) else samples[:0]


def gaps_ms(samples: Samples, hz: float, floor_dbfs: float = -45.0) -> Sequence[float]:
    """Silent holes in a steady tone of `hz`, in milliseconds: runs that stay below the floor for over half a period."""
    body = np.abs(sounding(samples, floor_dbfs)) <= 10 ** (floor_dbfs / 20)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], body.astype(np.int8), [0]))))
    runs = (edges[1::2] - edges[::2]) * 1000 / RATE_HZ
    return [float(run) for run in runs if run > 500 / hz]


def phase_jumps(samples: Samples, hz: float, block_ms: int = 10) -> int:
    """How often a steady tone of `hz` jumps in phase by over 0.5 rad between blocks: lost, doubled or put-in samples.

    A slow drift of the two clocks is not a jump.
    """
    block = RATE_HZ * block_ms // 1000
    body = sounding(samples)[block:-block]
    count = len(body) // block
    if count < 3:
        return 0
    t = np.arange(count * block).reshape(count, block) / RATE_HZ
    phase = np.angle(np.sum(body[: count * block].reshape(count, block) * np.exp(-2j * np.pi * hz * t), axis=1))
    steps = np.angle(np.exp(1j * np.diff(phase)))
    return int(np.sum(np.abs(steps - np.median(steps)) > 0.5))


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)
