"""Reproducible contacts as companies have them: names of many countries, 1.6 numbers each, spelled as people do.

Two in five work where somebody else of the file does, most of these behind one switchboard; some numbers are wrong.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from agent_toolbar.domain.phone_number import NumberPlan

PLAN = NumberPlan(region="FR", internal_pattern="[0-9]{4}")
COLUMNS = ("id", "name", "company", "phone", "mobile", "importance", "owner")
OWNERS = ("Alice", "Bob", "Chloé", "Dimitri", "")
NAMES = (  # first names, last names, how often of a hundred
    (
        "Marie Jean Camille Élodie François Inès Hugo Léa Zoé Noël Thérèse Anaïs Gaël Chloé Mathieu Lucie Agnès",
        "Martin Bernard Dubois Lefèvre Moreau Girard Bonnet Garnier Faure Rousseau Blanc Chevalier Gauthier Morin",
        46,
    ),
    ("Oliver Amelia Jack Isla Harry Grace Noah Freya", "Smith Jones Taylor Brown Williams Evans Walker Hughes", 14),
    ("Lukas Jürgen Anna Björn Käthe Sören Lena Ute", "Müller Schmidt Weiß Schäfer Köhler Vogel Krüger Jäger", 11),
    ("Lucía Hugo Martín Sofía Íñigo Nuria Álvaro", "García Fernández Muñoz Ibáñez Núñez Peña Cañas Vázquez", 9),
    ("Giulia Luca Sofia Niccolò Chiara Matteo", "Rossi Bianchi Esposito Greco Colombo D'Angelo Lo-Russo", 6),
    ("Zofia Łukasz Małgorzata Wojciech Agnieszka", "Kowalski Wiśniewska Wójcik Kamiński Dąbrowska Zieliński", 4),
    ("Yasmine Farid Karim Leïla Mohamed Nour", "Benali Haddad Mansouri El-Amrani Bouzid Cherif", 5),
    ("Анна Иван Ольга Сергей Юлия", "Иванова Смирнов Кузнецова Попов Соколова", 2),
    ("Νίκος Ελένη Γιώργος Μαρία", "Παπαδόπουλος Γεωργίου Νικολάου", 1),
    ("伟 芳 秀英 敏 静", "王 李 张 刘 陈 杨", 1),
    ("محمد فاطمة علي مريم", "الحسن السيد منصور", 1),
)
ENDINGS = ("", "", "", "-Roux", "-Weber", "son", "ier", "eau", "elli", "mann", "ez", "ska")
SYLLABLES = ("mar", "tin", "sol", "ver", "nor", "del", "fré", "ko", "wal", "ber", "lyn", "tec", "zel", "qua", "phi")
TRADES = (
    "SARL",
    "SAS",
    "Transports",
    "Assurances",
    "Énergie",
    "Boulangerie",
    "& Fils",
    "GmbH",
    "Ltd",
    "Santé",
    "École",
)
ABROAD = (  # country code, beginning, digits that follow, national prefix
    ("44", "20 7", 7, "0"),
    ("44", "7400 ", 6, "0"),
    ("49", "30 2", 7, "0"),
    ("32", "2 5", 6, "0"),
    ("41", "22 7", 6, "0"),
    ("34", "612 ", 6, ""),
    ("39", "06 5", 7, ""),
    ("1", "212 55", 5, ""),
    ("212", "522 2", 5, "0"),
)
_SHARES_COMPANY = 0.4
_SHARES_SWITCHBOARD = 0.6  # of these
_HAS_MOBILE = 0.6
_ABROAD = 0.15


def contact_rows(contacts: int) -> Iterator[list[str]]:
    """The rows of a file of `contacts`, in the order of COLUMNS."""
    chance = random.Random(7)
    names = [(first.split(), last.split()) for first, last, often in NAMES for _ in range(often)]
    companies = [_company(chance) for _ in range(max(1, contacts // 20))]
    for number in range(contacts):
        (first_names, last_names), ending = chance.choice(names), chance.choice(ENDINGS)
        last = chance.choice(last_names)
        name = f"{chance.choice(first_names)} {last + ending if last.isascii() else last}"
        phone = _written(_number(chance, mobile=False), chance)
        if chance.random() < _SHARES_COMPANY:
            company, switchboard = companies[int(len(companies) * chance.random() ** 2)]  # a few are large
            if chance.random() < _SHARES_SWITCHBOARD:
                phone = _written(switchboard, chance)
        else:
            company = _company(chance)[0] if chance.random() < 0.5 else ""
        mobile = _written(_number(chance, mobile=True), chance) if chance.random() < _HAS_MOBILE else ""
        importance = "vip" if chance.random() < 0.02 else ""
        yield [f"C{number:07}", name, company, phone, mobile, importance, chance.choice(OWNERS)]


def write_contacts(path: Path, contacts: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(contact_rows(contacts))


_Number = tuple[str, str, str]  # country code, national digits grouped, national prefix


def _company(chance: random.Random) -> tuple[str, _Number]:
    name = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))).title()
    return f"{name} {chance.choice(TRADES)}", _number(chance, mobile=False)


def _number(chance: random.Random, *, mobile: bool) -> _Number:
    if chance.random() < _ABROAD:
        code, begun, digits, prefix = chance.choice(ABROAD)
        return code, f"{begun}{chance.randrange(10**digits):0{digits}}", prefix
    area = chance.choice("67") if mobile else chance.choice("12345")
    digits = f"{int(chance.random() * 10**8):08}"
    return "33", f"{area} {digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}", "0"


_SPELLINGS: tuple[tuple[int, Callable[[str, str, str, str], str]], ...] = (  # how often of a hundred; how
    (34, lambda home, code, national, prefix: home),
    (14, lambda home, code, national, prefix: home.replace(" ", "")),
    (14, lambda home, code, national, prefix: f"+{code}{national.replace(' ', '')}"),
    (8, lambda home, code, national, prefix: f"+{code} {national}"),
    (6, lambda home, code, national, prefix: home.replace(" ", ".")),
    (4, lambda home, code, national, prefix: f"00{code} {national}"),
    (4, lambda home, code, national, prefix: f"+{code} ({prefix}){national}" if prefix else home),
    (3, lambda home, code, national, prefix: home.replace(" ", "\u00a0")),
    (2, lambda home, code, national, prefix: f"{home} ext. {national[-2:]}"),
    (2, lambda home, code, national, prefix: f"{home} / 06 12 {national[-2:]} 56 {national[-2:]}"),
    (1, lambda home, code, national, prefix: f"tel:+{code}-{national.replace(' ', '-')}"),
    (1, lambda home, code, national, prefix: f"({home[:2]}) {home[2:].strip()}"),
    (2, lambda home, code, national, prefix: home[:-1]),  # a digit was forgotten
    (1, lambda home, code, national, prefix: f"{home}{national[-1]}"),
    (1, lambda home, code, national, prefix: f"1{national[-1]}{national[-2:]}".replace(" ", "0")),  # an extension
    (1, lambda home, code, national, prefix: "n/a"),
    (1, lambda home, code, national, prefix: f"Tél : {home}"),
    (1, lambda home, code, national, prefix: f"{home} (bureau)"),
)
_SPELL = [spell for often, spell in _SPELLINGS for _ in range(often)]


def _written(number: _Number, chance: random.Random) -> str:
    """As somebody typed it: national where it is of here, else international, now and then odd or wrong."""
    code, national, prefix = number
    home = f"{prefix}{national}" if code == "33" else f"+{code} {national}"
    return _SPELL[int(chance.random() * len(_SPELL))](home, code, national, prefix)
