"""Sound devices and levels as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FOLLOW_SYSTEM = ""
SILENT_DBFS = -60.0  # the quietest that is told apart from nothing
QUIET_DBFS = -45.0  # a voice at a headset is louder than this, a quiet room is not


def dbfs_of_level(level: float) -> float:
    """Decibels below a full-scale sine of a level of LevelsMeasured: 0.0 is SILENT_DBFS or less, 1.0 is 0 dBFS."""
    return SILENT_DBFS * (1.0 - level)


class AudioRole(StrEnum):
    MICROPHONE = "microphone"
    SPEAKER = "speaker"
    RINGER = "ringer"


@dataclass(frozen=True, slots=True)
class AudioDevice:
    """One device as the desktop names it. `id` is stable on this desktop; it may be any text."""

    id: str
    name: str
    is_default: bool = False


class AudioFault(StrEnum):
    """A state of a role that concerns the agent; calls go on in every one of them."""

    NONE = "none"
    NO_DEVICE = "no_device"  # this desktop has none: silence is sent, nothing is heard
    CHOSEN_DEVICE_GONE = "chosen_device_gone"  # another one stands in until it comes back
    DEVICE_REFUSED = "device_refused"  # it is there, but could not be opened
    NO_SOUND_SYSTEM = "no_sound_system"  # Qt Multimedia could not be loaded


@dataclass(frozen=True, slots=True)
class AudioRoleSnapshot:
    """Which device serves a role.

    Attributes:
        chosen_id: what the settings ask for; FOLLOW_SYSTEM for the desktop's default.
        chosen_name: its name when it was chosen, to find it again when its id changed.
        in_use: the device that would serve (or serves) now; None when there is none.
    """

    chosen_id: str = FOLLOW_SYSTEM
    chosen_name: str = ""
    in_use: AudioDevice | None = None
    fault: AudioFault = AudioFault.NONE


@dataclass(frozen=True, slots=True)
class AudioCounters:
    """Frames of 20 ms since the engine started.

    Attributes:
        captured, played: taken from the microphone, given to the speaker.
        capture_dropped, play_dropped: thrown away because a ring was full.
        capture_missing, play_missing: silence put in because a ring was empty while it was in use.
    """

    captured: int = 0
    played: int = 0
    capture_dropped: int = 0
    capture_missing: int = 0
    play_dropped: int = 0
    play_missing: int = 0


class AudioTestState(StrEnum):
    IDLE = "idle"
    RECORDING = "recording"
    PLAYING = "playing"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class AudioSnapshot:
    """The sound of this desk: devices, roles, volumes (0.0 to 1.5, 1.0 is unchanged)."""

    inputs: tuple[AudioDevice, ...] = ()
    outputs: tuple[AudioDevice, ...] = ()
    microphone: AudioRoleSnapshot = AudioRoleSnapshot()
    speaker: AudioRoleSnapshot = AudioRoleSnapshot()
    ringer: AudioRoleSnapshot = AudioRoleSnapshot()
    microphone_volume: float = 1.0
    speaker_volume: float = 1.0
    ringer_volume: float = 1.0
    test: AudioTestState = AudioTestState.IDLE
    counters: AudioCounters = AudioCounters()
