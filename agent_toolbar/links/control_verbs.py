"""What each verb of the command line does in the running toolbar. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from agent_toolbar import __version__
from agent_toolbar.application.call_actions import CallAction, target
from agent_toolbar.application.foremost_call import foremost_call, phase_of
from agent_toolbar.application.ports.directory import ImportOutcome, ImportProgress, ImportRequest
from agent_toolbar.application.ports.runtime import Clock
from agent_toolbar.application.ports.storage import JournalQuery
from agent_toolbar.application.toolbar_port import AccountEntry, Toolbar
from agent_toolbar.domain.dial_request import DialSource
from agent_toolbar.domain.dial_uri import Show, read_link
from agent_toolbar.domain.errors import AccountError, AgentToolbarError, LinkError
from agent_toolbar.domain.registration import Transport
from agent_toolbar.i18n.sentences import error_text, skip_reason_text
from agent_toolbar.ipc.control_protocol import ControlRequest, Verb
from agent_toolbar.links.agent_verbs import AgentVerbs
from agent_toolbar.links.control_caller import Reply
from agent_toolbar.links.crm_verbs import CrmVerbs
from agent_toolbar.links.directory_verbs import DirectoryVerbs
from agent_toolbar.links.doctor_verbs import DoctorVerbs
from agent_toolbar.links.handover_verbs import HandoverVerbs
from agent_toolbar.links.number_verbs import NumberVerbs
from agent_toolbar.links.status_report import history_report, lookup_report, status_report

OnSelectionCalled = Callable[[str, AgentToolbarError | None], None]

MAX_HISTORY = 5_000


class ControlVerbs:
    """The handler of the control socket: every request is answered, a refusal with its sentence."""

    def __init__(
        self,
        toolbar: Toolbar,
        clock: Clock,
        show: Callable[[str], None],
        call_selection: Callable[[str, OnSelectionCalled], None] | None = None,
    ) -> None:
        """`show` brings the windows to the front; it gets the activation token of the caller's desktop.

        `call_selection` gets it too, and answers as ui.selection_call.SelectionCall.call does; None: without windows.
        """
        self._call_selection = call_selection
        self._toolbar = toolbar
        self._clock = clock
        self._show = show
        self._actions: dict[Verb, Callable[[ControlRequest, Reply], None]] = {
            Verb.STATUS: self._status,
            Verb.DIAL: self._dial,
            Verb.DTMF: self._dtmf,
            Verb.ACCOUNT_SET: self._set_account,
            Verb.ACCOUNT_SHOW: self._show_account,
            Verb.CONTACTS_IMPORT: self._import,
            Verb.CONTACTS_LOOKUP: self._look_up,
            Verb.HISTORY: self._history,
            Verb.STORE_SET: self._set_store,
            Verb.STORE_SHOW: self._show_store,
            Verb.LINK: self._follow_link,
            Verb.CALL_SELECTION: self._call_selected_text,
            Verb.SHOW: self._raise_windows,
            Verb.QUIT: self._quit,
            Verb.ANSWER: self._on_call(CallAction.ANSWER, toolbar.answer),
            Verb.HANG_UP: self._hang_up,
            Verb.HOLD: self._on_call(CallAction.HOLD, toolbar.hold),
            Verb.RESUME: self._on_call(CallAction.RESUME, toolbar.resume),
            Verb.MUTE: self._on_call(CallAction.MUTE, lambda call: toolbar.mute(True, call)),
            Verb.UNMUTE: self._on_call(CallAction.UNMUTE, lambda call: toolbar.mute(False, call)),
            **HandoverVerbs(toolbar).actions,
            **DoctorVerbs(toolbar).actions,
            **AgentVerbs(toolbar).actions,
            **CrmVerbs(toolbar).actions,
            **DirectoryVerbs(toolbar).actions,
            **NumberVerbs(toolbar).actions,
        }

    def handle(self, request: ControlRequest, reply: Reply) -> None:
        """Does the verb and answers, now or when the work is done."""
        try:
            self._actions[request.verb](request, reply)
        except AgentToolbarError as error:
            _refuse(reply, error)

    def _on_call(self, action: CallAction, act: Callable[[str], None]) -> Callable[[ControlRequest, Reply], None]:
        def verb(request: ControlRequest, reply: Reply) -> None:
            named = request.text("call")
            meant = target(action, self._toolbar.state)
            act(named)
            reply.done({"call": named or (meant.call.id if meant else "")})

        return verb

    def _hang_up(self, request: ControlRequest, reply: Reply) -> None:
        hang_up = partial(self._toolbar.hang_up, confirmed=request.flag("confirmed"))
        self._on_call(CallAction.HANG_UP, hang_up)(request, reply)

    def _status(self, _request: ControlRequest, reply: Reply) -> None:
        reply.done({**status_report(self._toolbar.state, self._clock.now_s()), "version": __version__})

    def _dial(self, request: ControlRequest, reply: Reply) -> None:
        reply.done({"call": self._toolbar.dial(request.text("number"))})

    def _dtmf(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.send_dtmf(request.text("digits"), request.text("call"))
        reply.done({"call": request.text("call") or self._toolbar.state.current})

    def _set_account(self, request: ControlRequest, reply: Reply) -> None:
        try:
            transport = Transport(request.text("transport"))
        except ValueError as wrong:
            raise AccountError("bad_transport", transport=request.text("transport")[:20]) from wrong
        self._toolbar.set_account(
            AccountEntry(
                server=request.text("server"),
                extension=request.text("extension"),
                port=request.number("port"),
                transport=transport,
                password=request.text("password") or None,
            )
        )
        reply.done({"password_known": self._toolbar.state.account.password_known})

    def _show_account(self, _request: ControlRequest, reply: Reply) -> None:
        account = self._toolbar.state.account
        reply.done(
            {
                "server": account.server,
                "port": account.port,
                "extension": account.extension,
                "transport": account.transport,
                "has_password": account.password_known,
                "kept_in_keyring": account.password_kept,
            }
        )

    def _import(self, request: ControlRequest, reply: Reply) -> None:
        plan = self._toolbar.settings.numbers.plan()

        def progress(now: ImportProgress) -> None:
            reply.progress(done=now.done, total=now.total, rows=now.rows)

        def done(outcome: ImportOutcome) -> None:
            if outcome.error is not None:
                _refuse(reply, outcome.error)
            else:
                reply.done(_import_report(outcome))

        task = self._toolbar.import_contacts(
            ImportRequest(Path(request.text("file")), plan, request.mapping("mapping")), progress, done
        )
        reply.on_gone(task.cancel)

    def _look_up(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.look_up(request.text("number"), lambda result: reply.done(lookup_report(result)))

    def _history(self, request: ControlRequest, reply: Reply) -> None:
        query = JournalQuery(
            text=request.text("text"),
            only_missed=request.flag("missed"),
            limit=max(1, min(request.number("limit"), MAX_HISTORY)),
        )
        self._toolbar.search_history(query, lambda records: reply.done({"records": history_report(records)}))

    def _set_store(self, request: ControlRequest, reply: Reply) -> None:
        self._toolbar.choose_story_store(
            request.text("url"),
            request.text("password") or None,
            lambda kept: reply.done({"kept_in_keyring": kept}),
        )

    def _show_store(self, _request: ControlRequest, reply: Reply) -> None:
        reply.done({"url": self._toolbar.settings.handover.store_url})

    def _raise_windows(self, request: ControlRequest, reply: Reply) -> None:
        self._show(request.text("activation_token"))
        reply.done()

    def follow_link(self, uri: str, activation_token: str) -> str:
        """Somebody clicked a link: the id of the question, "" if there is none. Refusals stand in the bar as well.

        The bar comes to the front unless the call was made at once: then the person goes on with the page.
        """
        try:
            asked = self._toolbar.request_dial(uri, DialSource.LINK)
        except AgentToolbarError as error:
            self._toolbar.report(error)
            self._show(activation_token)
            raise
        if asked or isinstance(read_link(uri), Show):
            self._show(activation_token)
        return asked

    def _follow_link(self, request: ControlRequest, reply: Reply) -> None:
        reply.done({"request": self.follow_link(request.text("uri"), request.text("activation_token"))})

    def _call_selected_text(self, request: ControlRequest, reply: Reply) -> None:
        def called(asked: str, error: AgentToolbarError | None) -> None:
            if error is not None:
                _refuse(reply, error)
            else:
                reply.done({"request": asked})

        if self._call_selection is None:
            raise LinkError("selection_no_answer")
        self._call_selection(request.text("activation_token"), called)

    def _quit(self, request: ControlRequest, reply: Reply) -> None:
        calls, waiting = self._toolbar.state.calls, self._toolbar.state.crm.waiting
        if calls and not request.flag("confirmed"):
            first = foremost_call(calls)
            raise AgentToolbarError(f"quit_with_{phase_of(first)}", name=first.title, count=len(calls))
        if waiting and not request.flag("confirmed"):
            raise AgentToolbarError("quit_with_outbox", count=waiting)
        reply.done()
        self._toolbar.quit()


def _refuse(reply: Reply, error: AgentToolbarError) -> None:
    reply.refuse(error.code, error_text(error))


def _import_report(outcome: ImportOutcome) -> dict[str, object]:
    return {
        "added": outcome.added,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "cancelled": outcome.cancelled,
        "skipped_count": outcome.skipped_count,
        "skipped": [
            {"line": row.line, "reason": row.reason, "text": skip_reason_text(row.reason), "shown": row.shown}
            for row in outcome.skipped
        ],
    }
