"""A named owner-only endpoint of this profile: a Unix socket, or on Windows a loopback port with a secret in a file."""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

from agent_toolbar import paths

_BACKLOG = 16


class Endpoint:
    """Where a process of this profile listens.

    A plain class, because `dataclasses` would cost the command line a tenth of its time.

    Attributes:
        name: "control" or "engine".
        folder: the owner-only folder it lies in; the profile's runtime folder unless a test says otherwise.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder

    @classmethod
    def of_profile(cls, name: str) -> Endpoint:
        return cls(name, paths.runtime_dir())

    @property
    def path(self) -> Path:
        return self.folder / f"{self.name}.sock"

    @property
    def _card(self) -> Path:
        return self.folder / f"{self.name}.json"

    def listen(self) -> tuple[socket.socket, str]:
        """A listening socket and the secret that every client must show ("" where the file system guards it).

        The caller holds the profile's lock (see InstanceLock), so whatever lies at the path is stale and is removed.
        """
        if sys.platform == "win32":
            return self._listen_on_loopback()
        self.path.unlink(missing_ok=True)
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            server.bind(str(self.path))
            self.path.chmod(0o600)  # nobody else can enter the folder, so nobody can come in before this line
            server.listen(_BACKLOG)
        except OSError:
            server.close()
            raise
        return server, ""

    def connect(self, timeout_s: float) -> tuple[socket.socket, str]:
        """A connected socket and the secret to show.

        Raises OSError (FileNotFoundError, ConnectionRefusedError, TimeoutError) when nobody listens.
        """
        if sys.platform == "win32":
            return self._connect_on_loopback(timeout_s)
        client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        client.settimeout(timeout_s)
        try:
            client.connect(str(self.path))
        except OSError:
            client.close()
            raise
        return client, ""

    def remove(self) -> None:
        """Takes the address away; called by the listener when it stops, while it still holds the lock."""
        for left in (self.path, self._card):
            left.unlink(missing_ok=True)

    def _listen_on_loopback(self) -> tuple[socket.socket, str]:
        import secrets  # noqa: PLC0415  # slow to import, and clients never need it

        server = socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG)
        secret = secrets.token_urlsafe(24)
        written = self._card.with_suffix(".new")
        written.write_text(json.dumps({"port": server.getsockname()[1], "secret": secret}))
        os.replace(written, self._card)  # noqa: PTH105  # so that no client ever reads half a card
        return server, secret

    def _connect_on_loopback(self, timeout_s: float) -> tuple[socket.socket, str]:
        try:
            card = json.loads(self._card.read_text())
            port, secret = int(card["port"]), str(card["secret"])
        except (ValueError, KeyError, TypeError) as fault:
            raise ConnectionRefusedError(f"{self._card} is damaged") from fault
        return socket.create_connection(("127.0.0.1", port), timeout_s), secret
