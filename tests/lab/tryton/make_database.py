"""Makes Tryton's database of the lab. Run by the Python that has Tryton: make_database.py FOLDER NAME KEY PASSWORD.

A company that sells, an agent who may read and write what a call needs, and customers with numbers and deals.
"""

from __future__ import annotations

import gc
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from trytond import backend, config
from trytond.model import ModelStorage
from trytond.pool import Pool
from trytond.transaction import Transaction

GROUPS = (
    ("party", "group_party_admin"),
    ("sale", "group_sale"),
    ("sale_opportunity", "group_opportunity"),
)
# name, country of the address, categories, mechanisms as (type, value)
PARTIES = (
    ("Marie Lefèvre", "FR", ("VIP",), (("phone", "+33 1 23 45 67 89"), ("email", "marie@example.com"))),
    ("Jean Moreau", "FR", (), (("phone", "09 87 65 43 21"), ("mobile", "06 12 34 56 78"))),
    ("Anna Schmidt", "DE", (), (("phone", "+49 30 23125 111"),)),
    ("Bernd Schmidt", "DE", (), (("phone", "+49 30 23125 111"),)),
    ("Grace Hopper", "GB", (), (("phone", "0113 496 0001"),)),
    ("Old Card & Sons", "GB", (), (("other", "01134960002"),)),  # typed in long ago, never made international
    ("Ada Palmer", "US", (), (("phone", "+1 650-253-0000"),)),
    ("Callers nobody knows", "FR", (), ()),
)
# party, currency, amount, description, state
DEALS = (
    ("Marie Lefèvre", "EUR", "12500.00", "New telephones", "opportunity"),
    ("Marie Lefèvre", "EUR", "900.50", "Headsets", "lead"),
    ("Marie Lefèvre", "EUR", "7000.00", "Lost to another", "lost"),
    ("Grace Hopper", "GBP", "300.00", "Training", "lead"),
)


def main(folder: str, name: str, key: str, password: str) -> None:
    gc.disable()  # a quarter of the time, for a process that is soon gone
    config.set("database", "uri", "sqlite://")
    config.set("database", "path", folder)
    (Path(folder) / f"{name}.sqlite").touch()  # Tryton opens a database, it does not make one
    database = backend.Database(name)
    database.connect()
    database.init()
    Pool.start()
    pool = Pool(name)
    _activate(pool)
    with Transaction().start(name, 0):
        company, employee = _company(pool)
        with Transaction().set_context(company=company.id):
            _agent(pool, company, employee, key, password)
            _deals(pool, company, employee, _parties(pool))


def _activate(pool: Any) -> None:
    """Half of the time would go to proving that the records Tryton ships with are valid: its makers did that."""
    validate = ModelStorage.__dict__["_validate"]
    ModelStorage._validate = classmethod(lambda cls, records, *args, **kwargs: None)
    try:
        pool.init(update=["sale_opportunity"], lang=["en"], activatedeps=True)
    finally:
        ModelStorage._validate = validate


def _company(pool: Any) -> tuple[Any, Any]:
    currencies = pool.get("currency.currency")
    currencies.create(
        [
            {"name": "Euro", "symbol": "€", "code": "EUR", "numeric_code": "978"},
            {"name": "Pound", "symbol": "£", "code": "GBP", "numeric_code": "826"},
        ]
    )
    pool.get("country.country").create([{"name": code, "code": code} for code in ("FR", "DE", "GB", "US")])
    parties = pool.get("party.party")
    firm, alice = parties.create([{"name": "The lab"}, {"name": "Alice Agent"}])
    (euro,) = currencies.search([("code", "=", "EUR")])
    (company,) = pool.get("company.company").create([{"party": firm.id, "currency": euro.id}])
    (employee,) = pool.get("company.employee").create([{"party": alice.id, "company": company.id}])
    return company, employee


def _agent(pool: Any, company: Any, employee: Any, key: str, password: str) -> None:
    """Rights of a sales person; the key is of the kind that each user makes for a program (User application)."""
    data = pool.get("ir.model.data")
    groups = [data.get_id(module, fs_id) for module, fs_id in GROUPS]
    (agent,) = pool.get("res.user").create(
        [
            {
                "name": "Alice Agent",
                "login": "alice",
                "password": password,
                "groups": [("add", groups)],
                "companies": [("add", [company.id])],
                "company": company.id,
                "employees": [("add", [employee.id])],
                "employee": employee.id,
            }
        ]
    )
    pool.get("res.user.application").create(
        [{"key": key, "user": agent.id, "application": "rest", "state": "validated"}]
    )


def _parties(pool: Any) -> dict[str, Any]:
    countries = {country.code: country.id for country in pool.get("country.country").search([])}
    (vip,) = pool.get("party.category").create([{"name": "VIP"}])
    made = {}
    for name, country, categories, mechanisms in PARTIES:
        (party,) = pool.get("party.party").create(
            [
                {
                    "name": name,
                    "addresses": [("create", [{"country": countries[country]}])],
                    "categories": [("add", [vip.id])] if "VIP" in categories else [],
                }
            ]
        )
        # after the address, whose country says what a national number means
        pool.get("party.contact_mechanism").create(
            [{"party": party.id, "type": kind, "value": value} for kind, value in mechanisms]
        )
        made[name] = party
    return made


def _deals(pool: Any, company: Any, employee: Any, parties: dict[str, Any]) -> None:
    currencies = {currency.code: currency.id for currency in pool.get("currency.currency").search([])}
    pool.get("sale.opportunity").create(
        [
            {
                "party": parties[party].id,
                "company": company.id,
                "employee": employee.id,
                "currency": currencies[currency],
                "amount": Decimal(amount),
                "description": description,
                "state": state,
            }
            for party, currency, amount, description, state in DEALS
        ]
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
