"""Tryton 8 from PyPI, a real CRM: installed once into the lab's cache, its database made once and copied for each run.

See tryton/make_database.py for who and what is in it. Where it cannot be had: LabUnavailableError.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.lab.asterisk_packages import LabUnavailableError
from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until
from tests.lab.free_ports import free_port
from tests.lab.lab_cache import lab_cache, locked

HERE = Path(__file__).parent / "tryton"
PACKAGES = ("trytond", "trytond_party", "trytond_sale_opportunity", "trytond_country", "phonenumbers")
DATABASE = "lab"
USER = "alice"
KEY = "key-of-alice-for-the-lab-and-nothing-else"
PASSWORD = "not-a-secret-of-alice"
READY_S = 60.0
MAKE_S = 600
_CONFIGURATION = """[database]
uri = sqlite://
path = {folder}
[web]
listen = 127.0.0.1:{port}
[session]
authentications = password
"""


class TrytonServer:
    """One running server on loopback. `stop` and `start` play its outage; what was written stays.

    Attributes:
        url: base address, as the settings of a CRM want it.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` is this run's own. Raises LabUnavailableError."""
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._process: ChildProcess | None = None
        self._python, self._made = _provide()
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(self._made, self._database)
        (folder / "trytond.conf").write_text(_CONFIGURATION.format(folder=folder, port=self.port))

    def start(self) -> None:
        """Comes back when it answers."""
        command = [self._python, self._python.with_name("trytond"), "-c", self._folder / "trytond.conf", "-d", DATABASE]
        self._process = ChildProcess(command, self._folder / "trytond.log")
        wait_until(self._answers, READY_S, self._process.output)

    def reset(self) -> None:
        """It runs and holds what it held in the beginning; written over in place, under SQLite's own locks."""
        with (
            closing(sqlite3.connect(self._made)) as made,
            closing(sqlite3.connect(self._database, timeout=READY_S)) as used,
        ):
            made.backup(used)
        if self._process is None or not self._process.running():
            self.start()

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop()
            self._process = None

    def kill(self) -> None:
        """As a crash would end it."""
        assert self._process is not None
        self._process.kill()
        self._process = None

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What is in its database, seen past the server."""
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True, timeout=READY_S)) as connection:
            return connection.execute(statement, values).fetchall()

    def party(self, name: str) -> str:
        """The id of a party."""
        return str(self.rows("SELECT id FROM party_party WHERE name = ?", name)[0][0])

    def notes(self, party: str = "") -> list[str]:
        """The notes on a party, oldest first; on all of them for ""."""
        where = ("WHERE resource = ?", f"party.party,{party}") if party else ("",)
        return [text for (text,) in self.rows(f"SELECT message FROM ir_note {where[0]} ORDER BY id", *where[1:])]

    @property
    def _database(self) -> Path:
        return self._folder / f"{DATABASE}.sqlite"

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.running(), self._process.output()
        try:
            urlopen(f"{self.url}/{DATABASE}/rest/model/party.party", timeout=READY_S).close()
        except HTTPError as refusal:
            refusal.close()
            return refusal.code == 401
        except OSError:
            return False
        return True


@contextmanager
def tryton_server() -> Iterator[TrytonServer]:
    """A running server, gone afterwards with everything in it. Raises LabUnavailableError."""
    with tempfile.TemporaryDirectory(prefix="at-tryton-", ignore_cleanup_errors=True) as folder:
        server = TrytonServer(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _provide() -> tuple[Path, Path]:
    """The Python that has Tryton, and the database to copy; both made first if need be (about 45 s)."""
    constraints, script = HERE / "constraints.txt", HERE / "make_database.py"
    cache = lab_cache()
    cache.mkdir(parents=True, exist_ok=True)
    version = _digest(constraints)
    environment = cache / f"tryton-{version}"
    database = cache / f"tryton-{version}-{_digest(script)}.sqlite"
    with locked(cache / "tryton.lock"):
        if not (environment / "complete").exists():
            _install(environment, constraints)
        if not database.exists():
            _make_database(environment, script, database)
    return environment / "bin/python", database


def _install(environment: Path, constraints: Path) -> None:
    """Into an environment of its own: none of it comes near the toolbar's."""
    shutil.rmtree(environment, ignore_errors=True)
    _run(sys.executable, "-m", "venv", "--without-pip", environment)
    pip = (sys.executable, "-m", "pip", "--python", environment / "bin/python")
    quiet = ("-qq", "--disable-pip-version-check", "--no-input", "--no-compile")
    _run(*pip, "install", *quiet, "--only-binary=:all:", "--constraint", constraints, *PACKAGES)
    (environment / "complete").touch()


def _make_database(environment: Path, script: Path, database: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="making-", dir=database.parent) as folder:
        _run(environment / "bin/python", script, folder, DATABASE, KEY, PASSWORD)
        made = Path(folder) / f"{DATABASE}.sqlite"
        with sqlite3.connect(made) as connection:  # one file to copy, nothing left in a log beside it
            connection.execute("PRAGMA journal_mode = DELETE")
        connection.close()
        made.rename(database)


def _run(*command: str | Path) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=MAKE_S, stdin=subprocess.DEVNULL)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        said = error.stderr if isinstance(error.stderr, str) else ""
        raise LabUnavailableError(f"Tryton cannot be made ready: {said.strip()[-800:] or error}") from error


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


if __name__ == "__main__":  # how long each part takes
    began = time.monotonic()
    _provide()
    print(f"ready to start after {time.monotonic() - began:.1f} s")
    began = time.monotonic()
    with tryton_server() as running:
        print(f"answers after {time.monotonic() - began:.1f} s at {running.url}")
        if "--wait" in sys.argv:
            input("Enter ends it. ")
