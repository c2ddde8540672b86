"""What a person is shown of a contact file before its import."""

from pathlib import Path

from agent_toolbar.crm.contact_preview import preview_contacts


def written(folder: Path, text: str, name: str = "contacts.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_the_columns_come_with_what_they_were_taken_for(tmp_path: Path) -> None:
    head = preview_contacts(
        written(tmp_path, "Nom;Société;Téléphone;Portable\nMarie Dupont;ACME;01 99 00 12 34;06 39 98 00 01\n")
    )
    assert head.error is None
    assert head.columns == ("Nom", "Société", "Téléphone", "Portable")
    assert head.mapping == {"name": "Nom", "company": "Société", "phone": "Téléphone", "mobile": "Portable"}
    assert head.rows == (("Marie Dupont", "ACME", "01 99 00 12 34", "06 39 98 00 01"),)


def test_unknown_columns_are_offered_without_a_guess(tmp_path: Path) -> None:
    head = preview_contacts(written(tmp_path, "aa,bb\nMarie,0199001234\n"))
    assert head.columns == ("aa", "bb")
    assert head.mapping == {}
    assert head.rows == (("Marie", "0199001234"),)


def test_only_the_first_rows_are_read(tmp_path: Path) -> None:
    head = preview_contacts(written(tmp_path, "name,phone\n" + "Ann,0199001234\n" * 50))
    assert len(head.rows) == 5


def test_a_vcard_has_nothing_to_choose(tmp_path: Path) -> None:
    head = preview_contacts(written(tmp_path, "BEGIN:VCARD\nFN:Ann\nEND:VCARD\n", "a.vcf"))
    assert (head.columns, head.error) == ((), None)


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    file = tmp_path / "contacts.xlsx"
    file.write_bytes(b"PK\x03\x04rest")
    error = preview_contacts(file).error
    assert error is not None
    assert error.code == "contacts_not_text"


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    error = preview_contacts(tmp_path / "gone.csv").error
    assert error is not None
    assert error.code == "contacts_file_unreadable"


def test_cells_are_plain_text(tmp_path: Path) -> None:
    head = preview_contacts(written(tmp_path, "name,phone\n\u202eMarie\u0007,0199001234\n"))
    assert head.rows == (("Marie", "0199001234"),)
