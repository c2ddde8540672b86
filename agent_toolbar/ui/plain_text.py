"""Text of strangers in Qt's controls: tool tips and menus would read markup and mnemonics out of it."""

from __future__ import annotations

import html


def tool_tip(text: str) -> str:
    """`text` as Qt shows it literally in a tool tip, wrapped when it is long; "" for none."""
    return "<qt>" + html.escape(text).replace("\n", "<br>") + "</qt>" if text else ""


def menu_text(text: str) -> str:
    """`text` for an action or a button, where Qt reads "&" as a mnemonic."""
    return text.replace("&", "&&")
