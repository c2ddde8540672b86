"""Functions of the SIP library that PJSUA2 of this version has no call for. SIP thread only."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pjsua2 as pj


def library_function(name: str, *arguments: Any) -> Callable[..., int]:  # noqa: ANN401 - types of ctypes
    """`name` as the library exports it, with `arguments` as its types; it gives a pj_status_t."""
    library = ctypes.CDLL(str(next(Path(pj.__file__).parent.glob("_pjsua2*"))))
    function = getattr(library, name)
    function.argtypes = list(arguments)
    function.restype = ctypes.c_int
    return function  # type: ignore[no-any-return]
