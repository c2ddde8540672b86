"""Colleagues' telephones: with real sound, or one that declines every call."""

from __future__ import annotations

from pathlib import Path

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_phone import BaresipPhone
from tests.lab.deadline import wait_until
from tests.lab.free_ports import free_port
from tests.lab.sipp import SippRun


class Colleague(BaresipPhone):
    """A telephone with real sound, registered as an agent's extension.

    With answers=False it rings on; `answer` takes the call, `hang_up` refuses it as busy (486).
    """

    def __init__(
        self, pbx: AsteriskPbx, folder: Path, extension: str = "1002", *, voice_hz: int, answers: bool = True
    ) -> None:
        super().__init__(
            pbx,
            folder,
            extension,
            password=pbx.password_of(extension),
            number=extension,
            voice_hz=voice_hz,
            answers=answers,
        )

    def await_ring(self, timeout_s: float = 10.0) -> None:
        wait_until(lambda: self._pbx.rings(self.user), timeout_s, f"{self.user} to ring")

    def answer_when_it_rings(self, timeout_s: float = 10.0) -> None:
        self.await_ring(timeout_s)
        self.answer()

    def refuse_when_it_rings(self) -> None:
        """486."""
        self.await_ring()
        self.hang_up()


class DecliningColleague:
    """A telephone without sound, registered as an agent's extension, that rings and answers the first call with 603."""

    def __init__(self, pbx: AsteriskPbx, folder: Path, extension: str = "1003") -> None:
        self.user = extension
        self._pbx = pbx
        there, port = (pbx.host, pbx.port), free_port()
        credentials = (extension, pbx.password_of(extension))
        self._registration = SippRun(
            folder / "registration",
            "registers",
            there,
            {"extension": extension},
            own_port=port,
            credentials=credentials,
        )
        self._telephone = SippRun(folder / "telephone", "declines", there, {}, own_port=port)

    def start(self) -> None:
        """One run registers and ends, the next one takes its port: SIPp cannot do both in one."""
        self._registration.start()
        assert self._registration.went_as_written(), self._registration.messages()
        self._telephone.start()

    def stop(self) -> None:
        self._registration.stop()
        self._telephone.stop()

    def invite(self) -> str:
        """The call as it came."""
        return next(message for message in self._telephone.received() if message.startswith("INVITE "))

    def declined(self) -> bool:
        """It was called and the PBX took its 603."""
        return self._telephone.went_as_written()
