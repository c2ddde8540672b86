"""Exports of the programs that people keep contacts in, and what spreadsheets make of them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent_toolbar.application.ports.directory import ImportOutcome, ImportRequest, SkipReason
from agent_toolbar.crm.importers import MAX_SKIPPED_LISTED, import_contacts
from agent_toolbar.domain.phone_number import NumberPlan
from agent_toolbar.paths import resource_path
from tests.fakes.directory import empty_index

DATA = Path(__file__).parents[2] / "data" / "contacts"
BRITAIN = NumberPlan(region="GB", internal_pattern="[0-9]{4}")


@dataclass
class Imported:
    outcome: ImportOutcome
    index: sqlite3.Connection

    @property
    def contacts(self) -> list[tuple]:
        """(name, company, importance, owner) in the order of the file."""
        return self.index.execute("SELECT name, company, importance, owner FROM contact ORDER BY id").fetchall()

    def phones(self, name: str) -> list[tuple[str, str]]:
        return self.index.execute(
            "SELECT key || extension, kind FROM phone JOIN contact ON contact.id = contact_id WHERE name = ?"
            " ORDER BY position",
            (name,),
        ).fetchall()

    @property
    def skipped(self) -> list[tuple[int, SkipReason]]:
        return [(row.line, row.reason) for row in self.outcome.skipped]

    @property
    def error(self) -> str:
        return self.outcome.error.code if self.outcome.error else ""


@pytest.fixture
def index():
    connection = empty_index()
    yield connection
    connection.close()


@pytest.fixture
def read(index, tmp_path):
    """Imports a file of tests/data, or a content, into an empty index."""

    def run(source: str | bytes, region: str = "GB", **mapping: str) -> Imported:
        file = DATA / source if isinstance(source, str) else tmp_path / "given.csv"
        if isinstance(source, bytes):
            file.write_bytes(source)
        request = ImportRequest(file, NumberPlan(region, "[0-9]{4}"), mapping)
        return Imported(import_contacts(index, request, lambda progress: None, lambda: False), index)

    return run


def test_outlook_with_many_columns_and_a_note_over_two_lines(read) -> None:
    imported = read("outlook_en.csv")

    assert imported.contacts == [("Ann Miller", "Acme Bakery", 0, ""), ("Only A Company Ltd", "", 0, "")]
    assert imported.phones("Ann Miller") == [
        ("+441134960001", "work"),
        ("+441134960000", "work"),
        ("+447911123456", "mobile"),
    ]


def test_french_outlook_in_windows_encoding_with_semicolons(read) -> None:
    imported = read("outlook_fr.csv", region="FR")

    assert imported.contacts == [("Élodie Lefèvre", "Œuvres Générales", 0, ""), ("Zoé Noël", "", 0, "")]
    assert imported.phones("Élodie Lefèvre") == [("+33123456789", "work"), ("+33612345678", "mobile")]
    assert imported.phones("Zoé Noël") == [("+33198765432", "home")]


def test_german_excel_with_a_byte_order_mark_and_a_separator_line(read) -> None:
    imported = read("german_excel.csv", region="DE")

    assert imported.contacts == [
        ("Jürgen Groß", "Müller & Söhne GmbH", 0, "Eva"),
        ("Straßenbau AG", "", 0, ""),
    ]
    assert imported.phones("Jürgen Groß") == [("+493023125001", "work"), ("+491713920001", "mobile")]


def test_spanish_tabs_in_utf_16(read) -> None:
    imported = read("spanish_tabs.csv", region="ES")

    assert imported.contacts == [("José García Núñez", "Panadería Sol", 1, "")]
    assert imported.phones("José García Núñez") == [("+34912345678", ""), ("+34612345678", "mobile")]


def test_google_names_the_kind_of_each_number_and_puts_two_in_one_cell(read) -> None:
    imported = read("google.csv")

    assert imported.contacts == [("Ann Miller", "Acme Bakery", 0, "")]
    assert imported.phones("Ann Miller") == [
        ("+447911123456", "mobile"),
        ("+441134960001", "work"),
        ("+441134960002", "work"),
    ]


def test_hubspot_with_its_record_id_and_owner(read) -> None:
    imported = read("hubspot.csv")

    assert imported.contacts == [("Ann Miller", "Acme Bakery", 0, "Eva Owner")]
    assert imported.phones("Ann Miller") == [("+441134960001", ""), ("+447911123456", "mobile")]
    assert imported.index.execute("SELECT external_id, source FROM contact").fetchall() == [("151", "hubspot")]


def test_odoo_with_its_external_id_and_salesperson(read) -> None:
    imported = read("odoo.csv")

    assert imported.contacts == [("Ann Miller", "Acme Bakery", 0, "Eva Owner")]
    assert imported.index.execute("SELECT external_id FROM contact").fetchone() == ("__export__.res_partner_7_ab12",)


def test_broken_rows_cost_only_themselves(read) -> None:
    imported = read("broken_rows.csv")

    assert [name for name, *_ in imported.contacts] == ["Ann", "Carla", "Frank"]
    assert imported.skipped == [(3, SkipReason.BROKEN_ROW), (5, SkipReason.BROKEN_ROW), (6, SkipReason.BAD_NUMBER)]


def test_a_row_in_another_encoding_than_its_file_is_left_out(read) -> None:
    imported = read("broken_encoding.csv")

    assert [name for name, *_ in imported.contacts] == ["Élodie", "Zoé", "Noël"]
    assert imported.skipped == [(4, SkipReason.BROKEN_ENCODING)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_separator_and_line_end(read, encoding: str, separator: str, line_end: str) -> None:
    rows = [("name", "company", "phone"), ("Élodie Lefèvre", "Café Crème", "0113 496 0001")]
    content = line_end.join(separator.join(row) for row in rows)

    assert read(content.encode(encoding)).contacts == [("Élodie Lefèvre", "Café Crème", 0, "")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "contacts_file_empty"),
        (b"\r\n \r\n", "contacts_file_empty"),
        (b"Ann Miller,Acme,0113 496 0001\n", "contacts_no_header"),
        (b"\n\n1;2;3\n4;5;6\n", "contacts_no_header"),
        (b"name,company,email\nAnn,Acme,ann@example.com\n", "contacts_no_phone_column"),
        (b"phone,email\n0113 496 0001,ann@example.com\n", "contacts_no_name_column"),
        (b"PK\x03\x04 a workbook", "contacts_not_text"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "contacts_not_text"),
    ],
)
def test_a_file_without_usable_header_is_refused_with_the_reason(read, content: bytes, code: str) -> None:
    imported = read(content)

    assert (imported.error, imported.contacts) == (code, [])


def test_a_headerless_file_is_refused(read) -> None:
    assert read("headerless.csv").error == "contacts_no_header"


def test_a_header_may_stand_below_a_title(read) -> None:
    imported = read(b"Our customers\n\nname,phone\nAnn,0113 496 0001\nBob,x\n")

    assert [name for name, *_ in imported.contacts] == ["Ann"]
    assert imported.skipped == [(5, SkipReason.BAD_NUMBER)]


def test_a_mapping_goes_before_what_is_recognised(read) -> None:
    content = b"Wer;Wohin;Nummer A;Nummer B;Phone\nAnn;Acme;0113 496 0001;07911 123456;0113 496 0009\n"
    imported = read(content, name="Wer", company="Wohin", phone="Nummer A", mobile="Nummer B")

    assert imported.contacts == [("Ann", "Acme", 0, "")]
    assert imported.phones("Ann") == [("+441134960001", "work"), ("+447911123456", "mobile")]


def test_a_mapping_may_leave_a_field_out(read) -> None:
    imported = read(b"name,company,phone\nAnn,Acme,0113 496 0001\n", company="")

    assert imported.contacts == [("Ann", "", 0, "")]


@pytest.mark.parametrize(
    ("mapping", "code"),
    [({"phone": "Telephone"}, "contacts_unknown_column"), ({"shoe_size": "phone"}, "contacts_unknown_field")],
)
def test_a_mapping_that_does_not_fit_is_refused_by_name(read, mapping: dict[str, str], code: str) -> None:
    imported = read(b"name,phone\nAnn,0113 496 0001\n", **mapping)

    assert imported.error == code
    assert set(imported.outcome.error.params.values()) & {"Telephone", "shoe_size"}


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ('="0113 496 0001"', ["+441134960001"]),
        ("'01134960001", ["+441134960001"]),
        ("0113 496 0001 / 07911 123456", ["+441134960001", "+447911123456"]),
        ("0113 496 0001; 07911 123456", ["+441134960001", "+447911123456"]),
        ("0113 496 0001 or 07911 123456", ["+441134960001", "+447911123456"]),
        ("0113 496 0001, 0113 496 0001", ["+441134960001"]),
        ("0113/496 0001", ["+441134960001"]),
        ("tel:+44-113-496-0001;ext=45", ["+44113496000145"]),
        ("1001", ["1001"]),
        ("+1 555 0100", ["+15550100"]),
        ("sip:ann@example.com", ["ann@example.com"]),
    ],
)
def test_what_people_put_into_a_cell_for_numbers(read, cell: str, keys: list[str]) -> None:
    quoted = cell.replace('"', '""')
    imported = read(f'name,phone\nAnn,"{quoted}"\n'.encode())

    assert [key for key, _ in imported.phones("Ann")] == keys


@pytest.mark.parametrize("cell", ["4.41135E+11", "4,41135E+11", "n/a", "-", "see notes", "*21#", "٠١١٣٤٩٦٠٠٠١"])
def test_what_is_no_number_is_reported_as_bad(read, cell: str) -> None:
    imported = read(f'name,phone\nAnn,"{cell}"\n'.encode())

    assert imported.skipped == [(2, SkipReason.BAD_NUMBER)]


@pytest.mark.parametrize(
    ("header", "cell", "rank"),
    [
        ("importance", "VIP", 2),
        ("importance", "high", 1),
        ("priorité", "Élevée", 1),
        ("Wichtigkeit", "hoch", 1),
        ("importance", "normal", 0),
        ("importance", "1", 0),
        ("VIP", "1", 2),
        ("VIP", "oui", 2),
        ("VIP", "no", 0),
    ],
)
def test_importance_in_words_and_flags(read, header: str, cell: str, rank: int) -> None:
    imported = read(f"name,phone,{header}\nAnn,0113 496 0001,{cell}\n".encode())

    assert imported.contacts == [("Ann", "", rank, "")]


def test_texts_are_made_plain_and_short(read) -> None:
    name = "Ann\u202e<b>\x07 " + "x" * 500
    (stored, *_), *_ = read(f'name,phone\n"{name}",0113 496 0001\n'.encode()).contacts

    assert stored.startswith("Ann<b> xxx")
    assert len(stored) == 120


def test_a_huge_row_is_left_out(read) -> None:
    imported = read(b"name,phone\n" + b"x" * 70_000 + b",0113 496 0001\nAnn,0113 496 0002\n")

    assert imported.skipped == [(2, SkipReason.TOO_LONG)]
    assert [name for name, *_ in imported.contacts] == ["Ann"]


def test_a_quote_that_is_never_closed_does_not_swallow_the_file(read) -> None:
    rows = "".join(f"Name {number},0113 496 {number:04}\n" for number in range(100))
    imported = read(f'name,phone\n"Open,0113 496 0001\n{rows}'.encode())

    assert imported.skipped == [(2, SkipReason.BROKEN_ROW)]
    assert imported.outcome.added == 100


def test_of_very_many_unusable_rows_the_first_are_listed_and_all_are_counted(read) -> None:
    imported = read(b"name,phone\n" + b"Ann,nothing\n" * 2_000)

    assert imported.outcome.skipped_count == 2_000
    assert len(imported.outcome.skipped) == MAX_SKIPPED_LISTED


def test_a_file_that_is_not_there_is_an_outcome(index, tmp_path) -> None:
    request = ImportRequest(tmp_path / "missing.csv", BRITAIN)
    outcome = import_contacts(index, request, lambda progress: None, lambda: False)

    assert outcome.error is not None
    assert outcome.error.code == "contacts_file_unreadable"


def test_a_cancelled_import_leaves_the_index_as_it_was(index, tmp_path) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text("name,phone\n" + "".join(f"Name {number},0113 496 {number:04}\n" for number in range(500)))
    questions = iter(range(1000))
    outcome = import_contacts(index, ImportRequest(file, BRITAIN), lambda progress: None, lambda: next(questions) > 3)

    assert outcome == ImportOutcome(cancelled=True)
    assert index.execute("SELECT count(*) FROM contact").fetchone() == (0,)
    assert index.execute("SELECT count(*) FROM phone").fetchone() == (0,)
    assert not index.in_transaction


def test_old_vcards_with_quoted_printable_names(read) -> None:
    imported = read("phone_2_1.vcf", region="FR")

    assert [name for name, *_ in imported.contacts] == ["Élodie Lefèvre", "Zoé Noël"]
    assert imported.phones("Élodie Lefèvre") == [("+33612345678", "mobile"), ("+33123456789", "work")]
    assert imported.phones("Zoé Noël") == [("+33198765432", "home")]


def test_apples_vcards_with_labels_and_folded_lines(read) -> None:
    imported = read("apple_3_0.vcf")

    assert imported.contacts == [("Ann Miller", "Acme, Bakery", 2, "")]
    assert imported.phones("Ann Miller") == [("+441134960001", "mobile"), ("+441134960002", "work")]
    assert imported.skipped == [(14, SkipReason.BROKEN_ROW), (18, SkipReason.NO_NUMBER)]
    assert imported.index.execute("SELECT external_id FROM contact").fetchone() == ("2f0f8a1e-ann",)


def test_modern_vcards_with_numbers_as_uris(read) -> None:
    imported = read("modern_4_0.vcf")

    assert imported.contacts == [("Ann Miller", "Acme Bakery", 0, "")]
    assert imported.phones("Ann Miller") == [("+44113496000145", "home"), ("+447911123456", "mobile")]


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        ("FN:Ann\nthis is no property\nTEL:0113 496 0001\n", None),
        ("FN Ann\nTEL:0113 496 0001\n", SkipReason.NO_NAME),
        ("FN:Ann\nTEL;TYPE=fax:0113 496 0001\n", SkipReason.NO_NUMBER),
        ("FN:Ann\nTEL" + "x" * 10 + "\n", SkipReason.NO_NUMBER),
        ("FN:" + "x" * 70_000 + "\nTEL:0113 496 0001\n", SkipReason.TOO_LONG),
        ("FN;CHARSET=nobody-knows;ENCODING=QUOTED-PRINTABLE:Ann\nTEL:0113 496 0001\n", None),
        ("FN;ENCODING=QUOTED-PRINTABLE:=E9lodie\nTEL:0113 496 0001\n", SkipReason.BROKEN_ENCODING),
        ("AGENT:\nBEGIN:VCARD\nFN:Bob\nTEL:0113 496 0002\nEND:VCARD\nFN:Ann\nTEL:0113 496 0001\n", None),
    ],
)
def test_odd_cards_are_read_or_reported(read, card: str, reason: SkipReason | None) -> None:
    imported = read(f"BEGIN:VCARD\nVERSION:3.0\n{card}END:VCARD\n".encode())

    assert [name for name, *_ in imported.contacts] == (["Ann"] if reason is None else [])
    assert imported.skipped == ([] if reason is None else [(1, reason)])


def test_the_contacts_of_the_practice_line_are_read_whole(index) -> None:
    request = ImportRequest(resource_path("practice", "contacts.csv"), NumberPlan())
    outcome = import_contacts(index, request, lambda progress: None, lambda: False)

    assert (outcome.error, outcome.skipped) == (None, ())
    assert outcome.added >= 5
