"""A process that signs in with what stands in a file, and stops where it is told, to be killed there.

Arguments: file, address of the server, where to stop ("asking", "keeping", "kept", "never").
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from agent_toolbar.connector.oauth_grant import grant_of
from agent_toolbar.domain.errors import CrmError
from tests.fakes.oauth_server import OAuthServer
from tests.integration.connector.oauth_desk import client_of, shared_of


def main(file: Path, url: str, stop: str) -> None:
    def reach(place: str) -> None:
        if place == stop:
            print(place, flush=True)
            threading.Event().wait()

    def keep(secret: str) -> bool:
        reach("keeping")
        written = file.with_suffix(".new")
        written.write_text(secret)
        written.replace(file)
        reach("kept")
        return True

    grant = grant_of(file.read_text())
    assert grant is not None
    server = cast("OAuthServer", SimpleNamespace(url=url))
    reach("asking")
    try:
        rows = client_of(server, shared_of(server, grant, keep)).run("whoami", {})
    except CrmError as error:
        print(error.code, flush=True)
    else:
        print(rows[0]["name"], flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
