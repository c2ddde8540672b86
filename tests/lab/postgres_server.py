"""PostgreSQL of Debian: a cluster of the tests' own, on a free port of loopback, as an unprivileged user."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.lab.asterisk_packages import LabUnavailableError
from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until
from tests.lab.free_ports import free_port

USER = "desk"
PASSWORD = "not-a-secret"
READY_S = 30.0
_ANYWHERE = Path("/usr/lib/postgresql")  # Debian keeps the server's programs off the path, a folder for each version
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "log_statement": "none",
    "lc_messages": "C",
}


class PostgresServer:
    """One cluster. It asks for a password (SCRAM), as a team's server does; `stop` and `start` play its restart."""

    def __init__(self, folder: Path) -> None:
        """`folder` is empty and has a short name. Raises LabUnavailableError."""
        self.port = free_port()
        self._folder = folder
        self._programs = _programs()
        self._as_somebody = _as_somebody(folder)
        self._initialise()
        self._server: ChildProcess | None = None
        self._databases = itertools.count(1)

    def url(self, database: str = "postgres", user: str = USER) -> str:
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The URL of an empty database that no other test uses."""
        name = f"stories_{next(self._databases)}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Runs one statement as the owner; its rows, if it has any."""
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user=USER, password=PASSWORD, dbname=database, autocommit=True
        ) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def start(self) -> None:
        options = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [self._programs / "postgres", "-D", self._folder / "cluster", "-p", str(self.port), *options]
        self._server = ChildProcess([*self._as_somebody, *command], self._folder / "postgres.log")
        wait_until(self._ready, READY_S, self._server.output)

    def stop(self) -> None:
        """Fast shutdown: clients are cut off. (SIGTERM would wait until they leave by themselves.)"""
        if self._server is not None:
            if self._server.running():
                os.kill(self._server.pid, signal.SIGINT)
                self._server.wait(READY_S)
            self._server.stop()
            self._server = None

    @property
    def pid(self) -> int:
        assert self._server is not None
        return self._server.pid

    def _initialise(self) -> None:
        password_file = self._folder / "password"
        password_file.write_text(PASSWORD)
        if self._as_somebody:
            shutil.chown(password_file, "nobody")
        subprocess.run(
            [
                *self._as_somebody,
                *(self._programs / "initdb", "-D", self._folder / "cluster", "-U", USER, "--pwfile", password_file),
                *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"),
            ],
            cwd=self._folder,
            check=True,
            capture_output=True,
        )

    def _ready(self) -> bool:
        assert self._server is not None
        assert self._server.running(), self._server.output()
        asked = [self._programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked, check=False).returncode == 0


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A running server, gone afterwards with everything in it. Raises LabUnavailableError."""
    with tempfile.TemporaryDirectory(prefix="at-pg-", ignore_cleanup_errors=True) as folder:
        server = PostgresServer(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _programs() -> Path:
    """The newest version's folder of programs."""
    found = sorted(_ANYWHERE.glob("*/bin/initdb"), key=lambda program: float(program.parts[-3]))
    if not found:
        raise LabUnavailableError("PostgreSQL's server is missing (Debian package postgresql)")
    return found[-1].parent


def _as_somebody(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then it is nobody, who owns the folder. It ends with the tests, too."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "nobody")
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--pdeathsig=KILL", "--"]
