"""Codes of CrmError and ManifestError in words; joined to the one table of error_sentences. Data only."""

from __future__ import annotations

from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

CONNECTOR_ERRORS: dict[str, str] = {
    # a CRM, or another system that is told by HTTP
    "crm_unreachable": QT_TRANSLATE_NOOP(
        "Error", "The CRM cannot be reached ({detail}). Check its address and network."
    ),
    "crm_slow": QT_TRANSLATE_NOOP("Error", "The CRM did not answer in time."),
    "crm_unauthorized": QT_TRANSLATE_NOOP("Error", "The CRM does not accept your key or password. Sign in again."),
    "sign_in_timeout": QT_TRANSLATE_NOOP("Error", "Nobody signed in in the browser for three minutes. Sign in again."),
    "sign_in_cancelled": QT_TRANSLATE_NOOP("Error", "Signing in in the browser was cancelled."),
    "sign_in_denied": QT_TRANSLATE_NOOP(
        "Error",
        "The CRM says that access was not allowed. Sign in again and agree, or ask whoever looks after the CRM.",
    ),
    "sign_in_no_port": QT_TRANSLATE_NOOP(
        "Error", "The browser cannot come back: the ports {ports} of this computer are taken. Quit what uses them."
    ),
    "trial_in_browser": QT_TRANSLATE_NOOP(
        "Error", "{name} signs people in in the browser, which this test cannot. The manifest itself is in order."
    ),
    "trial_sign_in_first": QT_TRANSLATE_NOOP(
        "Error", "{name} signs people in in the browser. Choose “Save and sign in” first, then test."
    ),
    "trial_no_key": QT_TRANSLATE_NOOP(
        "Error", "No key or password is kept for this address and user. Type it above, then test again."
    ),
    "trial_no_number": QT_TRANSLATE_NOOP(
        "Error", "“{number}” is no number of somebody outside. Type one as you would dial it, or none."
    ),
    "crm_forbidden": QT_TRANSLATE_NOOP("Error", "Your CRM account may not do this. Ask whoever looks after the CRM."),
    "crm_refused": QT_TRANSLATE_NOOP("Error", "The CRM refuses: {text}"),
    "crm_busy": QT_TRANSLATE_NOOP("Error", "The CRM asks to wait {retry_after_s} s before the next request."),
    "crm_broken_answer": QT_TRANSLATE_NOOP(
        "Error", "The CRM gave an answer that cannot be used ({detail}). Check its address."
    ),
    "crm_cannot": QT_TRANSLATE_NOOP("Error", "This CRM connector cannot do that ({operation})."),
    "crm_needs_contact": QT_TRANSLATE_NOOP(
        "Error",
        "The CRM writes calls to a contact, and none there has this number for certain. Create it, then try again.",
    ),
    "crm_number_changed": QT_TRANSLATE_NOOP(
        "Error", "The number was changed in the CRM meanwhile. Look at it there before you correct it."
    ),
    # manifests
    "manifest_broken": QT_TRANSLATE_NOOP("Error", "The connector {file} cannot be read (line {line}: {reason})."),
    "manifest_unknown_key": QT_TRANSLATE_NOOP(
        "Error", "The connector {file} has an unknown entry “{key}” (line {line})."
    ),
    "manifest_wrong_value": QT_TRANSLATE_NOOP(
        "Error", "In the connector {file}, “{key}” cannot be so (line {line}; expected: {expected})."
    ),
    "manifest_unknown_filter": QT_TRANSLATE_NOOP(
        "Error", "The connector {file} uses the filter “{filter}”, which does not exist (line {line}: {key})."
    ),
    "manifest_too_new": QT_TRANSLATE_NOOP(
        "Error", "The connector {file} needs a newer toolbar (line {line}: {key} {found})."
    ),
    "manifest_needs_value": QT_TRANSLATE_NOOP(
        "Error", "The connector {file} needs “{key}” (line {line}), which the settings do not give."
    ),
}
