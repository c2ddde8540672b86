"""One account at one address of its PBX ("line"): registers there, receives its INVITEs. SIP thread only."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from uuid import uuid4

import pjsua2 as pj

from agent_toolbar.application.ports.telephony import AccountConfig
from agent_toolbar.domain.registration import Transport
from agent_toolbar.engine.dial_target import quoted_display_name
from agent_toolbar.engine.library import Library, bind_address, host_of, library_error
from agent_toolbar.engine.library_events import (
    InviteArrived,
    LibraryEvent,
    RegistrationAnswered,
    TextArrived,
    TextDelivered,
    contained,
)
from agent_toolbar.engine.pj_call import LibraryCall

_KEEP_ALIVE_S = 15  # never 1: the library of this build then sends without pause
_UNKNOWN_EXPIRY = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class PbxAddress:
    """Where the PBX is reached: an IPv4 address, so that the library never waits for a name server."""

    ip: str
    port: int


class _Account(pj.Account):  # type: ignore[misc]
    def __init__(self, line: int, mailbox: deque[LibraryEvent]) -> None:
        super().__init__()
        self._line = line
        self._mailbox = mailbox

    @contained
    def onIncomingCall(self, prm: pj.OnIncomingCallParam) -> None:
        # kept before anything else: a call that is dropped here is refused with 603
        call = LibraryCall(self, prm.callId, uuid4().hex, self._mailbox)
        source, message = str(prm.rdata.srcAddress), str(prm.rdata.wholeMsg)
        self._mailbox.append(InviteArrived(call, self._line, call.key, host_of(source), message))

    @contained
    def onIncomingSubscribe(self, prm: pj.OnIncomingSubscribeParam) -> None:
        prm.code = 603

    @contained
    def onInstantMessage(self, prm: pj.OnInstantMessageParam) -> None:
        source = host_of(str(prm.rdata.srcAddress))
        self._mailbox.append(TextArrived(source, str(prm.contentType), str(prm.msgBody), str(prm.rdata.wholeMsg)))

    @contained
    def onInstantMessageStatus(self, prm: pj.OnInstantMessageStatusParam) -> None:
        request = int(prm.userData) if prm.userData is not None else 0
        self._mailbox.append(TextDelivered(self._line, request, int(prm.code), str(prm.reason)))

    @contained
    def onRegState(self, prm: pj.OnRegStateParam) -> None:
        expires_s = int(prm.expiration)
        self._mailbox.append(
            RegistrationAnswered(
                line=self._line,
                status=int(prm.status),
                sip_status=int(prm.code),
                sip_reason=str(prm.reason),
                expires_s=0 if expires_s == _UNKNOWN_EXPIRY else expires_s,
                message=str(prm.rdata.wholeMsg),
            )
        )


class PbxLine:
    """An account in the library, bound to one address of the PBX and one local address.

    Attributes:
        serial: names the line in RegistrationAnswered.
        config: the account as the toolbar gave it.
        pbx_ips: every address of the PBX; an INVITE from elsewhere is refused.
    """

    def __init__(
        self,
        library: Library,
        serial: int,
        config: AccountConfig,
        *,
        address: PbxAddress,
        local_ip: str,
        pbx_ips: frozenset[str],
    ) -> None:
        """Raises EngineError when the library refuses the account or no transport can be opened."""
        self.serial = serial
        self.config = config
        self.address = address
        self.local_ip = local_ip
        self.pbx_ips = pbx_ips
        self._account: _Account | None = _Account(serial, library.mailbox)
        library.set_codecs(config.codecs)
        transport = library.transport(config.transport, local_ip)
        try:
            self._account.create(_account_config(config, address, local_ip, transport, library.rtp_port))
        except pj.Error as error:
            self._account = None
            raise library_error(error, "account_refused") from None

    @property
    def account(self) -> pj.Account | None:
        """The library's account, for new calls."""
        return self._account

    def register(self) -> None:
        self._set_registration(wanted=True)

    def unregister(self) -> None:
        self._set_registration(wanted=False)

    def close(self) -> None:
        """Gives the account back; call when it has no calls left."""
        if self._account is not None:
            self._account.shutdown()
            self._account = None

    def _set_registration(self, *, wanted: bool) -> None:
        if self._account is None:
            return
        try:
            self._account.setRegistration(wanted)
        except pj.Error as error:
            raise library_error(error, "registration_failed") from None


def _account_config(
    config: AccountConfig, address: PbxAddress, local_ip: str, transport: int, rtp_port: int
) -> pj.AccountConfig:
    by_tcp = ";transport=tcp" if config.transport is Transport.TCP else ""
    user = config.extension
    account = pj.AccountConfig()
    name = quoted_display_name(config.display_name)
    account.idUri = f"{name} <sip:{user}@{config.server}>".lstrip()
    registration = account.regConfig
    registration.registrarUri = f"sip:{config.server}{by_tcp}"
    registration.registerOnAdd = False
    registration.timeoutSec = config.expires_s
    registration.retryIntervalSec = 0  # our own back-off honours Retry-After
    registration.firstRetryIntervalSec = 0
    registration.dropCallsOnFail = False
    registration.unregWaitMsec = 0
    sip = account.sipConfig
    sip.transportId = transport
    # "hide" keeps the Route header off the wire: it only tells the library where to send
    sip.proxies.append(f"sip:{address.ip}:{address.port}{by_tcp};lr;hide")
    sip.authCreds.append(pj.AuthCredInfo("digest", "*", config.auth_user or user, 0, config.password))
    calls = account.callConfig
    calls.timerUse = pj.PJSUA_SIP_TIMER_OPTIONAL
    media = account.mediaConfig
    media.srtpUse = 0
    media.transportConfig.port = rtp_port
    media.transportConfig.portRange = 98
    media.transportConfig.boundAddress = bind_address(local_ip)
    media.transportConfig.publicAddress = local_ip
    nat = account.natConfig
    nat.iceEnabled = False
    nat.turnEnabled = False
    nat.sipStunUse = nat.mediaStunUse = pj.PJSUA_STUN_USE_DISABLED
    nat.udpKaIntervalSec = _KEEP_ALIVE_S
    account.ipChangeConfig.hangupCalls = False
    return account
