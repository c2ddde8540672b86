"""A WebSocket client (RFC 6455) that can do what no browser lets a page do: forge headers, flood, not read."""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
from collections.abc import Callable

Wait = Callable[[Callable[[], bool]], None]

TEXT, BINARY, CLOSE = 1, 2, 8


class WebSocketClient:
    """Never blocks: the server runs on the thread of the test, so that every wait must let it work."""

    def __init__(self, port: int, wait: Wait) -> None:
        self._wait = wait
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setblocking(False)
        self._received = b""
        self.port = port
        self.ended = False
        self.close_code = 0
        self.close_words = ""
        self.messages: list[dict[str, object]] = []
        self._ids = 0

    def connect(self, origin: str | None, host: str = "") -> int:
        """The HTTP status of the handshake, 0 if the connection was ended without one."""
        key = base64.b64encode(os.urandom(16)).decode()
        headers = [
            "GET / HTTP/1.1",
            f"Host: {host or f'127.0.0.1:{self.port}'}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
        ]
        if origin is not None:
            headers.append(f"Origin: {origin}")
        self._socket.sendall(("\r\n".join(headers) + "\r\n\r\n").encode())
        self._wait(lambda: self._read() or b"\r\n\r\n" in self._received or self.ended)
        head, found, self._received = self._received.partition(b"\r\n\r\n")
        return int(head.split(b" ")[1]) if found else 0

    # ------------------------------------------------------------------ messages

    def send(self, kind: str, **members: object) -> int:
        """A request; answers its id."""
        self._ids += 1
        self.send_text(json.dumps({"v": 1, "id": self._ids, "type": kind, **members}))
        return self._ids

    def ask(self, kind: str, **members: object) -> dict[str, object]:
        """The answer to a request."""
        re = self.send(kind, **members)
        return self.expect(lambda message: message.get("re") == re and message["type"] != "dial_settled")

    def expect(self, which: Callable[[dict[str, object]], bool]) -> dict[str, object]:
        """The first message like this, which is then taken away."""
        self._wait(lambda: self._poll() or any(which(one) for one in self.messages))
        found = next(one for one in self.messages if which(one))
        self.messages.remove(found)
        return found

    def expect_type(self, kind: str) -> dict[str, object]:
        return self.expect(lambda message: message["type"] == kind)

    def expect_end(self) -> tuple[int, str]:
        """Close code and words; (0, "") for a connection that was cut off."""
        self._wait(lambda: self._poll() or self.ended)
        return self.close_code, self.close_words

    # ------------------------------------------------------------------ frames

    def send_text(self, text: str) -> None:
        self.send_frame(TEXT, text.encode())

    def send_frame(self, opcode: int, payload: bytes) -> None:
        """A whole, masked frame (RFC 6455 section 5.2)."""
        mask = os.urandom(4)
        size = len(payload)
        if size < 126:
            length = struct.pack("!B", 0x80 | size)
        elif size < 65_536:
            length = struct.pack("!BH", 0x80 | 126, size)
        else:
            length = struct.pack("!BQ", 0x80 | 127, size)
        pad = (mask * (size // 4 + 1))[:size]
        masked = (int.from_bytes(payload, "big") ^ int.from_bytes(pad, "big")).to_bytes(size, "big")
        self.send_raw(bytes([0x80 | opcode]) + length + mask + masked)

    def send_raw(self, data: bytes) -> None:
        """All of it, or as much as a server takes that hangs up meanwhile."""
        left = memoryview(data)

        def sent() -> bool:
            nonlocal left
            try:
                left = left[self._socket.send(left) :]
            except BlockingIOError:
                pass
            except (BrokenPipeError, ConnectionResetError):
                return True
            return not left

        self._wait(sent)

    def close(self) -> None:
        self._socket.close()

    # ------------------------------------------------------------------ inside

    def _read(self) -> bool:
        """Takes in what came; always False, for use in waits."""
        try:
            data = self._socket.recv(65_536)
        except BlockingIOError:
            return False
        except ConnectionResetError:
            data = b""
        self.ended = self.ended or not data
        self._received += data
        return False

    def _poll(self) -> bool:
        self._read()
        while (frame := self._take_frame()) is not None:
            opcode, payload = frame
            if opcode == TEXT:
                self.messages.append(json.loads(payload))
            elif opcode == CLOSE:
                self.close_code, self.close_words = struct.unpack("!H", payload[:2])[0], payload[2:].decode()
                self.ended = True
        return False

    def _take_frame(self) -> tuple[int, bytes] | None:
        data = self._received
        if len(data) < 2:
            return None
        size, start = data[1] & 0x7F, 2
        if size >= 126:
            width = 2 if size == 126 else 8
            if len(data) < 2 + width:
                return None
            size, start = int.from_bytes(data[2 : 2 + width], "big"), 2 + width
        if len(data) < start + size:
            return None
        self._received = data[start + size :]
        return data[0] & 0x0F, data[start : start + size]
