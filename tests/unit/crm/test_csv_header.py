import pytest

from agent_toolbar.crm.csv_header import PhoneColumn, find_columns, kind_of
from agent_toolbar.domain.errors import ContactImportError


@pytest.mark.parametrize(
    "header",
    ["Phone", "phone_number", "Telephone", "Tel.", "Téléphone", "Tél", "Numéro de téléphone", "Telefon", "Rufnummer",
     "Telefonnummer", "Teléfono", "Tfno", "Number", "Nummer", "Primary Phone", "Radio Phone"],
)  # fmt: skip
def test_a_column_of_numbers_is_recognised(header: str) -> None:
    columns = find_columns(["name", header], {})

    assert columns is not None
    assert [phone.column for phone in columns.phones] == [1]


@pytest.mark.parametrize(
    "header",
    ["Fax", "Business Fax", "Telefax", "Télécopie", "Phone Type", "Phone 1 - Label", "Phone Country Code",
     "Téléphone poste", "Last phone call date", "Mobile app language", "Phone verified", "Phone (optin)",
     "Durchwahl Telefon"],
)  # fmt: skip
def test_a_column_about_numbers_is_none(header: str) -> None:
    with pytest.raises(ContactImportError) as refused:
        find_columns(["name", header], {})
    assert refused.value.code == "contacts_no_phone_column"


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Mobile Phone", "mobile"),
        ("Portable", "mobile"),
        ("Handy", "mobile"),
        ("Móvil", "mobile"),
        ("CELL", "mobile"),
        ("Home", "home"),
        ("Tél. domicile", "home"),
        ("Privat", "home"),
        ("Casa", "home"),
        ("Work", "work"),
        ("Telefon geschäftlich", "work"),
        ("Téléphone (bureau)", "work"),
        ("Tél. pro", "work"),
        ("Company Main Phone", "work"),
        ("Other", ""),
        ("", ""),
    ],
)
def test_labels_tell_the_kind_of_a_number(label: str, kind: str) -> None:
    assert kind_of(label) == kind


@pytest.mark.parametrize(
    ("header", "first", "last", "name"),
    [
        (["Prénom", "Nom", "Téléphone"], 0, 1, -1),
        (["Vorname", "Name", "Telefon"], 0, 1, -1),
        (["Nombre", "Apellidos", "Teléfono"], 0, 1, -1),
        (["Given Name", "Family Name", "Phone"], 0, 1, -1),
        (["Nom complet", "Société", "Tél"], -1, -1, 0),
        (["Name", "Given Name", "Family Name", "Phone"], 1, 2, 0),
    ],
)
def test_what_a_name_column_means_depends_on_its_neighbours(
    header: list[str], first: int, last: int, name: int
) -> None:
    columns = find_columns(header, {})

    assert columns is not None
    assert (columns.first_name, columns.last_name, columns.name) == (first, last, name)


def test_the_first_of_two_columns_of_a_field_counts() -> None:
    columns = find_columns(["id", "Record ID", "name", "phone"], {})

    assert columns is not None
    assert columns.external_id == 0


def test_a_mapped_number_keeps_other_numbers_out() -> None:
    columns = find_columns(["name", "Phone", "Mobile"], {"other_phone": "Mobile"})

    assert columns is not None
    assert columns.phones == (PhoneColumn(2, ""),)


def test_a_row_of_values_is_no_header() -> None:
    assert find_columns(["Ann Miller", "0113 496 0001"], {}) is None
