"""What Qt does not tell about PulseAudio, by a connection of our own: removed devices, and whether the server lives.

Main thread. Needed for two faults of Qt 6.11 (QPulseAudioContextManager), see `gone` and `alive`.
"""

from __future__ import annotations

import ctypes
import time
from typing import Any

_NO_AUTOSPAWN = 1  # PA_CONTEXT_NOAUTOSPAWN
_READY = 4  # PA_CONTEXT_READY; what is above has ended
_SINK_AND_SOURCE = 0x0003  # PA_SUBSCRIPTION_MASK_SINK | PA_SUBSCRIPTION_MASK_SOURCE
_CHANGE = 0x0010  # PA_SUBSCRIPTION_EVENT_CHANGE: neither new nor removed
_TYPE_MASK = 0x0030

_Subscribed = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32, ctypes.c_void_p)
_Listed = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_void_p)


class PulseServer:
    """The PulseAudio server of this desktop, looked at from time to time by `poll`.

    Attributes:
        gone: names of sinks and sources that were there and are not any more. WORKAROUND: Qt forgets a removed device
            without saying so, unless the default changed with it.
        alive: the connection stands. WORKAROUND: while it does not, Qt's calls into libpulse end the process.
    """

    def __init__(self) -> None:
        """Raises OSError where libpulse is missing."""
        self._pulse = _library()
        self._loop = self._pulse.pa_mainloop_new()
        self._context: int | None = None
        self._subscribed = False
        self._stale = True
        self._lists_left = 0
        self._listing: set[str] = set()
        self._seen: set[str] = set()
        self._on_event = _Subscribed(self._note_event)  # libpulse keeps their addresses, so these two must stay
        self._on_device = _Listed(self._note_device)
        self.alive = False
        self.gone: frozenset[str] = frozenset()

    @property
    def settled(self) -> bool:
        """No answer is awaited."""
        return self._context is None or (self.alive and not self._stale and not self._lists_left)

    def poll(self) -> None:
        """Takes in what the server said since, and connects if it can. Never waits."""
        if self._context is None:
            self._connect()
        while self._pulse.pa_mainloop_iterate(self._loop, 0, None) > 0:
            self._advance()

    def poll_until_settled(self, timeout_s: float) -> None:
        deadline = time.monotonic() + timeout_s
        self.poll()
        while not self.settled and time.monotonic() < deadline:
            self._pulse.pa_mainloop_prepare(self._loop, 10_000)
            self._pulse.pa_mainloop_poll(self._loop)
            self._pulse.pa_mainloop_dispatch(self._loop)
            self._advance()

    def close(self) -> None:
        self._disconnect()
        self._pulse.pa_mainloop_free(self._loop)

    def _connect(self) -> None:
        api = self._pulse.pa_mainloop_get_api(self._loop)
        self._context = self._pulse.pa_context_new(api, b"agent-toolbar devices")
        self._subscribed, self._stale, self._lists_left = False, True, 0
        if self._pulse.pa_context_connect(self._context, None, _NO_AUTOSPAWN, None) < 0:
            self._disconnect()

    def _disconnect(self) -> None:
        self.alive = False
        if self._context is not None:
            self._pulse.pa_context_disconnect(self._context)
            self._pulse.pa_context_unref(self._context)
            self._context = None

    def _advance(self) -> None:
        state = self._pulse.pa_context_get_state(self._context) if self._context is not None else 0
        if state > _READY:
            self._disconnect()
        elif state == _READY:
            self.alive = True
            self._subscribe()
            if self._stale and not self._lists_left:
                self._ask()

    def _subscribe(self) -> None:
        if not self._subscribed:
            self._subscribed = True
            self._pulse.pa_context_set_subscribe_callback(self._context, self._on_event, None)
            self._release(self._pulse.pa_context_subscribe(self._context, _SINK_AND_SOURCE, None, None))

    def _ask(self) -> None:
        self._stale, self._lists_left = False, 2
        self._listing = set()
        for ask in (self._pulse.pa_context_get_sink_info_list, self._pulse.pa_context_get_source_info_list):
            self._release(ask(self._context, self._on_device, None))

    def _release(self, operation: int | None) -> None:
        if operation:
            self._pulse.pa_operation_unref(operation)

    def _note_event(self, _context: int, event: int, _index: int, _userdata: int) -> None:
        if event & _TYPE_MASK != _CHANGE:
            self._stale = True

    def _note_device(
        self, _context: int, device: ctypes.Array[ctypes.c_char_p], end_of_list: int, _userdata: int
    ) -> None:
        """`device` points to a pa_sink_info or pa_source_info, whose first member is the name."""
        if not end_of_list:
            name: Any = device[0]  # ctypes makes bytes of it
            self._listing.add(name.decode("utf-8", "backslashreplace"))
            return
        self._lists_left -= 1
        if self._lists_left == 0:
            self._seen |= self._listing
            self.gone = frozenset(self._seen - self._listing)


def _library() -> ctypes.CDLL:
    pulse = ctypes.CDLL("libpulse.so.0")
    pointer, number = ctypes.c_void_p, ctypes.c_int
    signatures: dict[str, tuple[Any, list[Any]]] = {
        "pa_mainloop_new": (pointer, []),
        "pa_mainloop_get_api": (pointer, [pointer]),
        "pa_mainloop_iterate": (number, [pointer, number, pointer]),
        "pa_mainloop_prepare": (number, [pointer, number]),
        "pa_mainloop_poll": (number, [pointer]),
        "pa_mainloop_dispatch": (number, [pointer]),
        "pa_mainloop_free": (None, [pointer]),
        "pa_context_new": (pointer, [pointer, ctypes.c_char_p]),
        "pa_context_connect": (number, [pointer, ctypes.c_char_p, number, pointer]),
        "pa_context_disconnect": (None, [pointer]),
        "pa_context_unref": (None, [pointer]),
        "pa_context_get_state": (number, [pointer]),
        "pa_context_set_subscribe_callback": (None, [pointer, _Subscribed, pointer]),
        "pa_context_subscribe": (pointer, [pointer, number, pointer, pointer]),
        "pa_context_get_sink_info_list": (pointer, [pointer, _Listed, pointer]),
        "pa_context_get_source_info_list": (pointer, [pointer, _Listed, pointer]),
        "pa_operation_unref": (None, [pointer]),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(pulse, name)
        function.restype, function.argtypes = result, arguments
    return pulse
