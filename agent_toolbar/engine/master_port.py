"""The conference bridge's master port (pjmedia_port), called by ctypes: no Python director in the media path.

Used by the media clock's thread alone, which must be registered with PJLIB.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path

import pjsua2

from agent_toolbar.engine.frame_ring import FRAME_BYTES, FRAME_SAMPLES, SILENCE

_AUDIO = 1  # PJMEDIA_FRAME_TYPE_AUDIO


class _Frame(ctypes.Structure):
    """pjmedia_frame (pjmedia/frame.h)."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("buf", ctypes.c_void_p),
        ("size", ctypes.c_size_t),
        ("timestamp", ctypes.c_uint64),
        ("bit_info", ctypes.c_uint32),
    )


class MasterPort:
    """Both directions of the bridge's master port.

    `address` is what AudDevManager.setNoDev() returned, for a bridge of 16 kHz, mono, 20 ms.
    """

    def __init__(self, address: int) -> None:
        library = _library()
        self._put = library.pjmedia_port_put_frame
        self._get = library.pjmedia_port_get_frame
        self._port = ctypes.c_void_p(address)
        self._timestamp = 0
        self._spoken = ctypes.create_string_buffer(FRAME_BYTES)
        self._heard = ctypes.create_string_buffer(FRAME_BYTES)
        self._spoken_frame = _Frame(buf=ctypes.addressof(self._spoken))
        self._heard_frame = _Frame(buf=ctypes.addressof(self._heard))
        self._spoken_reference = ctypes.byref(self._spoken_frame)
        self._heard_reference = ctypes.byref(self._heard_frame)

    def put(self, spoken: bytes) -> None:
        """Gives a frame from the microphone. The bridge's delay buffer (WSOLA) evens out none or two per tick."""
        ctypes.memmove(self._spoken, spoken, FRAME_BYTES)
        self._arm(self._spoken_frame)
        self._put(self._port, self._spoken_reference)

    def get(self) -> bytes:
        """One tick of the bridge: mixes, encodes and sends, carries out what waits, returns the speaker's frame."""
        self._arm(self._heard_frame)
        self._get(self._port, self._heard_reference)
        self._timestamp += FRAME_SAMPLES
        return self._heard.raw if self._heard_frame.type == _AUDIO else SILENCE

    def _arm(self, frame: _Frame) -> None:
        frame.type = _AUDIO
        frame.size = FRAME_BYTES
        frame.timestamp = self._timestamp


@cache
def _library() -> ctypes.CDLL:
    """The extension module of pjsua2, which exports the C functions of PJMEDIA (same copy as Python's)."""
    (extension,) = (path for path in Path(pjsua2.__file__).parent.glob("_pjsua2*") if path.suffix in {".so", ".pyd"})
    library = ctypes.CDLL(str(extension))
    for function in (library.pjmedia_port_put_frame, library.pjmedia_port_get_frame):
        function.argtypes = [ctypes.c_void_p, ctypes.POINTER(_Frame)]
        function.restype = ctypes.c_int
    return library
