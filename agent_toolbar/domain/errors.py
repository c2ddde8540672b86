"""The one root of all errors of ours: a code and its parameters; `i18n` makes the sentence in the user's language."""

from __future__ import annotations


class AgentToolbarError(Exception):
    """Something that the user or a caller must be told.

    Attributes:
        code: a stable snake_case name such as "call_not_found"; every code has a sentence in each language.
        params: values that the sentence shows; plain text and numbers only.
    """

    def __init__(self, code: str, **params: str | int | float) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in sorted(self.params.items()))
        return f"{self.code} ({shown})" if shown else self.code


class CallError(AgentToolbarError):
    """A command about a call that cannot be done now."""


class AccountError(AgentToolbarError):
    """The telephone account is missing, wrong or refused."""


class SettingsError(AgentToolbarError):
    """A settings file or value that cannot be used."""


class StorageError(AgentToolbarError):
    """The disk or a database refused."""


class ContactImportError(AgentToolbarError):
    """A contact file that cannot be read at all."""


class NumberError(AgentToolbarError):
    """A text that is no telephone number."""


class EngineError(AgentToolbarError):
    """The engine is not there or does not do what it was told."""


class AgentError(AgentToolbarError):
    """Something about availability or wrap-up that cannot be done now."""


class AvailabilityError(AgentToolbarError):
    """The telephone system (its queues) refused or does not answer what the agent chose."""


class CrmError(AgentToolbarError):
    """The CRM, or another system that is told by HTTP, refused or does not answer."""


class ManifestError(AgentToolbarError):
    """A manifest of a connector that cannot be used; has the parameters `file`, `line` and `key`."""


class LinkError(AgentToolbarError):
    """A link, a page or a selected text that asks for a call which cannot be asked for."""


class DirectoryError(AgentToolbarError):
    """A company directory (CardDAV, LDAP) that cannot be read or written; has the parameter `name`."""


class SchemeError(AgentToolbarError):
    """The system does not let the toolbar be offered for links, or not in this way."""
