"""A real Chromium on a screen of the lab, with a profile of its own, clicked and typed in as by a person."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.lab.child_process import ChildProcess
from tests.lab.deadline import wait_until
from tests.lab.devtools import DevTools

# Numbers of pipes from 10 on can be named by /dev/fd only: the shell knows one digit.
_GIVES_THE_PIPE = 'exec "$@" 3</dev/fd/"$COMMANDS_FD" 4>/dev/fd/"$ANSWERS_FD"'
_PAGE_TIMEOUT_S = 20.0


class Page:
    """One tab. Places are of the first element that a CSS selector finds."""

    def __init__(self, devtools: DevTools, target: str) -> None:
        self._devtools = devtools
        self._target = target
        attached = devtools.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = str(attached["sessionId"])

    def open(self, url: str) -> None:
        """Goes there and waits until the page is complete."""
        self._send("Page.navigate", url=url)
        self.await_true(f"location.href.startsWith({json.dumps(url)}) && document.readyState == 'complete'")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, without the rights of a click."""
        done = self._send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, f"{expression}: {done['exceptionDetails']}"
        return done["result"].get("value")

    def await_true(self, expression: str, timeout_s: float = _PAGE_TIMEOUT_S) -> Any:
        """The first true value of an expression."""
        return wait_until(
            lambda: self.evaluate(expression), timeout_s, lambda: f"{expression}; the page says {self.text()!r}"
        )

    def text(self, selector: str = "body") -> str:
        """What a person reads there, "" when it is not to be seen."""
        found = f"document.querySelector({json.dumps(selector)})"
        return str(self.evaluate(f"{found}?.getClientRects().length ? {found}.innerText : ''"))

    def await_text(self, words: str, selector: str = "body", timeout_s: float = _PAGE_TIMEOUT_S) -> None:
        wait_until(
            lambda: words in self.text(selector),
            timeout_s,
            lambda: f"{words!r} at {selector}, not {self.text(selector)!r}",
        )

    def click(self, selector: str) -> None:
        """With the left button of the mouse, in the middle of the element, once it can be used."""
        x, y = self._middle_of(selector)
        where = {"x": x, "y": y, "button": "left", "clickCount": 1}
        self._send("Input.dispatchMouseEvent", type="mousePressed", buttons=1, **where)
        self._send("Input.dispatchMouseEvent", type="mouseReleased", **where)

    def activate(self) -> None:
        """Gives the page the keyboard, if its window has it."""
        self._send("Page.bringToFront")
        self.await_true("document.hasFocus()")

    def type(self, text: str) -> None:
        """Where the cursor is."""
        self._send("Input.insertText", text=text)

    def place_on_screen(self, selector: str) -> tuple[int, int]:
        """The middle of an element, in pixels of the screen. Chromium has no frame below and beside its pages."""
        x, y = self._middle_of(selector)
        left, top = self.evaluate("[screenX, screenY + outerHeight - innerHeight]")
        return int(left + x), int(top + y)

    def close(self) -> None:
        self._devtools.send("Target.closeTarget", targetId=self._target)

    def _middle_of(self, selector: str) -> tuple[float, float]:
        """In pixels of the page, which is scrolled there; waits until the element is there and can be used."""
        x, y = self.await_true(
            f"(() => {{ const found = document.querySelector({json.dumps(selector)});"
            " if (!found?.getClientRects().length || found.disabled) return null;"
            " found.scrollIntoView({block: 'center', behavior: 'instant'});"
            " const place = found.getBoundingClientRect();"
            " return [place.x + place.width / 2, place.y + place.height / 2] })()"
        )
        return float(x), float(y)

    def _send(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._devtools.send(method, self._session, **parameters)


class Chromium:
    """One browser.

    `trusted`: the schemes that each origin may hand over without Chromium's own question, as after a tick at "Always
    allow" or by the policy AutoLaunchProtocolsFromOrigins. `names`: addresses of hosts that no name server knows.
    """

    def __init__(
        self,
        folder: Path,
        environ: Mapping[str, str],
        trusted: Mapping[str, Sequence[str]],
        names: Mapping[str, str] | None = None,
    ) -> None:
        self._folder = folder
        self._environ = dict(environ)
        self._trusted = {origin: dict.fromkeys(schemes, True) for origin, schemes in trusted.items()}
        self._hosts = ",".join(f"MAP {name} {address}" for name, address in (names or {}).items())
        self._process: ChildProcess | None = None
        self._devtools: DevTools | None = None

    def start(self) -> None:
        profile = self._folder / "browser"
        preferences = profile / "Default/Preferences"
        preferences.parent.mkdir(parents=True, exist_ok=True)
        preferences.write_text(json.dumps({"protocol_handler": {"allowed_origin_protocol_pairs": self._trusted}}))
        commands, to_browser = os.pipe()
        from_browser, answers = os.pipe()
        self._devtools = DevTools(to_browser, from_browser)
        self._process = ChildProcess(
            [
                *("sh", "-c", _GIVES_THE_PIPE, "sh", "chromium", "--remote-debugging-pipe"),
                *(f"--user-data-dir={profile}", "--no-first-run", "--disable-gpu", "--disable-sync"),
                *((f"--host-resolver-rules={self._hosts}",) if self._hosts else ()),
                *("--disable-component-update", "--password-store=basic"),
                "--allow-pre-commit-input",  # else a click on a page that is not yet painted is lost
                *("--window-size=900,560", "--window-position=40,300"),  # below the bar with all its lines
                *(("--no-sandbox",) if os.getuid() == 0 else ()),  # Chromium refuses to run as root with one
                "about:blank",
            ],
            self._folder / "chromium.log",
            {**self._environ, "COMMANDS_FD": str(commands), "ANSWERS_FD": str(answers)},
            inherited=(commands, answers),
        )
        os.close(commands)
        os.close(answers)
        wait_until(self._tabs, _PAGE_TIMEOUT_S, "the first tab")

    def stop(self) -> None:
        if self._devtools is not None:
            self._devtools.close()  # Chromium ends when its pipe does
            self._devtools = None
        if self._process is not None:
            self._process.stop()
            self._process = None

    def page(self, url: str = "") -> Page:
        """A new tab."""
        assert self._devtools is not None
        target = self._devtools.send("Target.createTarget", url="about:blank")["targetId"]
        page = Page(self._devtools, target)
        if url:
            page.open(url)
        return page

    def close_pages(self) -> None:
        """All tabs but the first, without which Chromium would end."""
        assert self._devtools is not None
        for target in self._tabs()[1:]:
            self._devtools.send("Target.closeTarget", targetId=target["targetId"])
        wait_until(lambda: len(self._tabs()) == 1, _PAGE_TIMEOUT_S, "the tabs to close")

    def _tabs(self) -> list[Any]:
        assert self._devtools is not None
        found = self._devtools.send("Target.getTargets")["targetInfos"]
        return [target for target in found if target["type"] == "page"]
