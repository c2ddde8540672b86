"""Certificates of an authority of this test run, also such as nobody should trust. Made by openssl."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.lab.unavailable import unavailable

_NEW_KEY = ("-newkey", "rsa:2048", "-nodes")
_CONFIGURATION = """
[ca]
default_ca = lab
[lab]
database = {folder}/index.txt
new_certs_dir = {folder}
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
"""


class Certificates:
    """Attributes:
    authority: file with the certificate of the authority, for SSL_CERT_FILE.
    """

    def __init__(self, folder: Path) -> None:
        if shutil.which("openssl") is None:
            unavailable("openssl is missing (Debian package openssl)")
        self._folder = folder
        self.authority, self._authority_key = self.self_signed("Lab authority")

    def self_signed(self, name: str) -> tuple[Path, Path]:
        """Certificate and key."""
        certificate, key = self._files(name)
        subject = f"/CN={name}"
        self._openssl("req", "-x509", *_NEW_KEY, "-days", "30", "-subj", subject, "-keyout", key, "-out", certificate)
        return certificate, key

    def signed(self, name: str, begins: str, ends: str, *, address: str = "127.0.0.1") -> tuple[Path, Path]:
        """Certificate and key for a server at `address`; times as YYYYMMDDHHMMSSZ."""
        certificate, key = self._files(name)
        request, configuration = self._folder / f"{name}.csr", self._folder / "ca.cnf"
        configuration.write_text(_CONFIGURATION.format(folder=self._folder))
        (self._folder / "index.txt").touch()
        alternative = f"subjectAltName=IP:{address}"
        self._openssl(
            "req", "-new", *_NEW_KEY, "-subj", f"/CN={name}", "-addext", alternative, "-keyout", key, "-out", request
        )
        self._openssl(
            "ca", "-batch", "-config", configuration, "-cert", self.authority, "-keyfile", self._authority_key,
            "-startdate", begins, "-enddate", ends, "-in", request, "-out", certificate,
        )  # fmt: skip
        return certificate, key

    def _files(self, name: str) -> tuple[Path, Path]:
        return self._folder / f"{name}.pem", self._folder / f"{name}.key"

    @staticmethod
    def _openssl(*arguments: str | Path) -> None:
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
