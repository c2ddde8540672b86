"""A named owner-only endpoint of this profile: a Unix socket, or on Windows a loopback port with a secret in a file."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from agent_toolbar import paths

_BACKLOG = 16


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a process of this profile listens.

    Attributes:
        name: "control" or "engine".
        folder: the owner-only folder it lies in; the profile's runtime folder unless a test says otherwise.
    """

    name: str
    folder: Path

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
            server = socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG)
            secret = secrets.token_urlsafe(24)
            self._card.write_text(json.dumps({"port": server.getsockname()[1], "secret": secret}))
            return server, secret
        self.path.unlink(missing_ok=True)
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        mask = os.umask(0o177)
        try:
            server.bind(str(self.path))
        finally:
            os.umask(mask)
        server.listen(_BACKLOG)
        return server, ""

    def connect(self, timeout_s: float) -> tuple[socket.socket, str]:
        """A connected socket and the secret to show.

        Raises OSError (FileNotFoundError, ConnectionRefusedError, TimeoutError) when nobody listens.
        """
        if sys.platform == "win32":
            card = json.loads(self._card.read_text())
            return socket.create_connection(("127.0.0.1", card["port"]), timeout_s), card["secret"]
        client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        client.settimeout(timeout_s)
        try:
            client.connect(str(self.path))
        except OSError:
            client.close()
            raise
        return client, ""

    def remove(self) -> None:
        """Takes the address away; called by the listener when it stops."""
        for left in (self.path, self._card):
            with contextlib.suppress(FileNotFoundError):
                left.unlink()
