"""What is wrong with a telephone account that was just tried, and which of its fields it concerns. GUI thread."""

from __future__ import annotations

from enum import StrEnum

from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.domain.registration import RegistrationFault, RegistrationSnapshot
from agent_toolbar.i18n.error_sentences import error_text
from agent_toolbar.i18n.template import sentence
from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP


class AccountField(StrEnum):
    """The field of the account form that a problem stands next to; FORM is below all of them."""

    SERVER = "server"
    EXTENSION = "extension"
    PASSWORD = "password"
    FORM = "form"


PROBLEMS: dict[RegistrationFault, tuple[AccountField, str]] = {
    RegistrationFault.NONE: (
        AccountField.FORM,
        QT_TRANSLATE_NOOP("Account", "The telephone system did not take the connection. Try again."),
    ),
    RegistrationFault.NO_ACCOUNT: (AccountField.SERVER, QT_TRANSLATE_NOOP("Account", "Fill in server and extension.")),
    RegistrationFault.NO_PASSWORD: (
        AccountField.PASSWORD,
        QT_TRANSLATE_NOOP("Account", "The telephone system asks for a password."),
    ),
    RegistrationFault.UNKNOWN_HOST: (
        AccountField.SERVER,
        QT_TRANSLATE_NOOP("Account", "There is no computer with this name. Check the spelling."),
    ),
    RegistrationFault.UNREACHABLE: (
        AccountField.SERVER,
        QT_TRANSLATE_NOOP(
            "Account", "No telephone system can be reached there. Check server and port, and the network or VPN."
        ),
    ),
    RegistrationFault.TIMEOUT: (
        AccountField.SERVER,
        QT_TRANSLATE_NOOP(
            "Account", "Nobody answers there. Check the server's name; perhaps it wants TCP, or a VPN has to be on."
        ),
    ),
    RegistrationFault.WRONG_PASSWORD: (
        AccountField.PASSWORD,
        QT_TRANSLATE_NOOP("Account", "Extension or password are wrong. Type the password again; mind capital letters."),
    ),
    RegistrationFault.NOT_ALLOWED: (
        AccountField.EXTENSION,
        QT_TRANSLATE_NOOP(
            "Account",
            "The telephone system does not admit this extension from here. Ask who runs the telephone system.",
        ),
    ),
    RegistrationFault.UNKNOWN_EXTENSION: (
        AccountField.EXTENSION,
        QT_TRANSLATE_NOOP("Account", "The telephone system does not know this extension."),
    ),
    RegistrationFault.SERVER_ERROR: (
        AccountField.SERVER,
        QT_TRANSLATE_NOOP("Account", "The telephone system has a fault of its own ({status}). Try again later."),
    ),
    RegistrationFault.TLS: (
        AccountField.SERVER,
        QT_TRANSLATE_NOOP("Account", "No safe connection can be made: the server's certificate is not trusted here."),
    ),
    RegistrationFault.OTHER: (
        AccountField.FORM,
        QT_TRANSLATE_NOOP(
            "Account", "The telephone system answers “{status} {reason}”. Ask who runs it what that means."
        ),
    ),
}

_ERROR_FIELDS = {
    "no_server": AccountField.SERVER,
    "bad_server": AccountField.SERVER,
    "bad_port": AccountField.SERVER,
    "no_extension": AccountField.EXTENSION,
    "bad_extension": AccountField.EXTENSION,
    "no_password": AccountField.PASSWORD,
}


def account_problem(tried: RegistrationSnapshot) -> tuple[AccountField, str]:
    """The field and the sentence for a try that did not register."""
    field, source = PROBLEMS[tried.fault]
    return field, sentence("Account", source, {"status": tried.sip_status, "reason": tried.sip_reason})


def account_error(error: AgentToolbarError) -> tuple[AccountField, str]:
    """The field and the sentence for values that cannot be right."""
    return _ERROR_FIELDS.get(error.code, AccountField.FORM), error_text(error)
