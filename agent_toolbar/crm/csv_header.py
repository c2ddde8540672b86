"""Recognises what the columns of a contact export are, in English, French, German and Spanish. Pure.

Covers the exports of Outlook, Google Contacts, HubSpot and Odoo, and what people call the columns of their own tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent_toolbar.domain.errors import ContactImportError
from agent_toolbar.domain.folded_text import search_words

MAPPED_PHONES = {"phone": "work", "mobile": "mobile", "other_phone": ""}
_FIELD_WORDS: dict[str, str] = {
    "name": """name|full name|fullname|display name|displayname|file as|contact|contact name|complete name|customer
        |customer name|caller|person|nom|nom complet|nom affiche|nom et prenom|nom prenom|prenom nom|client
        |nom du client|nom du contact|anzeigename|vollstandiger name|kunde|kundenname|ansprechpartner|kontakt
        |kontaktname|nombre|nombre completo|nombre y apellidos|cliente|contacto|nombre del contacto""",
    "first_name": "first name|firstname|given name|forename|first|prenom|vorname|nombre de pila|primer nombre",
    "last_name": """last name|lastname|family name|surname|last|nom de famille|nachname|familienname|zuname|apellido
        |apellidos|primer apellido""",
    "company": """company|company name|organization|organisation|organization name|organization 1 name|account
        |account name|associated company|employer|parent id name|parent name|related company|business|societe
        |entreprise|nom de la societe|nom de l entreprise|raison sociale|organisme|compte|firma|firmenname|unternehmen
        |organisation 1 name|empresa|compania|organizacion|razon social|cuenta|nombre de la empresa""",
    "importance": """importance|priority|vip|rating|priorite|importance client|wichtigkeit|prioritat|importancia
        |prioridad""",
    "owner": """owner|contact owner|account owner|account manager|salesperson|sales person|assigned to|user id name
        |user id|proprietaire|responsable|commercial|vendeur|charge de compte|betreuer|besitzer|verantwortlicher
        |verkaufer|zustandig|propietario|vendedor|comercial|gestor""",
    "external_id": """id|uid|external id|externalid|record id|contact id|customer id|customer number|identifiant
        |id externe|id contact|id client|numero client|numero de client|externe id|kontakt id|kundennummer|id externo
        |id cliente|id contacto|numero de cliente""",
}
_FIELDS = {word.strip(): field for field, words in _FIELD_WORDS.items() for word in words.split("|")}
_PHONE_STEMS = ("phone", "telefon", "mobil", "handy", "rufnummer", "movil", "celular", "portable", "whatsapp", "natel")
_PHONE_WORDS = frozenset({"tel", "tfno", "tlf", "fon", "cell", "gsm"})
_PHONE_NAMES = frozenset({"number", "numero", "nummer", "numeros", "numbers"})
_BESIDE_PHONES = """type label ext extension poste durchwahl country pays land pais code indicatif vorwahl email mail
    app optin consent status count date last first time verified carrier model provider call calls contacted
    language id"""
_NO_PHONE_WORDS = frozenset(_BESIDE_PHONES.split())
_KINDS = {
    "mobile": ("mobil", "cell", "gsm", "portable", "handy", "movil", "celular", "natel", "whatsapp", "iphone"),
    "home": ("home", "domicile", "prive", "privat", "casa", "person", "particular", "maison", "perso"),
    "work": ("work", "business", "bureau", "travail", "profes", "office", "geschaft", "dienst", "buro", "trabajo",
             "oficina", "firmen", "company", "standard", "direct", "main", "arbeit"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PhoneColumn:
    """A column of numbers; `kind_column` names them row by row (Google's "Phone 1 - Label"), -1 if there is none."""

    column: int
    kind: str = ""
    kind_column: int = -1


@dataclass(frozen=True, slots=True)
class ContactColumns:
    """Where in a row the fields of a contact are; -1 where the file has no such column."""

    width: int
    phones: tuple[PhoneColumn, ...]
    name: int = -1
    first_name: int = -1
    last_name: int = -1
    company: int = -1
    importance: int = -1
    owner: int = -1
    external_id: int = -1
    importance_is_vip: bool = False


def find_columns(header: Sequence[str], mapping: Mapping[str, str]) -> ContactColumns | None:
    """The columns of `header`, or None if it holds no word that a header of contacts has.

    `mapping` (field name to header) goes before what is recognised; an empty header in it leaves the field out.
    Raises ContactImportError when it is a header without names or without numbers, or not the one of the mapping.
    """
    names = [" ".join(search_words(cell)) for cell in header]
    fields = _mapped(header, mapping)
    taken = {column for columns in fields.values() for column in columns}
    phones = [PhoneColumn(column, MAPPED_PHONES[field]) for field in MAPPED_PHONES for column in fields.get(field, ())]
    recognised = {column: _FIELDS[name] for column, name in enumerate(names) if name in _FIELDS}
    for column, field in recognised.items():
        if column not in taken and field not in fields and field not in mapping:
            fields[field] = [column]
    if not any(field in mapping for field in MAPPED_PHONES):
        phones = [
            PhoneColumn(column, kind_of(name), _kind_column(names, name))
            for column, name in enumerate(names)
            if column not in taken and column not in recognised and _is_phone(name)
        ]
    if not phones and not fields:
        return None
    _require_usable(header, phones, fields)
    return _columns(names, tuple(phones), {field: columns[0] for field, columns in fields.items() if columns})


@lru_cache(maxsize=256)
def kind_of(label: str) -> str:
    """ "mobile", "home", "work" or "" for a column's or number's label in one of the four languages."""
    name = " ".join(search_words(label))
    for kind, stems in _KINDS.items():
        if any(stem in name for stem in stems):
            return kind
    return "work" if name.split()[-1:] == ["pro"] else ""


def _mapped(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, list[int]]:
    known = {*_FIELD_WORDS, *MAPPED_PHONES}
    places = {cell.strip(): column for column, cell in reversed(list(enumerate(header)))}
    fields: dict[str, list[int]] = {}
    for field, wanted in mapping.items():
        if field not in known:
            raise ContactImportError("contacts_unknown_field", field=field, fields=", ".join(sorted(known)))
        if not wanted:
            continue
        if wanted.strip() not in places:
            raise ContactImportError("contacts_unknown_column", column=wanted, columns=_shown(header))
        fields[field] = [places[wanted.strip()]]
    return fields


def _is_phone(name: str) -> bool:
    words = name.split()
    if "fax" in name or _NO_PHONE_WORDS.intersection(words):
        return False
    return name in _PHONE_NAMES or any(stem in name for stem in _PHONE_STEMS) or not _PHONE_WORDS.isdisjoint(words)


def _kind_column(names: Sequence[str], name: str) -> int:
    """Google: "Phone 1 - Value" goes with "Phone 1 - Type" or "Phone 1 - Label"."""
    stem = name.removesuffix(" value")
    if stem == name:
        return -1
    return next((column for column, other in enumerate(names) if other in {f"{stem} type", f"{stem} label"}), -1)


def _require_usable(header: Sequence[str], phones: Sequence[PhoneColumn], fields: Mapping[str, Sequence[int]]) -> None:
    if not phones:
        raise ContactImportError("contacts_no_phone_column", columns=_shown(header))
    if not {"name", "first_name", "last_name", "company"}.intersection(fields):
        raise ContactImportError("contacts_no_name_column", columns=_shown(header))


def _columns(names: Sequence[str], phones: tuple[PhoneColumn, ...], fields: Mapping[str, int]) -> ContactColumns:
    """ "Nom" beside "Prénom" is the family name, "Nombre" beside "Apellidos" the given name."""
    name, first, last = (fields.get(field, -1) for field in ("name", "first_name", "last_name"))
    if name >= 0 and first >= 0 and last < 0:
        name, last = -1, name
    elif name >= 0 and last >= 0 and first < 0:
        name, first = -1, name
    importance = fields.get("importance", -1)
    return ContactColumns(
        width=len(names),
        phones=phones,
        name=name,
        first_name=first,
        last_name=last,
        company=fields.get("company", -1),
        importance=importance,
        owner=fields.get("owner", -1),
        external_id=fields.get("external_id", -1),
        importance_is_vip=importance >= 0 and names[importance] == "vip",
    )


def _shown(header: Sequence[str]) -> str:
    return ", ".join(cell.strip() for cell in header if cell.strip())[:300]
