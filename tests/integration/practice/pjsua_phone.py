"""A telephone made of pjsua2 without sound device, as a process: JSON lines in and out. One thread.

Arguments: server port, user, password. Commands: answer, hold, resume, speak, be_silent, digits, dial, hang_up, reject.
"""

from __future__ import annotations

import gc
import json
import queue
import sys
import threading
import time

import pjsua2 as pj

_TICK_MS = 10
_LEVEL_EVERY_S = 0.1


def tell(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)


def parameters(status=0):
    prm = pj.CallOpParam(True)
    prm.opt.audioCount, prm.opt.videoCount = 1, 0
    if status:
        prm.statusCode = status
    return prm


class Call(pj.Call):
    def __init__(self, phone, *arguments):
        super().__init__(phone.account, *arguments)
        self.phone = phone
        self.audio = None

    def onCallState(self, prm):
        info = self.getInfo()
        tell("state", state=info.stateText, status=info.lastStatusCode)
        if info.state == pj.PJSIP_INV_STATE_DISCONNECTED:
            self.audio = None
            self.phone.dead.append(self)

    def onCallMediaState(self, prm):
        info = self.getInfo()
        self.audio = None
        for medium in info.media:
            if medium.status == pj.PJSUA_CALL_MEDIA_ACTIVE:
                self.audio = self.getAudioMedia(medium.index)
                self.audio.startTransmit(self.phone.speaker)
                self.phone.tone.startTransmit(self.audio)
            tell("media", status=medium.status)


class Account(pj.Account):
    def __init__(self, phone):
        super().__init__()
        self.phone = phone

    def onRegState(self, prm):
        tell("registration", status=prm.code, active=self.getInfo().regIsActive)

    def onIncomingCall(self, prm):
        self.phone.call = Call(self.phone, prm.callId)
        tell("incoming", message=prm.rdata.wholeMsg, source=prm.rdata.srcAddress)


class Phone:
    def __init__(self, port, user, password):
        self.call, self.dead, self.account = None, [], None
        self.server = f"127.0.0.1:{port}"
        self.endpoint = pj.Endpoint()
        self.endpoint.libCreate()
        config = pj.EpConfig()
        config.logConfig.level = config.logConfig.consoleLevel = 0
        config.uaConfig.threadCnt, config.uaConfig.mainThreadOnly = 0, True
        config.medConfig.noVad, config.medConfig.ecTailLen, config.medConfig.sndAutoCloseTime = True, 0, -1
        self.endpoint.libInit(config)
        transport = pj.TransportConfig()
        transport.boundAddress = transport.publicAddress = "127.0.0.1"
        kind = pj.PJSIP_TRANSPORT_TCP if "tcp" in sys.argv else pj.PJSIP_TRANSPORT_UDP
        transport_id = self.endpoint.transportCreate(kind, transport)
        self.endpoint.audDevManager().setNullDev()
        self.endpoint.libStart()
        self.speaker = self.endpoint.audDevManager().getPlaybackDevMedia()
        self.tone = pj.ToneGenerator()
        self.tone.createToneGenerator(16000, 1)
        account = pj.AccountConfig()
        by_tcp = ";transport=tcp" if "tcp" in sys.argv else ""
        account.idUri = f"sip:{user}@{self.server}"
        account.regConfig.registrarUri = f"sip:{self.server}{by_tcp}"
        account.regConfig.retryIntervalSec = 0
        account.sipConfig.transportId = transport_id
        account.sipConfig.proxies.append(f"sip:{self.server}{by_tcp};lr;hide")
        account.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", user, 0, password))
        account.mediaConfig.transportConfig.boundAddress = "127.0.0.1"
        account.mediaConfig.transportConfig.port = 0
        self.account = Account(self)
        self.account.create(account)

    def obey(self, wish):
        match wish:
            case {"do": "answer"}:
                self.call.answer(parameters(200))
            case {"do": "ring"}:
                self.call.answer(parameters(180))
            case {"do": "reject", "status": status}:
                self.call.answer(parameters(status))
            case {"do": "hold"}:
                self.call.setHold(parameters())
            case {"do": "resume"}:
                prm = parameters()
                prm.opt.flag = pj.PJSUA_CALL_UNHOLD
                self.call.reinvite(prm)
            case {"do": "speak"}:
                tone = pj.ToneDesc()
                tone.freq1, tone.on_msec, tone.off_msec, tone.volume = 440, 1000, 0, 12000
                tones = pj.ToneDescVector()
                tones.push_back(tone)
                self.tone.play(tones, True)
            case {"do": "be_silent"}:
                self.tone.stop()
            case {"do": "digits", "digits": digits}:
                self.call.dialDtmf(digits)
            case {"do": "info_digits", "digits": digits}:
                prm = pj.CallSendDtmfParam()
                prm.digits, prm.method = digits, pj.PJSUA_DTMF_METHOD_SIP_INFO
                self.call.sendDtmf(prm)
            case {"do": "dial", "number": number}:
                self.call = Call(self)
                self.call.makeCall(f"sip:{number}@{self.server}", parameters())
            case {"do": "hang_up"}:
                self.call.hangup(parameters())
            case {"do": "unregister"}:
                self.account.setRegistration(False)

    def run(self):
        wishes = queue.SimpleQueue()
        reader = threading.Thread(target=read, args=(wishes,), daemon=True)
        reader.start()
        next_level_s = 0.0
        tell("started")
        while True:
            self.endpoint.libHandleEvents(_TICK_MS)
            while not wishes.empty():
                wish = wishes.get_nowait()
                if wish is None:
                    return
                self.obey(wish)
            for call in self.dead:
                if call is self.call:
                    self.call = None
            self.dead.clear()
            call = None
            if self.call is not None and self.call.audio is not None and time.monotonic() > next_level_s:
                next_level_s = time.monotonic() + _LEVEL_EVERY_S
                tell("level", level=self.call.audio.getTxLevel())

    def close(self):
        self.endpoint.hangupAllCalls()
        for _ in range(20):
            self.endpoint.libHandleEvents(_TICK_MS)
        self.call = None
        self.dead.clear()
        self.tone = self.speaker = None
        gc.collect()
        self.account.shutdown()
        self.account = None
        for _ in range(20):
            self.endpoint.libHandleEvents(_TICK_MS)
        gc.collect()
        self.endpoint.libDestroy()


def read(wishes):
    for line in sys.stdin:
        wishes.put(json.loads(line))
    wishes.put(None)


def main():
    phone = Phone(sys.argv[1], sys.argv[2], sys.argv[3])
    phone.run()
    phone.close()


if __name__ == "__main__":
    main()
