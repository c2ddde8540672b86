"""How frames get out of the SIP library and in: AudioMediaPort, or our own clock on the bridge's master port.

One call to an echoing second process for each route, codec and load; CPU of the calling process, the ticks' intervals,
what the stream lost. `python -m bench.audio_route` prints JSON; decision 0003 quotes it.
"""

from __future__ import annotations

import ctypes
import json
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise, product

import pjsua2 as pj

from agent_toolbar.engine.frame_ring import FRAME_BYTES, SAMPLE_RATE_HZ, SILENCE, FrameRing, FrameRings
from agent_toolbar.engine.media_clock import MediaClock

SECONDS = 10.0
SETTLE_S = 2.0
ROUTES = ("media_port", "own_clock")
CODECS = ("G722", "PCMA")
SWITCH_INTERVALS_MS = {"idle": (1.0,), "busy": (5.0, 1.0)}  # 5 ms is Python's own


class TimedRing(FrameRing):
    """Notes when each frame came."""

    def __init__(self) -> None:
        super().__init__(1)
        self.times: list[float] = []

    def push(self, frame: bytes) -> None:
        self.times.append(time.monotonic())
        super().push(frame)


class TimedPort(pj.AudioMediaPort):
    """The other route: the library's clock thread calls back into Python for each frame, twice."""

    def __init__(self, ring: TimedRing) -> None:
        super().__init__()
        self._ring = ring
        shape = pj.MediaFormatAudio()
        shape.init(pj.PJMEDIA_FORMAT_PCM, SAMPLE_RATE_HZ, 1, 20_000, 16)
        self.createPort("desk", shape)

    def onFrameRequested(self, frame):
        buffer = frame.buf
        buffer.resize(FRAME_BYTES)
        ctypes.memmove(_vector_begin(int(buffer.this)), SILENCE, FRAME_BYTES)
        frame.type = pj.PJMEDIA_FRAME_TYPE_AUDIO

    def onFrameReceived(self, frame):
        begin = _vector_begin(int(frame.this) + 8)
        self._ring.push(ctypes.string_at(begin, frame.size) if begin and frame.size else SILENCE)


def _vector_begin(address: int) -> int | None:
    return ctypes.c_void_p.from_address(address).value


class Call(pj.Call):
    """Joins the call's audio with `desk` in both directions as soon as there is any."""

    def __init__(self, account, desk, call_id=pj.PJSUA_INVALID_ID) -> None:
        super().__init__(account, call_id)
        self._desk = desk
        self.joined = False

    def onCallMediaState(self, _prm):
        audio = self.getAudioMedia(-1)
        desk = self._desk or audio
        audio.startTransmit(desk)
        if self._desk:
            desk.startTransmit(audio)
        self.joined = True


class EchoAccount(pj.Account):
    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Call] = []

    def onIncomingCall(self, prm):
        self.calls.append(Call(self, None, prm.callId))


class Library:
    """The SIP library on loopback with the engine's media settings. `address` is where it takes calls."""

    def __init__(self, codec: str = "") -> None:
        self.endpoint = pj.Endpoint()
        self.endpoint.libCreate()
        config = pj.EpConfig()
        config.logConfig.level = config.logConfig.consoleLevel = 0
        config.uaConfig.threadCnt, config.uaConfig.mainThreadOnly = 0, True
        media = config.medConfig
        media.clockRate, media.audioFramePtime, media.noVad = SAMPLE_RATE_HZ, 20, True
        media.ecTailLen, media.sndAutoCloseTime = 0, -1
        self.endpoint.libInit(config)
        transport = pj.TransportConfig()
        transport.boundAddress = transport.publicAddress = "127.0.0.1"
        self._transport = self.endpoint.transportCreate(pj.PJSIP_TRANSPORT_UDP, transport)
        self.address = self.endpoint.transportGetInfo(self._transport).localAddress
        self.endpoint.libStart()
        for known in self.endpoint.codecEnum2() if codec else ():
            self.endpoint.codecSetPriority(known.codecId, 255 if known.codecId.startswith(codec) else 0)
        self.devices = self.endpoint.audDevManager()

    def join(self, account: pj.Account) -> None:
        config = pj.AccountConfig()
        config.idUri = f"sip:bench@{self.address}"
        config.regConfig.registerOnAdd = False
        config.sipConfig.transportId = self._transport
        config.mediaConfig.transportConfig.boundAddress = "127.0.0.1"
        account.create(config)

    def pump(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.endpoint.libHandleEvents(50)


def echo() -> None:
    """The second process: answers and sends back what it hears, until its stdin ends."""
    library = Library()
    library.devices.setNullDev()
    account = EchoAccount()
    library.join(account)
    print(library.address, flush=True)
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    answered = 0
    while not ended.is_set():
        library.pump(0.05)
        while answered < len(account.calls):
            ok = pj.CallOpParam(True)
            ok.statusCode = 200
            account.calls[answered].answer(ok)
            answered += 1
    account.calls.clear()
    _end(library, account)


def case_of(route: str, codec: str, load: str, switch_interval_ms: float, address: str) -> dict:
    """The first process: one call to the echo, measured."""
    sys.setswitchinterval(switch_interval_ms / 1000)
    library = Library(codec)
    ring = TimedRing()
    clock = MediaClock(FrameRings(playback=ring), library.endpoint.libRegisterThread)
    if route == "own_clock":
        clock.start(int(library.devices.setNoDev()))
        clock.set_busy(True)
        desk = library.devices.getPlaybackDevMedia()
    else:
        library.devices.setNullDev()
        desk = TimedPort(ring)
    account = pj.Account()
    library.join(account)
    call = Call(account, desk)
    call.makeCall(f"sip:echo@{address}", pj.CallOpParam(True))
    library.pump(SETTLE_S)
    assert call.joined
    with _busy_thread(load):
        ring.times.clear()
        before, cpu = call.getStreamStat(0), time.process_time()
        received, lost = before.rtcp.rxStat.pkt, before.rtcp.rxStat.loss + before.jbuf.discard
        library.pump(SECONDS)
        cpu = time.process_time() - cpu
        times = list(ring.times)
    after = call.getStreamStat(0)
    figures = {
        "cpu_percent": round(100 * cpu / SECONDS, 2) if load == "idle" else None,
        **_intervals(times),
        "frames_missing": max(0, round((times[-1] - times[0]) / 0.02) + 1 - len(times)),
        "received_packets": after.rtcp.rxStat.pkt - received,
        "lost_or_discarded_packets": after.rtcp.rxStat.loss + after.jbuf.discard - lost,
    }
    call.hangup(pj.CallOpParam(True))
    library.pump(0.5)
    del call, desk
    _end(library, account, clock)
    return figures


def _end(library: Library, account: pj.Account, clock: MediaClock | None = None) -> None:
    account.shutdown()
    del account
    library.pump(0.3)
    if clock is not None:
        clock.stop()
    library.endpoint.libDestroy()


def _intervals(times: list[float]) -> dict:
    cuts = statistics.quantiles([(later - sooner) * 1000 for sooner, later in pairwise(times)], n=100)
    return {
        "interval_p1_ms": round(cuts[0], 2),
        "interval_p50_ms": round(cuts[49], 2),
        "interval_p99_ms": round(cuts[98], 2),
    }


@contextmanager
def _busy_thread(load: str) -> Iterator[None]:
    """A thread of the same process that computes in Python without pause."""
    ended = threading.Event()

    def compute() -> None:
        while not ended.is_set():
            sum(range(300))

    thread = threading.Thread(target=compute)
    if load == "busy":
        thread.start()
    yield
    ended.set()
    if load == "busy":
        thread.join()


def measure() -> dict:
    figures = {}
    for route, codec, (load, intervals_ms) in product(ROUTES, CODECS, SWITCH_INTERVALS_MS.items()):
        for interval_ms in intervals_ms:
            figures[f"{route} {codec} {load} {interval_ms:g} ms"] = _measure(route, codec, load, interval_ms)
    return figures


def _measure(route: str, codec: str, load: str, interval_ms: float) -> dict:
    command = [sys.executable, "-m", "bench.audio_route"]
    with subprocess.Popen([*command, "echo"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
        assert peer.stdout is not None
        address = next(line.strip() for line in peer.stdout if line.startswith("127."))  # the library prints first
        done = subprocess.run(
            [*command, route, codec, load, str(interval_ms), address],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        peer.communicate()
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    match sys.argv[1:]:
        case ["echo"]:
            echo()
        case [route, codec, load, interval_ms, address]:
            print(json.dumps(case_of(route, codec, load, float(interval_ms), address)), flush=True)
        case _:
            print(json.dumps(measure(), indent=2))


if __name__ == "__main__":
    main()
