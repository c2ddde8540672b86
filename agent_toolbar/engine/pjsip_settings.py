"""Settings of PJSIP that PJSUA2 does not show (pjsip/sip_config.h, pjsip_cfg_t), reached with ctypes."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pjsua2 as pj

_KEEP_CALL_AFTER_TIMEOUT = 12
_TRANSACTION_LIMITS = slice(13, 18)  # max_count, and T1, T2, T4, TD in ms
_AS_BUILT = [1023, 500, 4000, 5000, 32000]


def keep_calls_after_timeouts() -> bool:
    """A request inside a call that gets no answer, or 408, leaves the call alone; False on another layout.

    RFC 3261 section 12.2.1.2 would have the call ended, and the library does: a PBX that does not answer a REFER would
    cost the customer. A 481 still ends the call, for then the PBX does not know it.
    """
    library = ctypes.CDLL(str(next(Path(pj.__file__).parent.glob("_pjsua2*"))))
    settings = (ctypes.c_int * 18).in_dll(library, "pjsip_sip_cfg_var")
    if list(settings)[_TRANSACTION_LIMITS] != _AS_BUILT or settings[_KEEP_CALL_AFTER_TIMEOUT] not in {0, 1}:
        return False
    settings[_KEEP_CALL_AFTER_TIMEOUT] = 1
    return True
