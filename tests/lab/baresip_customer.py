"""A customer's telephone with real sound."""

from __future__ import annotations

from pathlib import Path

from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_phone import BaresipPhone

NUMBERS = {"marie": "+33123456789", "jean": "+33987654321"}


class BaresipCustomer(BaresipPhone):
    """One telephone, registered as "marie" or "jean" of pjsip.conf."""

    def __init__(
        self, pbx: AsteriskPbx, folder: Path, name: str = "marie", *, voice_hz: int, answers: bool = True
    ) -> None:
        super().__init__(
            pbx,
            folder,
            name,
            password=f"customer-{name}",
            number=NUMBERS[name],
            voice_hz=voice_hz,
            answers=answers,
        )
