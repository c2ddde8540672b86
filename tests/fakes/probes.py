"""The port NetworkProbes with answers that the test chooses."""

from __future__ import annotations

from collections.abc import Callable

from agent_toolbar.application.ports.doctor import Finding, ProbeResult, ServerAddress

FINE = ProbeResult(Finding.FINE)


class FakeProbes:
    """Implements NetworkProbes.

    Attributes:
        answers: by name of the question; one that is missing here is never answered.
        asked: every question with its address, oldest first.
    """

    def __init__(self) -> None:
        self.answers: dict[str, ProbeResult] = {
            "network": FINE,
            "names": FINE,
            "transport": FINE,
            "certificate": ProbeResult(Finding.UNKNOWN, "not_encrypted", {"transport": "udp"}),
        }
        self.asked: list[tuple[str, ServerAddress]] = []
        self.closed = False

    def network(self, address: ServerAddress, on_result: Callable[[ProbeResult], None]) -> None:
        self._answer("network", address, on_result)

    def names(self, address: ServerAddress, on_result: Callable[[ProbeResult], None]) -> None:
        self._answer("names", address, on_result)

    def transport(self, address: ServerAddress, on_result: Callable[[ProbeResult], None]) -> None:
        self._answer("transport", address, on_result)

    def certificate(self, address: ServerAddress, on_result: Callable[[ProbeResult], None]) -> None:
        self._answer("certificate", address, on_result)

    def close(self) -> None:
        self.closed = True

    def _answer(self, name: str, address: ServerAddress, on_result: Callable[[ProbeResult], None]) -> None:
        self.asked.append((name, address))
        if name in self.answers:
            on_result(self.answers[name])
