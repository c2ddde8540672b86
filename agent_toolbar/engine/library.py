"""The SIP library as a whole: start, transports, codecs, events, end. Everything here runs on the SIP thread.

Configuration after the measured facts of the 2.15.1 build, in which a wrong call ends the process.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import random
from collections import deque
from pathlib import Path

import pjsua2 as pj

from agent_toolbar.domain.errors import EngineError
from agent_toolbar.domain.registration import Transport
from agent_toolbar.engine.library_events import ConnectionLost, InviteRejected, LibraryEvent, contained
from agent_toolbar.engine.pjsip_module import MessageTap
from agent_toolbar.engine.pjsip_settings import keep_calls_after_timeouts
from agent_toolbar.engine.wire_guard import WireGuard, is_dangerous_sdp

_log = logging.getLogger(__name__)

MAX_CALLS = 4
CLOCK_RATE_HZ = 16000
FRAME_MS = 20
MAX_SIP_MESSAGE_BYTES = 4000
RTP_PORTS_PER_ENGINE = 98
SAFE_CODECS = ["G722", "PCMA", "PCMU"]
_TOP_PRIORITY = 200  # the library makes 255 and 254 equal
_PORT_ANY = 0
_VERIFY_TURN_MS = 10


def library_error(error: pj.Error, code: str) -> EngineError:
    """What the library raised, as an error of ours. `str(pj.Error)` is empty, so its reason is taken."""
    return EngineError(code, reason=str(error.reason), status=int(error.status))


class _Endpoint(pj.Endpoint):  # type: ignore[misc]
    def __init__(self, mailbox: deque[LibraryEvent]) -> None:
        super().__init__()
        self._mailbox = mailbox

    @contained
    def onRejectedIncomingCall(self, prm: pj.OnRejectedIncomingCallParam) -> None:
        source, message = str(prm.rdata.srcAddress), str(prm.rdata.wholeMsg)
        self._mailbox.append(
            InviteRejected(int(prm.statusCode), str(prm.reason), str(prm.remoteInfo), host_of(source), message)
        )

    @contained
    def onTransportState(self, prm: pj.OnTransportStateParam) -> None:
        if prm.state == pj.PJSIP_TP_STATE_DISCONNECTED and str(prm.type).upper().startswith("TCP"):
            self._mailbox.append(ConnectionLost())


def host_of(address: str) -> str:
    """The host of "host:port"."""
    return address.rpartition(":")[0] or address


class Library:
    """The one Endpoint of this process.

    Attributes:
        mailbox: what the library said since it was last emptied.
        guard: answers requests before the library acts on them.
        bell: address of a UDP port on loopback; a datagram there ends `handle_events` at once.
        rtp_port: first of the RTP ports of this engine.
    """

    def __init__(self) -> None:
        _silence_before_start()
        if not keep_calls_after_timeouts():
            _log.error("other settings of the library than expected: an unanswered REFER will end its call")
        self.mailbox: deque[LibraryEvent] = deque()
        self.rtp_port = random.SystemRandom().randrange(16384, 32000, 2 * RTP_PORTS_PER_ENGINE)
        self._endpoint = _Endpoint(self.mailbox)
        self._endpoint.libCreate()
        self._endpoint.libInit(_configuration())
        self.guard = WireGuard(self.mailbox.append)
        self._tap = MessageTap(self.guard.answers, is_dangerous_sdp)
        self._transports: dict[tuple[Transport, str], int] = {}
        bell = self._create_transport(pj.PJSIP_TRANSPORT_UDP, "127.0.0.1")
        host, _, port = str(self._endpoint.transportGetInfo(bell).localAddress).rpartition(":")
        self.bell = (host, int(port))
        self._endpoint.libStart()
        if not self._tap.verify(self.bell, lambda: self.handle_events(_VERIFY_TURN_MS)):
            _log.error("another layout of the library than expected: strangers are refused late")

    def use_null_device(self) -> None:
        """The library's own clock drives the bridge, and nobody hears it."""
        self._endpoint.audDevManager().setNullDev()

    def use_own_clock(self) -> int:
        """The address of the bridge's master port, which somebody else must now tick."""
        return int(self._endpoint.audDevManager().setNoDev())

    def desk_media(self) -> pj.AudioMedia:
        """Slot 0 of the bridge: microphone as a source, speaker as a sink."""
        return self._endpoint.audDevManager().getPlaybackDevMedia()

    def register_thread(self, name: str) -> None:
        """To be called once by each other thread before it touches the bridge."""
        self._endpoint.libRegisterThread(name)

    def set_codecs(self, preferred: tuple[str, ...]) -> None:
        """Offers these codecs in this order and no others (speex of this build has a known hole)."""
        named = [name.upper() for name in preferred if name.upper() in SAFE_CODECS] or SAFE_CODECS
        priorities = {name: _TOP_PRIORITY - position for position, name in enumerate(named)}
        for codec in self._endpoint.codecEnum2():
            name = str(codec.codecId).split("/")[0].upper()
            self._endpoint.codecSetPriority(codec.codecId, priorities.get(name, 0))

    def transport(self, kind: Transport, local_ip: str) -> int:
        """Id of the transport that reaches the PBX from `local_ip`; opened when first asked for."""
        known = self._transports.get((kind, local_ip))
        if known is None:
            protocol = pj.PJSIP_TRANSPORT_TCP if kind is Transport.TCP else pj.PJSIP_TRANSPORT_UDP
            known = self._transports[kind, local_ip] = self._create_transport(protocol, local_ip)
        return known

    def handle_events(self, at_most_ms: int) -> None:
        self._endpoint.libHandleEvents(at_most_ms)

    def destroy(self) -> None:
        """Call when no call, account, port or player is left."""
        gc.collect()
        self._endpoint.libDestroy(pj.PJSUA_DESTROY_NO_NETWORK)

    def _create_transport(self, protocol: int, local_ip: str) -> int:
        config = pj.TransportConfig()
        config.port = _PORT_ANY
        config.boundAddress = bind_address(local_ip)
        config.publicAddress = local_ip
        try:
            return int(self._endpoint.transportCreate(protocol, config))
        except pj.Error as error:
            raise library_error(error, "transport_failed") from None


def bind_address(local_ip: str) -> str:
    """A PBX on loopback is served on loopback only; else all addresses, so that a call outlives a change of network."""
    return local_ip if local_ip.startswith("127.") else ""


def _configuration() -> pj.EpConfig:
    config = pj.EpConfig()
    config.logConfig.level = config.logConfig.consoleLevel = 0
    config.uaConfig.threadCnt = 0
    config.uaConfig.mainThreadOnly = True
    config.uaConfig.maxCalls = MAX_CALLS
    config.uaConfig.userAgent = "agent-toolbar"
    media = config.medConfig
    media.clockRate = CLOCK_RATE_HZ
    media.audioFramePtime = FRAME_MS
    media.noVad = True
    media.ecTailLen = 0
    media.sndAutoCloseTime = -1
    media.jbMax = 300
    return config


def _silence_before_start() -> None:
    """The library prints to stdout until it has its configuration."""
    package = Path(pj.__file__).parent
    shared = ctypes.CDLL(str(next(package.glob("_pjsua2*"))))
    shared.pj_log_set_level(0)
