"""`make lab`: a shell beside a telephone system, two customers and a headset; everything ends with the shell."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.lab.asterisk_packages import AsteriskPackages, LabUnavailableError
from tests.lab.asterisk_pbx import AsteriskPbx
from tests.lab.baresip_customer import BaresipCustomer
from tests.lab.headset import VirtualHeadset

WELCOME = """
Telephone system  {pbx.host}:{pbx.port} (UDP, TCP), extensions 1001 to 1003, passwords agent-1001 to agent-1003
Customers         marie {marie.number} and jean {jean.number} answer by themselves and say a tone
Extensions        600 echo  601 tone  602 busy  603 rings on  604 early sound  605 writes four digits down  7000 queue
Headset           PULSE_SERVER is set in this shell, AGENT_TOOLBAR_HOME is a folder of the lab
Logs              {folder}

  printf agent-1001 | agent-toolbar account set --server {pbx.host}:{pbx.port} --extension 1001 --password-stdin
  "$ASTERISK" -rx "core show channels"
"""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="at-lab-") as name, ExitStack() as running:
        folder = Path(name)
        try:
            packages = AsteriskPackages.provide()
        except LabUnavailableError as error:
            print(error, file=sys.stderr)
            return 1
        pbx = AsteriskPbx(packages, folder / "pbx")
        running.callback(pbx.stop)
        pbx.start()
        customers = {}
        for customer, voice_hz in (("marie", 650), ("jean", 850)):
            customers[customer] = BaresipCustomer(pbx, folder / customer, customer, voice_hz=voice_hz)
            running.callback(customers[customer].stop)
            customers[customer].start()
        headset = running.enter_context(VirtualHeadset(folder / "headset"))
        console = folder / "asterisk"
        console.write_text(f'#!/bin/sh\nexec {" ".join(pbx.console_command())} "$@"\n')
        console.chmod(0o700)
        print(WELCOME.format(pbx=pbx, folder=folder, **customers))
        environ = {
            **os.environ,
            **headset.pulse_server,
            "AGENT_TOOLBAR_HOME": str(folder / "profile"),
            "ASTERISK": str(console),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }
        return subprocess.run([os.environ.get("SHELL", "/bin/sh")], env=environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
