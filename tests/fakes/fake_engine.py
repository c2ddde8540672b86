"""An engine process without SIP, for tests of the engine link. It speaks the real language and can misbehave.

Run as: fake_engine.py FOLDER [--behaviour NAME]. It ends by itself when nobody was attached for a while.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import select
import socket
import sys
from pathlib import Path

import msgspec

from agent_toolbar.application.ports import telephony as wire
from agent_toolbar.ipc.endpoint import Endpoint
from agent_toolbar.ipc.instance_lock import InstanceLock
from agent_toolbar.ipc.json_lines import LineSplitter
from tests.fakes.engine_script import EngineScript

ALREADY_RUNNING = 4
BEHAVIOURS = (
    "normal",
    "dies_at_start",  # exits before it listens
    "never_listens",
    "silent",  # never answers Attach
    "deaf",  # answers Attach and reads nothing afterwards
    "babbles",  # answers Attach with nonsense
    "refuses",  # refuses Attach
    "other_version",  # speaks another protocol, with one call that soon ends
)


class FakeEngine:
    def __init__(self, folder: Path, behaviour: str, orphan_s: float) -> None:
        self.behaviour = behaviour
        self.orphan_s = orphan_s
        self.script = EngineScript()
        self.decoder = msgspec.json.Decoder(wire.AnyCommand)
        self.server, _ = Endpoint("engine", folder).listen()

    def run(self) -> None:
        client = None
        while client is not None or select.select([self.server], [], [], self.orphan_s)[0]:
            client = self.serve(client or self.server.accept()[0])

    def serve(self, client: socket.socket) -> socket.socket | None:
        """Until the client leaves (None) or another one takes its place (that one)."""
        splitter = LineSplitter()
        with client, contextlib.suppress(ConnectionError):  # a toolbar may die at any moment
            while True:
                readable, _, _ = select.select([client, self.server], [], [])
                if client not in readable:
                    return self.server.accept()[0]
                received = client.recv(65536)
                if not received:
                    break
                for line in splitter.feed(received):
                    self.obey(client, self.decoder.decode(line))
        return None

    def obey(self, client: socket.socket, command: wire.AnyCommand) -> None:
        match command:
            case wire.Attach():
                self.welcome(client, command)
            case wire.Shutdown():
                self.say(client, wire.EngineStopping())
                sys.exit(0)
            case wire.Dial(target="garbage"):
                client.sendall(b'{"type":"call_changed","call":\xff}\n')
            case wire.Dial(target="flood"):
                client.sendall(b"x" * (1 << 21))
            case _:
                for event in self.script.react(command):
                    self.say(client, event)

    def welcome(self, client: socket.socket, command: wire.Attach) -> None:
        match self.behaviour:
            case "silent":
                return
            case "babbles":
                client.sendall(b"220 mail.example ESMTP\n")
            case "refuses":
                self.say(client, wire.CommandRefused(request=command.request, code="wrong_secret"))
            case "other_version":
                self.welcome_as_other_version(client)
            case _:
                self.say(client, wire.Attached(protocol=wire.PROTOCOL_VERSION, engine=self.script.snapshot()))
        if self.behaviour == "deaf":
            select.select([], [], [], self.orphan_s)
            sys.exit(0)

    def welcome_as_other_version(self, client: socket.socket) -> None:
        """With a call that ends after two more events, in words that this version does not know."""
        engine = {"pid": os.getpid(), "mood": "new", "calls": [{"id": "old", "state": "connected", "colour": "red"}]}
        for said in (
            {"type": "attached", "protocol": 99, "engine": engine},
            {"type": "weather_changed", "sunny": True},
            {"type": "call_changed", "call": {"id": "old", "state": "ended"}},
        ):
            client.sendall(json.dumps(said).encode() + b"\n")

    def say(self, client: socket.socket, event: wire.AnyEvent) -> None:
        client.sendall(msgspec.json.encode(event) + b"\n")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--behaviour", choices=BEHAVIOURS, default="normal")
    parser.add_argument("--orphan-s", type=float, default=20.0)
    options = parser.parse_args()
    with (options.folder / "starts").open("a") as starts:
        starts.write(f"{os.getpid()}\n")
    lock = InstanceLock("engine", options.folder)
    if options.behaviour == "dies_at_start":
        print("assertion failed: pretended", file=sys.stderr)
        return 3
    if not lock.acquire():
        return ALREADY_RUNNING
    if options.behaviour == "never_listens":
        select.select([], [], [], options.orphan_s)
        return 0
    FakeEngine(options.folder, options.behaviour, options.orphan_s).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
