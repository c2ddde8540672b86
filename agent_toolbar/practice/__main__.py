"""`python -m agent_toolbar.practice`: the practice exchange on loopback, for as long as stdin is open."""

from __future__ import annotations

import argparse
import asyncio

from agent_toolbar.practice.console import Console, Options
from agent_toolbar.practice.scripts import Language
from agent_toolbar.practice.traffic import Pace


def main() -> None:
    usual = Pace()
    parser = argparse.ArgumentParser(prog="python -m agent_toolbar.practice", description=__doc__)
    parser.add_argument("--language", type=Language, choices=list(Language), default=Language.EN)
    parser.add_argument("--quiet", action="store_true", help="nobody calls unless a line on stdin asks for it")
    parser.add_argument("--first-call-s", type=float, default=usual.first_call_s, metavar="SECONDS")
    parser.add_argument("--next-call-s", type=float, default=usual.next_call_s, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    options = Options(given.language, given.quiet, Pace(given.first_call_s, given.next_call_s), given.seed)
    asyncio.run(Console(options).run())


if __name__ == "__main__":
    main()
