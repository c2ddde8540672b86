"""A few days of calls, newest first, for pictures and tests of the history; and contact files to import."""

from __future__ import annotations

from agent_toolbar.application.ports.directory import ImportOutcome, ImportPreview, SkippedRow, SkipReason
from agent_toolbar.application.ports.storage import CallRecord
from agent_toolbar.domain.call import CallDirection, CallEndCause
from agent_toolbar.domain.number_finding import NumberFinding
from tests.fakes.sample_states import HOSTILE_NAME, NOW_S

_IN, _OUT = CallDirection.INCOMING, CallDirection.OUTGOING
_DAY_S = 86_400.0


def record(
    identity: str,
    ago_s: float,
    direction: CallDirection = _IN,
    number: str = "+33145678901",
    *,
    name: str = "",
    company: str = "",
    talk_s: float = 0.0,
    cause: CallEndCause | None = CallEndCause.HUNG_UP,
    **flags: bool,
) -> CallRecord:
    """A call that began `ago_s` seconds before NOW_S and, with `talk_s`, was answered after six seconds."""
    started = NOW_S - ago_s
    answered = started + 6 if talk_s else 0.0
    ended = (answered + talk_s if talk_s else started + 12) if cause is not None else 0.0
    return CallRecord(
        identity,
        direction,
        number,
        number_key=number,
        name=name,
        company=company,
        started_s=started,
        ringing_s=started,
        answered_s=answered,
        ended_s=ended,
        end_cause=cause,
        missed=flags.get("missed", False),
        seen=flags.get("seen", True),
        number_finding=flags.get("finding", NumberFinding.NONE),
    )


RECORDS: tuple[CallRecord, ...] = (
    record("h1", 95, name="Marie Dupont", company="ACME", cause=CallEndCause.CANCELLED, missed=True, seen=False),
    record("h2", 1_320, _OUT, "+420224930111", name="Hana Nováková", company="Pražská pekárna", talk_s=424),
    record(
        "h3", 2_950, number="+33612345678", name="Jérôme Lefèvre-Özdemir", company="Boulangerie de l’Étoile", talk_s=73
    ),
    record("h4", 5_400, _OUT, "+4930901820", name="Anna Weber", company="Weber & Söhne GmbH", cause=CallEndCause.BUSY),
    record("h5", 7_000, number="", cause=CallEndCause.CANCELLED, missed=True),
    record("h6", 11_000, number="207", name="Paul Martin", talk_s=31),
    record(
        "marked",
        14_000,
        number="+33155667788",
        name="Luc Moreau",
        company="Garage Moreau",
        talk_s=18,
        finding=NumberFinding.WRONG,
    ),
    record("h7", _DAY_S - 3_000, number="+33198765432", name=HOSTILE_NAME, cause=CallEndCause.DECLINED),
    record("h8", _DAY_S + 4_000, _OUT, "+33145678901", name="Marie Dupont", company="ACME", talk_s=3_905),
    record("h9", _DAY_S + 9_000, number="+14155550123", cause=CallEndCause.ANSWERED_ELSEWHERE),
    record("h10", 5 * _DAY_S, _OUT, "+33199999999", cause=CallEndCause.NOT_FOUND),
    record("h11", 5 * _DAY_S + 2_000, number="+33612345678", name="Jérôme Lefèvre-Özdemir", talk_s=612),
    record("h12", 150 * _DAY_S, _OUT, "+390669812345", name="Chiara Rossi", company="Caffè Roma", talk_s=245),
)

PREVIEW = ImportPreview(
    columns=("Kundennr", "Prénom", "Nom", "Société", "Téléphone", "Portable", "Remarque"),
    mapping={
        "external_id": "Kundennr",
        "first_name": "Prénom",
        "last_name": "Nom",
        "company": "Société",
        "phone": "Téléphone",
        "mobile": "Portable",
    },
    rows=(
        ("10017", "Marie", "Dupont", "ACME", "01 45 67 89 01", "", "VIP"),
        ("10018", "Jérôme", "Lefèvre-Özdemir", "Boulangerie de l’Étoile", "", "06 12 34 56 78", ""),
        ("10019", "Hana", "Nováková", "Pražská pekárna", "+420 224 930 111", "", "CZ"),
    ),
)

OUTCOME = ImportOutcome(
    added=12_312,
    updated=168,
    unchanged=40,
    skipped=(
        SkippedRow(17, SkipReason.NO_NUMBER, "Durand;;;"),
        SkippedRow(203, SkipReason.BAD_NUMBER, "Petit;Luc;call me!"),
        SkippedRow(204, SkipReason.BROKEN_ENCODING, "M?ller;Jens;+49 30 901820"),
        SkippedRow(9_911, SkipReason.BROKEN_ROW, "a;b;c;d;e;f;g;h;i"),
    ),
    skipped_count=4,
)
