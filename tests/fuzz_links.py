"""Throws mutated links at the parser until the time is over: `python -m tests.fuzz_links SECONDS [SEED]`.

It must never raise, and whatever it reads must be plain and read the same again. A failure prints link and seed.
"""

from __future__ import annotations

import random
import re
import sys
import time

from agent_toolbar.domain.dial_uri import Number, SipAddress, read_link, read_text
from agent_toolbar.domain.phone_number import NumberPlan, canonical_number, dial_string
from tests.link_corpus import corpus

PIECES = (
    *(
        "tel:",
        "callto:",
        "sip:",
        "sips:",
        "agent-toolbar:dial/",
        "agent-toolbar:show",
        "//",
        ";ext=",
        ";phone-context=",
    ),
    *(
        ";isub=",
        ";m-x",
        ";user=phone",
        "?method=",
        "?Replaces=",
        "%20",
        "%2B",
        "%00",
        "%0d%0a",
        "%25",
        "%C2%A0",
        "@",
        ":",
    ),
    *("+33", "(0)", "*21*", "#31#", "112", "0.75.58.75", "[::1]", ",,", "p", "w", "x12", " ext 3", "\u202e", "\u0660"),
    *("\u00a0", "\x00", "\r\n", '"', "'", "--", "pbx.example", "+type=phone", "\ud800", "\U0010ffff", "\uff11"),
)
SIGNS = "0123456789+*#().-/ ;=?&%@:,pwxABCDabcd[]<>\"'\\`${}~\t\n\x7f\u2011\u0967é"
NUMBER = re.compile(r"[ (]*\+?[0-9*# ().\-/+]+", re.ASCII)
ADDRESS = re.compile(r"[A-Za-z0-9\-_.!~*&=+,#]+@(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.ASCII)
FRANCE = NumberPlan("FR", "[0-9]{4}")


def mutated(link: str, links: list[str], chance: random.Random) -> str:
    """`link` after up to six changes: signs and pieces put in, parts cut out, doubled, or taken from another link."""
    for _ in range(chance.randrange(1, 7)):
        at = chance.randrange(len(link) + 1)
        to = min(len(link), at + chance.randrange(8))
        put = chance.choice(
            (
                chance.choice(SIGNS),
                chance.choice(PIECES),
                "",
                link[at:to] * 2,
                chance.choice(links)[chance.randrange(20) :],
                chr(chance.randrange(0x110000)),
                f"%{chance.randrange(256):02x}",
            )
        )
        link = link[:at] + put + link[chance.choice((at, to)) :]
    return link


def check(link: str) -> bool:
    """Whether something was read. Raises whatever is wrong."""
    found = False
    for read in (read_link, read_text):
        asked = read(link)
        if isinstance(asked, Number):
            found = True
            assert NUMBER.fullmatch(asked.text), "the number is not plain"
            assert not asked.extension or (asked.extension.isascii() and asked.extension.isdigit()), "extension"
            assert read_text(asked.text) == Number(asked.text), "does not read the same again"
        elif isinstance(asked, SipAddress):
            found = True
            assert ADDRESS.fullmatch(asked.text), "the address is not plain"
            assert read_text(asked.text) == asked, "does not read the same again"
        else:
            continue
        dialled = dial_string(canonical_number(asked.text, FRANCE), FRANCE)
        assert re.fullmatch("[ -~]*", dialled), "what would be dialled is not plain"
    return found


def main(seconds: float, seed: int) -> int:
    chance = random.Random(seed)  # no secret depends on it
    links = [line.link for line in corpus()]
    kept = list(links)
    ends_s = time.monotonic() + seconds
    tried = read = 0
    while time.monotonic() < ends_s:
        link = mutated(chance.choice(kept), links, chance)[:200]
        try:
            found = check(link)
        except Exception as fault:  # noqa: BLE001  # any is what is looked for
            print(f"seed {seed}, link {tried}: {link!r}: {type(fault).__name__}: {fault}", file=sys.stderr)
            return 1
        tried += 1
        read += found
        if found and len(kept) < 20_000:
            kept.append(link)
    print(f"{tried} links tried, {read} of them name a number or address, no fault (seed {seed})")
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 32)))
