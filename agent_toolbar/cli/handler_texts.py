"""The sentences of `agent-toolbar handlers`, in English and French; see cli.texts."""

from __future__ import annotations

ENGLISH = {
    "handlers": "who opens links to telephone numbers (tel:, callto:, sip:); the toolbar need not run",
    "handlers-status": "say who opens them now, and whether the toolbar is offered for them",
    "handlers-register": "offer the toolbar to the system for such links; whoever opens them now keeps them",
    "handlers-unregister": "take that back; the links go again to whom they went before",
    "handlers-machine": "for everybody at this computer (an administrator only)",
    "handlers-default": "also make the toolbar the one that opens them (Linux only)",
    "handler_line": "{scheme}: {who}",
    "handler_ours": "Agent Toolbar",
    "handler_nobody": "nobody",
    "handler_unknown": "not chosen yet; the system asks at the next link",
    "handler_unread": "not known",
    "offer_none": "The toolbar is not offered for links. To offer it: agent-toolbar handlers register",
    "offer_user": "The toolbar is offered for links, to this user.",
    "offer_machine": "The toolbar is offered for links, to everybody at this computer.",
    "offer_other_program": "Another copy of the toolbar is offered for links. To offer this one: "
    "agent-toolbar handlers register",
    "handlers_page": "A person chooses who opens links here: {page}",
    "handlers_not_allowed": "This account may not write there: {place}. For --machine, an administrator must do it.",
    "handlers_failed": "The system could not be told ({detail}).",
    "handlers_bad_path": "The system cannot start a program that lies in such a place: {place}",
    "handlers_overruled": "The toolbar is offered, but this file gives {scheme} links to somebody else: {place}",
    "handlers_unreadable": "Who opens links is not known, as this file cannot be read ({detail}): {place}",
    "handlers_person_chooses": "On this system only a person can choose who opens links. Nothing was changed. Leave "
    "--default out, then choose Agent Toolbar in the system's settings.",
    "handlers_in_application": "On macOS the application offers itself for links, as soon as it lies in the folder "
    "of applications.",
}

FRENCH = {
    "handlers": "qui ouvre les liens vers des numéros (tel:, callto:, sip:) ; sans que la barre soit lancée",
    "handlers-status": "dire qui les ouvre maintenant, et si la barre est proposée pour eux",
    "handlers-register": "proposer la barre au système pour ces liens ; qui les ouvre maintenant les garde",
    "handlers-unregister": "retirer cette proposition ; les liens retournent à qui les ouvrait avant",
    "handlers-machine": "pour tous ceux qui utilisent cet ordinateur (administrateur seulement)",
    "handlers-default": "faire aussi que la barre soit celle qui les ouvre (Linux seulement)",
    "handler_line": "{scheme} : {who}",
    "handler_ours": "Agent Toolbar",
    "handler_nobody": "personne",
    "handler_unknown": "pas encore choisi ; le système demandera au prochain lien",
    "handler_unread": "inconnu",
    "offer_none": "La barre n’est pas proposée pour les liens. Pour la proposer : agent-toolbar handlers register",
    "offer_user": "La barre est proposée pour les liens, à cet utilisateur.",
    "offer_machine": "La barre est proposée pour les liens, à tous ceux qui utilisent cet ordinateur.",
    "offer_other_program": "Une autre copie de la barre est proposée pour les liens. Pour proposer celle-ci : "
    "agent-toolbar handlers register",
    "handlers_page": "Ici, c’est une personne qui choisit qui ouvre les liens : {page}",
    "handlers_not_allowed": "Ce compte n’a pas le droit d’écrire là : {place}. Avec --machine, c’est à "
    "l’administrateur de le faire.",
    "handlers_failed": "Impossible de le dire au système ({detail}).",
    "handlers_bad_path": "Le système ne peut pas lancer un programme placé à cet endroit : {place}",
    "handlers_overruled": "La barre est proposée, mais ce fichier donne les liens {scheme} à quelqu’un d’autre : "
    "{place}",
    "handlers_unreadable": "Impossible de savoir qui ouvre les liens : ce fichier est illisible ({detail}) : {place}",
    "handlers_person_chooses": "Sur ce système, seule une personne peut choisir qui ouvre les liens. Rien n’a été "
    "modifié. Retirez --default, puis choisissez Agent Toolbar dans les réglages du système.",
    "handlers_in_application": "Sous macOS, l’application se propose elle-même pour les liens, dès qu’elle est dans "
    "le dossier des applications.",
}
