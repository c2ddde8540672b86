"""The adapter that the settings name."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from agent_toolbar.application.ports.availability import Availability
from agent_toolbar.application.ports.runtime import Clock, Dispatcher, Timers
from agent_toolbar.application.ports.settings import (
    AccountSettings,
    AvailabilityAdapter,
    AvailabilitySettings,
    SecretVault,
)
from agent_toolbar.application.ports.telephony import TelephonyEngine
from agent_toolbar.availability.feature_code import FeatureCodeAvailability
from agent_toolbar.availability.phone_only import PhoneOnlyAvailability
from agent_toolbar.availability.rest import RestAvailability
from agent_toolbar.availability.sip_message import SipMessageAvailability

TOKEN_BYTES = 4


def adapter_for(
    settings: AvailabilitySettings,
    account: Callable[[], AccountSettings],
    engine: TelephonyEngine,
    timers: Timers,
    clock: Clock,
    *,
    vault: SecretVault,
    dispatcher: Dispatcher,
) -> Availability:
    if settings.adapter is AvailabilityAdapter.SIP_MESSAGE:
        return SipMessageAvailability(
            settings,
            account,
            engine,
            timers=timers,
            clock=clock,
            new_token=lambda: secrets.token_hex(TOKEN_BYTES),
        )
    if settings.adapter is AvailabilityAdapter.FEATURE_CODE:
        return FeatureCodeAvailability(settings, account, engine, timers=timers, clock=clock)
    if settings.adapter is AvailabilityAdapter.REST:
        return RestAvailability(settings.rest, vault=vault, timers=timers, clock=clock, dispatcher=dispatcher)
    return PhoneOnlyAvailability(engine, clock)
