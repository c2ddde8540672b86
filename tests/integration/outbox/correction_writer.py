"""Confirms one correction after the other as fast as it can; to be killed while it does so.

`python correction_writer.py FOLDER CRM LIFE COUNT`. Prints "ready" once all that an earlier life left is written
everywhere. With COUNT it ends by itself after so many new ones.
"""

from __future__ import annotations

import sys
from pathlib import Path

from agent_toolbar.application.number_case import NumberOrder
from agent_toolbar.domain.number_correction import CorrectionKind
from tests.integration.outbox.number_file_crm import NumberFileCrm
from tests.integration.outbox.numbers_at_work import start


def main() -> None:
    folder, crm_file, life, count = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    crm = NumberFileCrm(crm_file)
    work = start(folder, crm, life)
    print("ready", flush=True)
    told = 0
    while told != count:
        told += 1
        now = crm.number
        after = f"+3314050{int(now[-4:]) + 1:04d}"
        answers: list[object] = []
        work.numbers.order(NumberOrder(now, CorrectionKind.CORRECT, after), True, answers.append)
        work.dispatcher.run_until(lambda a=answers: bool(a), what="the correction")
        work.settle()
    work.close()


if __name__ == "__main__":
    main()
