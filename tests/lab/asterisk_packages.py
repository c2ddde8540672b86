"""Asterisk as Debian packages it, unpacked into a folder: nothing is installed, nothing of this machine is changed.

Asterisk 22 of Debian unstable, or 16 of Debian 11 where that cannot be had. Needs apt and dpkg, but not root.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.lab.lab_cache import lab_cache, locked

SUITES = ("sid", "bullseye")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
APT_SOURCES = Path("/etc/apt")
_NAMED_ENTRIES = frozenset({"application", "function", "manager", "agi"})
_DEBIAN_ADDRESS = re.compile(r"https?://\S*/debian/?(?=\s|$)", re.MULTILINE)


class LabUnavailableError(RuntimeError):
    """Something of the lab cannot be had on this machine; the message says what and why."""


@dataclass(frozen=True)
class AsteriskPackages:
    """An unpacked Asterisk. `root` holds the packages' file tree."""

    root: Path

    @classmethod
    def provide(cls) -> AsteriskPackages:
        """The cached one, unpacked first if need be (seconds). Raises LabUnavailableError."""
        cache = lab_cache()
        packages = cls(cache / "asterisk")
        if packages.usable():
            return packages
        cache.mkdir(parents=True, exist_ok=True)
        with locked(cache / "asterisk.lock"):
            if not packages.program.is_file():
                for tool in ("apt-get", "dpkg-deb"):
                    if shutil.which(tool) is None:
                        raise LabUnavailableError(f"Asterisk cannot be unpacked: {tool} is not here (no Debian)")
                packages._unpack()
            if not packages.datadir.is_dir():
                packages._abridge()
        return packages

    def usable(self) -> bool:
        return self.program.is_file() and self.datadir.is_dir()

    @property
    def program(self) -> Path:
        return self.root / "usr/sbin/asterisk"

    @property
    def modules(self) -> Path:
        return next(self.root.glob("usr/lib/**/asterisk/modules"))

    @property
    def datadir(self) -> Path:
        """Sounds, and what is left of the documentation."""
        return self.root / "usr/share/asterisk-abridged"

    def command(self, *arguments: str) -> list[str]:
        """How to run it with its own C library, whatever this machine's is."""
        multiarch = sysconfig.get_config_var("MULTIARCH")
        folders = [self.root / "usr/lib" / multiarch, self.root / "lib" / multiarch]
        folders += [self.modules.parent, self.root / "usr/lib"]
        loader = next(path for folder in folders for path in sorted(folder.glob("ld-linux-*.so.*")))
        libraries = ":".join(str(folder) for folder in folders if folder.is_dir())
        return [str(loader), "--library-path", libraries, str(self.program), *arguments]

    def version(self) -> str:
        """Such as "Asterisk 22.10.1"."""
        return subprocess.run(self.command("-V"), capture_output=True, text=True, check=True).stdout.strip()

    def _unpack(self) -> None:
        failures = []
        for suite in SUITES:
            with tempfile.TemporaryDirectory(prefix="unpack-", dir=self.root.parent) as folder:
                try:
                    _download(suite, Path(folder))
                    for package in Path(folder).glob("cache/archives/*.deb"):
                        subprocess.run(["dpkg-deb", "-x", package, Path(folder) / "root"], check=True)
                    shutil.rmtree(self.root, ignore_errors=True)
                    (Path(folder) / "root").rename(self.root)
                except subprocess.CalledProcessError as error:
                    failures.append(f"{suite}: {(error.stderr or '').strip()[-500:] or error}")
                else:
                    return
        raise LabUnavailableError("Asterisk cannot be unpacked. " + "; ".join(failures))

    def _abridge(self) -> None:
        """Asterisk reads its manual when it starts, which is most of a second's work. It insists on the settings of
        modules, and of everything else on a name."""
        whole = self.root / "usr/share/asterisk"
        with tempfile.TemporaryDirectory(prefix="abridge-", dir=self.datadir.parent) as folder:
            made = Path(folder) / "data"
            (made / "documentation").mkdir(parents=True)
            for part in whole.iterdir():
                if part.name != "documentation":
                    (made / part.name).symlink_to(Path("..", whole.name, part.name))  # from where it will be
            for manual in (whole / "documentation").glob("core-*.xml"):
                _abridged(manual).write(made / "documentation" / manual.name)
            made.rename(self.datadir)


def _abridged(manual: Path) -> ElementTree.ElementTree[ElementTree.Element]:
    tree = ElementTree.parse(manual)
    for entry in list(tree.getroot()):
        if entry.tag in _NAMED_ENTRIES:
            for part in list(entry):
                if part.tag != "synopsis":
                    entry.remove(part)
        elif entry.tag != "configInfo":
            tree.getroot().remove(entry)
    return tree


def _download(suite: str, folder: Path) -> None:
    """Fetches asterisk and everything it needs, as for a machine that has nothing yet."""
    for part in ("state/lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    (folder / "status").touch()
    (folder / "sources.list").write_text(f"deb [signed-by={KEYRING}] {_mirror()} {suite} main\n")
    options = {
        "Dir::Etc::SourceList": folder / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State": folder / "state",
        "Dir::State::Status": folder / "status",
        "Dir::Cache": folder / "cache",
        "APT::Install-Recommends": "false",
        "APT::Sandbox::User": "",
        "Acquire::Languages": "none",
        "Acquire::Check-Valid-Until": "false",
    }
    apt = ["apt-get", "-qq", *(part for name, value in options.items() for part in ("-o", f"{name}={value}"))]
    for order in (["update"], ["--yes", "--download-only", "install", "asterisk"]):
        subprocess.run([*apt, *order], check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def _mirror() -> str:
    """The Debian mirror that this machine uses. Raises LabUnavailableError when it uses none."""
    for file in (APT_SOURCES / "sources.list", *sorted(APT_SOURCES.glob("sources.list.d/*"))):
        if file.is_file():
            lines = [line for line in file.read_text().splitlines() if line.startswith(("deb ", "URIs:"))]
            found = _DEBIAN_ADDRESS.search("\n".join(lines))
            if found:
                return found.group()
    raise LabUnavailableError(f"no Debian mirror is named in {APT_SOURCES}")
