"""Keeps the contacts of company directories fresh: one sync after the other, each in its time. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from agent_toolbar.application.ports.directory import ImportTask
from agent_toolbar.application.ports.directory_sync import DirectorySyncer, SyncOutcome, SyncProgress
from agent_toolbar.application.ports.runtime import Clock, Timer, Timers
from agent_toolbar.application.ports.settings import DirectorySettings, SecretVault, SettingsStore
from agent_toolbar.application.toolbar_state import DirectoryState, DirectoryView, Fault, FaultPlace, Remedy
from agent_toolbar.domain.errors import AgentToolbarError, DirectoryError
from agent_toolbar.domain.text import plain_text

FIRST_SYNC_S = 20.0  # the start belongs to the telephone
JITTER = 0.2  # of the time between two syncs, so that not all desks ask at once
FIRST_WAIT_S = 60.0
LONGEST_WAIT_S = 3600.0
_ONLY_A_PERSON_HELPS = frozenset({"directory_password", "directory_no_password"})

OnSynced = Callable[[tuple[DirectoryView, ...]], None]


class DirectoryCourse:
    """Each directory of the settings, when it is read next and what came of the last time.

    Attributes:
        views: in the order of the settings.
    """

    def __init__(
        self,
        syncer: DirectorySyncer,
        settings: SettingsStore,
        vault: SecretVault,
        clock: Clock,
        timers: Timers,
        *,
        chance: Callable[[], float],
        on_synced: Callable[[], None],
        on_change: Callable[[], None],
    ) -> None:
        """`on_synced`: the index holds other contacts now."""
        self._syncer = syncer
        self._settings = settings
        self._vault = vault
        self._clock = clock
        self._timers = timers
        self._chance = chance
        self._on_synced = on_synced
        self._on_change = on_change
        self._wanted: dict[str, DirectorySettings] = {}
        self._views: dict[str, DirectoryView] = {}
        self._failures: dict[str, int] = {}
        self._due: list[str] = []
        self._asked: list[tuple[set[str], tuple[str, ...], OnSynced]] = []
        self._now: str = ""
        self._task: ImportTask | None = None
        self._turn = 0  # late answers belong to an earlier one
        self._timer: Timer | None = None
        self._closed = False

    @property
    def views(self) -> tuple[DirectoryView, ...]:
        return tuple(self._views.values())

    def start(self) -> None:
        self.settings_changed()
        self._timers.after_ms(round(FIRST_SYNC_S * 1000), self._tidy)

    def settings_changed(self) -> None:
        """A new or changed directory is read soon; the sync of one that was changed or taken out is ended."""
        wanted = {one.name: one for one in self._settings.current.directories}
        if wanted == self._wanted:
            return
        before, self._wanted = self._wanted, wanted
        if self._now and wanted.get(self._now) != before.get(self._now):
            self._due.insert(0, self._now)
            self._abandon()
        views = {}
        for name, one in wanted.items():
            if before.get(name) == one:
                views[name] = self._views[name]
                continue
            self._failures.pop(name, None)
            next_s = self._clock.now_s() + FIRST_SYNC_S * (1 + self._chance())
            views[name] = DirectoryView(name, one.kind, one.url, next_s=next_s)
        self._views = views
        self._due = [name for name in self._due if name in wanted]
        gone = before.keys() - wanted.keys()
        for name in gone:
            self._answer(name)
        if gone:
            self._tidy()
        self._go_on()

    def sync(self, name: str = "", password: str | None = None, on_done: OnSynced | None = None) -> None:
        """Now, whatever its time is; "" means all. `password` is kept first. `on_done` gets what came of them.

        Raises DirectoryError("no_directories"), ("no_such_directory").
        """
        if not self._wanted:
            raise DirectoryError("no_directories")
        if name and name not in self._wanted:
            raise DirectoryError("no_such_directory", name=plain_text(name, 60))
        names = (name,) if name else tuple(self._wanted)
        if on_done is not None:
            self._asked.append((set(names), names, on_done))
        if name and password is not None:
            one = self._wanted[name]
            self._vault.save(one.url, one.user, password, lambda _kept: self._queue(names))
        else:
            self._queue(names)

    def try_again(self) -> None:
        """Those that failed."""
        self._queue(tuple(name for name, view in self._views.items() if view.fault))

    def faults(self) -> tuple[Fault, ...]:
        return tuple(
            Fault(view.fault, FaultPlace.CONTACTS, Remedy.SYNC_DIRECTORIES, view.fault_params, view.next_s)
            for view in self._views.values()
            if view.fault and view.state is DirectoryState.FAULT
        )

    def close(self) -> None:
        self._closed = True
        self._abandon()
        if self._timer is not None:
            self._timer.cancel()

    # ------------------------------------------------------------------ inside

    def _queue(self, names: tuple[str, ...]) -> None:
        self._due += [name for name in names if name in self._wanted and name not in self._due and name != self._now]
        self._go_on()

    def _go_on(self) -> None:
        """Begins what is due, else waits for what is due next."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._closed:
            return
        if not self._now:
            now_s = self._clock.now_s()
            late = [name for name, view in self._views.items() if view.next_s and view.next_s <= now_s]
            self._due += [name for name in late if name not in self._due]
            if self._due:
                self._begin(self._due.pop(0))
            elif planned := [view.next_s for view in self._views.values() if view.next_s]:
                self._timer = self._timers.after_ms(round((min(planned) - now_s) * 1000) + 1, self._go_on)
        self._on_change()

    def _begin(self, name: str) -> None:
        self._now = name
        self._turn += 1
        turn, one = self._turn, self._wanted[name]
        self._views[name] = replace(self._views[name], state=DirectoryState.SYNCING, done=0, total=0, next_s=0.0)

        def loaded(password: str | None) -> None:
            if turn != self._turn:
                return
            if one.user and not password:
                self._ended(turn, SyncOutcome(error=DirectoryError("directory_no_password", name=name)))
                return
            self._task = self._syncer.sync(
                one,
                password or "",
                self._settings.current.numbers.plan(),
                lambda progress: self._advanced(turn, progress),
                lambda outcome: self._ended(turn, outcome),
            )

        if one.user:
            self._vault.load(one.url, one.user, loaded)
        else:
            loaded(None)

    def _tidy(self) -> None:
        """The settings may also have been changed while no toolbar ran."""
        if not self._closed:
            self._syncer.keep_only(frozenset(self._wanted), lambda taken_out: self._on_synced() if taken_out else None)

    def _advanced(self, turn: int, progress: SyncProgress) -> None:
        if turn == self._turn:
            self._views[self._now] = replace(self._views[self._now], done=progress.done, total=progress.total)
            self._on_change()

    def _ended(self, turn: int, outcome: SyncOutcome) -> None:
        if turn != self._turn:
            return
        name, self._now, self._task = self._now, "", None
        self._turn += 1
        if outcome.error is not None:
            self._failed(name, outcome.error)
        else:
            self._failures.pop(name, None)
            now_s = self._clock.now_s()
            wait_s = self._wanted[name].refresh_min * 60.0 * (1 + JITTER * (self._chance() - 0.5))
            self._views[name] = replace(
                self._views[name],
                state=DirectoryState.WAITING,
                contacts=outcome.contacts,
                added=outcome.added,
                updated=outcome.updated,
                removed=outcome.removed,
                skipped=outcome.skipped,
                synced_s=now_s,
                next_s=now_s + wait_s,
                fault="",
                fault_params={},
            )
            if outcome.added or outcome.updated or outcome.removed:
                self._on_synced()
        self._answer(name)
        self._go_on()

    def _failed(self, name: str, error: AgentToolbarError) -> None:
        self._failures[name] = self._failures.get(name, 0) + 1
        wait_s = 0.0
        if error.code not in _ONLY_A_PERSON_HELPS:
            wait_s = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(self._failures[name] - 1, 10))
            wait_s *= 1 + JITTER * (self._chance() - 0.5)
            wait_s = max(wait_s, min(LONGEST_WAIT_S, float(error.params.get("retry_after_s", 0.0))))
        self._views[name] = replace(
            self._views[name],
            state=DirectoryState.FAULT,
            fault=error.code,
            fault_params={"name": name, **error.params},
            next_s=self._clock.now_s() + wait_s if wait_s else 0.0,
        )

    def _abandon(self) -> None:
        self._turn += 1
        self._now = ""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _answer(self, name: str) -> None:
        """Tells who asked, once the last of theirs has ended."""
        for waiting in list(self._asked):
            left, names, on_done = waiting
            left.discard(name)
            if not left:
                self._asked.remove(waiting)
                on_done(tuple(self._views[one] for one in names if one in self._views))
