"""Start of the program. Verbs for a running toolbar leave here at once; nothing heavy is imported for them."""

from __future__ import annotations

import sys

from agent_toolbar.ipc.process_roles import ENGINE_SWITCH, URI_SWITCH

TYPE_CHECKING = False  # see cli.arguments
if TYPE_CHECKING:
    from argparse import Namespace


def main() -> int:
    """The exit status; see cli.entry."""
    if sys.argv[1:] == [URI_SWITCH]:
        del sys.argv[1:]  # a menu runs the command of our .desktop file without a link
    if sys.argv[1:2] == [ENGINE_SWITCH]:
        return _run_engine()
    if sys.argv[1:2] == [URI_SWITCH]:
        from agent_toolbar.cli.link import run as follow_link  # noqa: PLC0415  # the quickest way to a running toolbar

        return follow_link(sys.argv[2:], lambda link, token: _start_toolbar(activation_token=token or None, link=link))
    from agent_toolbar.cli.entry import run  # noqa: PLC0415  # the engine has no use for it

    return run(sys.argv[1:], _start_toolbar, _try_connector, _read_contacts, _arrange_handlers)


def _start_toolbar(
    *, practice: bool = False, language: str | None = None, activation_token: str | None, link: str = ""
) -> int:
    # Nothing of this is needed for a verb. The engine comes up while the windows load.
    from agent_toolbar.settings.folders import engine_error_log  # noqa: PLC0415
    from agent_toolbar.telephony.engine_process import start_ahead  # noqa: PLC0415

    engine = start_ahead(engine_error_log())

    from agent_toolbar.bootstrap import run  # noqa: PLC0415

    return run(practice=practice, language=language, activation_token=activation_token, engine=engine, link=link)


def _try_connector(given: Namespace, key: str) -> int:
    from agent_toolbar.trial import run_trial  # noqa: PLC0415  # brings Qt and HTTP

    return run_trial(given, key)


def _read_contacts(given: Namespace) -> int:
    from agent_toolbar.contact_reading import read_contacts  # noqa: PLC0415  # brings the numbering plans

    return read_contacts(given)


def _arrange_handlers(given: Namespace) -> int:
    from agent_toolbar.link_handlers import arrange_handlers  # noqa: PLC0415  # a verb has no use for it

    return arrange_handlers(given)


def _run_engine() -> int:
    """In a frozen toolbar only; otherwise the engine is started as `python -m agent_toolbar.engine`."""
    from agent_toolbar.engine.__main__ import main as run_engine  # noqa: PLC0415  # brings pjsua2

    return run_engine(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
