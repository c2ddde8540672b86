"""What every process of a job tells the toolbar: how far it is, and in its last line how it ended."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

import msgspec

Progress = TypeVar("Progress")
Outcome_co = TypeVar("Outcome_co", covariant=True)


class Advanced(msgspec.Struct, Generic[Progress], frozen=True, tag="advanced"):
    progress: Progress


class Ended(Protocol[Outcome_co]):
    """The last report, after which the process leaves."""

    @property
    def outcome(self) -> Outcome_co: ...
