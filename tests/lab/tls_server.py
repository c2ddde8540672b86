"""A SIP server over TLS that shows the certificate it is given."""

from __future__ import annotations

import socket
import ssl
import threading
from pathlib import Path

from agent_toolbar.sip_text.sip_message import SipRequest, SipResponse, parse_message

HOST = "127.0.0.1"
COPIED = {"via", "from", "to", "call-id", "cseq"}


class TlsServer:
    """Answers each request with 200, and keeps what it was sent."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate, key)
        self._listening = socket.create_server((HOST, 0))
        self._thread = threading.Thread(target=self._serve)
        self.port: int = self._listening.getsockname()[1]
        self.requests: list[SipRequest] = []
        self._thread.start()

    def stop(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._listening.accept()
            except OSError:
                return  # stopped
            with plain:
                try:
                    with self._context.wrap_socket(plain, server_side=True) as peer:
                        self._answer(peer)
                except OSError:
                    continue  # a peer that does not trust us, or speaks no TLS

    def _answer(self, peer: ssl.SSLSocket) -> None:
        while raw := peer.recv(8192):
            request = parse_message(raw)
            assert isinstance(request, SipRequest)
            self.requests.append(request)
            copied = tuple((name, value) for name, value in request.fields if name.lower() in COPIED)
            peer.sendall(SipResponse(status=200, reason="OK", fields=copied).to_bytes())
