"""OpenLDAP's slapd as Debian packages it, unpacked into the lab's cache: nothing is installed, no service is started.

Where it cannot be had: LabUnavailableError.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ldap3 import MODIFY_REPLACE, Connection, Server

from tests.lab.asterisk_packages import LabUnavailableError
from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until
from tests.lab.free_ports import free_range
from tests.lab.lab_cache import lab_cache, locked

BASE = "dc=lab,dc=test"
PEOPLE = f"ou=people,{BASE}"
USER, PASSWORD = f"cn=reader,{BASE}", "not-a-secret-of-the-reader"
READY_S = 60.0
PAGE_LIMIT = 200  # smaller than what is in the directory, so that everything comes in pages
_CONFIGURATION = """
include {schema}/core.schema
include {schema}/cosine.schema
include {schema}/inetorgperson.schema
include {folder}/directory.schema
{tls}
pidfile {folder}/slapd.pid
modulepath {modules}
moduleload back_mdb
rootDSE {folder}/root.ldif
sizelimit size.soft={limit} size.hard={limit} size.prtotal=unlimited
require none
database mdb
suffix {base}
rootdn cn=admin,{base}
rootpw admin
directory {folder}/data
maxsize 268435456
dbnosync
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{user}" read by * none
"""
# What Active Directory has and OpenLDAP has not, so that its way of counting can be told by a real server.
_SCHEMA = """
attributetype ( 1.2.840.113556.1.2.120 NAME 'uSNChanged' SYNTAX 1.3.6.1.4.1.1466.115.121.1.27
  EQUALITY integerMatch ORDERING integerOrderingMatch SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' SYNTAX 1.3.6.1.4.1.1466.115.121.1.40
  EQUALITY octetStringMatch SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.146 NAME 'company' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.18 NAME 'otherTelephone' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.2.840.113556.1.4.721 NAME 'ipPhone' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.2.840.113556.1.6.18.1.9 NAME 'msRTCSIP-Line' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.32473.1.1 NAME 'highestCommittedUSN' SYNTAX 1.3.6.1.4.1.1466.115.121.1.27
  SINGLE-VALUE )
attributetype ( 1.3.6.1.4.1.32473.1.2 NAME 'dsServiceName' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.32473.2.1 NAME 'labUser' AUXILIARY
  MAY ( uSNChanged $ objectGUID $ company $ otherTelephone $ ipPhone $ msRTCSIP-Line ) )
"""


class SlapdServer:
    """One running server; the reader may read, everybody else nothing.

    Attributes:
        url, secure_url: ldap:// and ldaps:// of it on loopback; the second only with a certificate.
    """

    def __init__(self, folder: Path, certificate: tuple[Path, Path] | None = None, host: str = "127.0.0.1") -> None:
        """`folder` is this run's own. Raises LabUnavailableError."""
        self._folder = folder
        self._root = _provide()
        self._port = free_range(2)
        self._tls = certificate is not None
        self.url = f"ldap://{host}:{self._port}"
        self.secure_url = f"ldaps://{host}:{self._port + 1}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "data").mkdir()
        (folder / "directory.schema").write_text(_SCHEMA)
        tls = ""
        if certificate is not None:
            tls = f"TLSCertificateFile {certificate[0]}\nTLSCertificateKeyFile {certificate[1]}"
        modules = self._root / "usr/lib/ldap"
        (folder / "slapd.conf").write_text(
            _CONFIGURATION.format(
                schema=self._root / "etc/ldap/schema",
                folder=folder,
                modules=modules,
                tls=tls,
                limit=PAGE_LIMIT,
                base=BASE,
                user=USER,
            )
        )
        self.count(None)
        self._process: ChildProcess | None = None

    def count(self, highest: int | None, server: str = "dc1") -> None:
        """With `highest` it says of itself what Active Directory does; holds from the next start on."""
        told = f"dn:\nhighestCommittedUSN: {highest}\ndsServiceName: {server}\n" if highest is not None else ""
        (self._folder / "root.ldif").write_text(told)

    def load(self, people: Sequence[str]) -> None:
        """Puts entries (LDIF without the parents) into a directory that does not run."""
        parents = (
            f"dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\ndc: lab\no: Lab\n\n"
            f"dn: {USER}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: reader\n"
            f"userPassword: {PASSWORD}\n\ndn: {PEOPLE}\nobjectClass: organizationalUnit\nou: people\n\n"
        )
        file = self._folder / "people.ldif"
        file.write_text(parents + "\n\n".join(people) + "\n")
        self._run("-T", "add", "-q", "-l", file)

    def start(self) -> None:
        """Comes back when it answers."""
        urls = f"ldap://127.0.0.1:{self._port}" + (f" ldaps://127.0.0.1:{self._port + 1}" if self._tls else "")
        command = [self._program, "-d", "0", "-f", self._folder / "slapd.conf", "-h", urls]
        self._process = ChildProcess(command, self._folder / "slapd.log", self._environ())
        wait_until(self._answers, READY_S, self._process.output)

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop()
            self._process = None

    def change(self, cn: str, **values: object) -> None:
        """Replaces values of a person, as the administrator."""
        with self._administrator() as connection:
            assert connection.modify(
                f"cn={cn},{PEOPLE}", {name: [(MODIFY_REPLACE, [value])] for name, value in values.items()}
            ), connection.result

    def delete(self, cn: str) -> None:
        with self._administrator() as connection:
            assert connection.delete(f"cn={cn},{PEOPLE}"), connection.result

    @contextmanager
    def _administrator(self) -> Iterator[Connection]:
        connection = Connection(Server(self.url), f"cn=admin,{BASE}", "admin", auto_bind=True)
        try:
            yield connection
        finally:
            connection.unbind()

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.running(), self._process.output()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self._port)) == 0

    @property
    def _program(self) -> Path:
        return self._root / "usr/sbin/slapd"

    def _environ(self) -> dict[str, str]:
        libraries = self._root / "usr/lib" / sysconfig.get_config_var("MULTIARCH")
        return {**os.environ, "LD_LIBRARY_PATH": f"{libraries}:{self._root / 'usr/lib/ldap'}"}

    def _run(self, *arguments: str | Path) -> None:
        try:
            subprocess.run(
                [self._program, *arguments, "-f", self._folder / "slapd.conf"],
                env=self._environ(),
                check=True,
                capture_output=True,
                text=True,
                timeout=READY_S,
            )
        except subprocess.CalledProcessError as error:
            raise AssertionError(error.stderr) from error


def person(cn: str, *, guid: bytes = b"", **values: str | list[str]) -> str:
    """An entry as LDIF (RFC 2849); a list gives an attribute several values."""
    lines = [f"dn: cn={cn},{PEOPLE}", "objectClass: inetOrgPerson", "objectClass: labUser", f"cn: {cn}", "sn: x"]
    for name, value in values.items():
        lines += [f"{name.replace('_', '-')}: {one}" for one in ([value] if isinstance(value, str) else value)]
    if guid:
        lines.append(f"objectGUID:: {base64.b64encode(guid).decode()}")
    return "\n".join(lines)


def _provide() -> Path:
    """The unpacked packages, fetched first if need be."""
    for tool in ("apt-get", "apt-cache", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise LabUnavailableError(f"slapd cannot be unpacked: {tool} is not here (no Debian)")
    cache = lab_cache()
    cache.mkdir(parents=True, exist_ok=True)
    root = cache / "slapd"
    with locked(cache / "slapd.lock"):
        if not (root / "usr/sbin/slapd").exists():
            _unpack(root)
    return root


def _unpack(root: Path) -> None:
    try:
        with tempfile.TemporaryDirectory(prefix="unpack-", dir=root.parent) as folder:
            depends = _output(folder, "apt-cache", "depends", "--important", "slapd")
            found = {line.split()[-1] for line in depends.splitlines() if line.strip().startswith("Depends: lib")}
            needed = [name for name in found if name not in {"libc6", "libcrypt1"}]
            _output(folder, "apt-get", "-o", "APT::Sandbox::User=", "download", "slapd", *needed)
            for package in Path(folder).glob("*.deb"):
                _output(folder, "dpkg-deb", "-x", str(package), str(Path(folder) / "root"))
            shutil.rmtree(root, ignore_errors=True)
            (Path(folder) / "root").rename(root)
    except subprocess.CalledProcessError as error:
        raise LabUnavailableError(f"slapd cannot be unpacked: {(error.stderr or '').strip()[-500:]}") from error


def _output(folder: str, *command: str) -> str:
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
