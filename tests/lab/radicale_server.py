"""Radicale from PyPI, a real CardDAV server: installed once into the lab's cache, on a free port of loopback.

Where it cannot be had: LabUnavailableError.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.lab.asterisk_packages import LabUnavailableError
from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until
from tests.lab.free_ports import free_port
from tests.lab.lab_cache import lab_cache, locked

CONSTRAINTS = Path(__file__).parent / "radicale" / "constraints.txt"
PACKAGES = ("radicale",)
USER, PASSWORD = "alice", "not-a-secret-of-alice"
READY_S = 60.0
MAKE_S = 600
_CONFIGURATION = """[server]
hosts = 127.0.0.1:{port}
max_connections = 20
{tls}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {folder}/collections
[logging]
level = warning
"""


class RadicaleServer:
    """One running server with an empty address book.

    Attributes:
        url: of the address book; path: of it at the server. cards: folder of its cards on the disk.
    """

    def __init__(self, folder: Path, certificate: tuple[Path, Path] | None = None) -> None:
        """`folder` is this run's own. `certificate` and key: it speaks TLS only. Raises LabUnavailableError."""
        self._folder = folder
        self._port = free_port()
        self._tls = certificate is not None
        self.path = f"/{USER}/customers/"
        self.url = f"http{'s' if self._tls else ''}://127.0.0.1:{self._port}{self.path}"
        self._python = _provide()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
        tls = ""
        if certificate is not None:
            tls = f"ssl = True\ncertificate = {certificate[0]}\nkey = {certificate[1]}"
        (folder / "config").write_text(_CONFIGURATION.format(folder=folder, port=self._port, tls=tls))
        self.cards = folder / "collections/collection-root" / USER / "customers"
        self.cards.mkdir(parents=True)
        (self.cards / ".Radicale.props").write_text('{"tag": "VADDRESSBOOK"}')
        self._process: ChildProcess | None = None

    def start(self) -> None:
        """Comes back when it answers."""
        command = [self._python, "-m", "radicale", "--config", self._folder / "config"]
        self._process = ChildProcess(command, self._folder / "radicale.log")
        wait_until(self._answers, READY_S, self._process.output)

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop()
            self._process = None

    def put(self, name: str, card: str) -> None:
        """Writes a card as another client would; not for a server that speaks TLS."""
        self.ask("PUT", name, card.encode(), {"Content-Type": "text/vcard; charset=utf-8"})

    def delete(self, name: str) -> None:
        self.ask("DELETE", name)

    def ask(self, method: str, name: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> bytes:
        token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        request = Request(
            f"http://127.0.0.1:{self._port}{self.path}{name}",
            body or None,
            {"Authorization": f"Basic {token}", **(headers or {})},
            method=method,
        )
        with urlopen(request, timeout=READY_S) as answer:
            return bytes(answer.read())

    def forget_changes(self) -> None:
        """As after a clean-up of the server: no token that it gave out is valid any more."""
        shutil.rmtree(self.cards / ".Radicale.cache", ignore_errors=True)

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.running(), self._process.output()
        if self._tls:
            return "ready" in self._process.output().lower() or _is_listening(self._port)
        try:
            urlopen(f"http://127.0.0.1:{self._port}{self.path}", timeout=READY_S).close()
        except HTTPError as refusal:
            refusal.close()
            return refusal.code == 401
        except OSError:
            return False
        return True


def card(name: str, *numbers: str, uid: str = "", company: str = "") -> str:
    """A vCard 3.0; each number as TEL line content after "TEL" ("" type) or with its own parameters."""
    tels = "".join(f"TEL{'' if number.startswith((':', ';')) else ':'}{number}\r\n" for number in numbers)
    org = f"ORG:{company}\r\n" if company else ""
    key = uid or hashlib.sha256(name.encode()).hexdigest()[:16]
    return f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{key}\r\nFN:{name}\r\nN:{name};;;;\r\n{org}{tels}END:VCARD\r\n"


def _is_listening(port: int) -> bool:
    import socket  # noqa: PLC0415

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _provide() -> Path:
    """The Python that has Radicale, made first if need be."""
    cache = lab_cache()
    cache.mkdir(parents=True, exist_ok=True)
    environment = cache / f"radicale-{hashlib.sha256(CONSTRAINTS.read_bytes()).hexdigest()[:10]}"
    with locked(cache / "radicale.lock"):
        if not (environment / "complete").exists():
            shutil.rmtree(environment, ignore_errors=True)
            _run(sys.executable, "-m", "venv", "--without-pip", environment)
            pip = (sys.executable, "-m", "pip", "--python", environment / "bin/python")
            quiet = ("-qq", "--disable-pip-version-check", "--no-input", "--no-compile")
            _run(*pip, "install", *quiet, "--only-binary=:all:", "--constraint", CONSTRAINTS, *PACKAGES)
            (environment / "complete").touch()
    return environment / "bin/python"


def _run(*command: str | Path) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=MAKE_S, stdin=subprocess.DEVNULL)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        said = error.stderr if isinstance(error.stderr, str) else ""
        raise LabUnavailableError(f"Radicale cannot be made ready: {said.strip()[-800:] or error}") from error
