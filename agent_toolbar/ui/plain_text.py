"""Text of strangers in Qt's controls: tool tips and menus would read markup and mnemonics out of it."""

from __future__ import annotations

import html

_LONGEST_LINE = 72


def tool_tip(text: str) -> str:
    """`text` as Qt shows it literally in a tool tip, wrapped where a line is long; "" for none."""
    if not text:
        return ""
    lines = text.split("\n")
    wrap = "normal" if max(map(len, lines)) > _LONGEST_LINE else "nowrap"
    return f'<div style="white-space:{wrap}">' + "<br>".join(map(html.escape, lines)) + "</div>"


def menu_text(text: str) -> str:
    """`text` for an action or a button, where Qt reads "&" as a mnemonic."""
    return text.replace("&", "&&")
