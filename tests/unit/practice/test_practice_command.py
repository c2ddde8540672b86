"""What the practice toolbar is started with."""

import pytest

from agent_toolbar.cli.arguments import PRACTICE, parse
from agent_toolbar.practice.practice_process import practice_command


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_practice_toolbar_speaks_the_language_of_the_one_that_opens_it(language: str) -> None:
    arguments = parse(practice_command(language)[3:])
    assert (arguments.start, arguments.language) == (PRACTICE, language)


def test_without_a_wish_it_follows_the_system() -> None:
    assert practice_command("")[3:] == ["practice"]
