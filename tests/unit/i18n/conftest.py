"""A language to speak in a test, compiled from the committed .ts file; the test process speaks English afterwards."""

from __future__ import annotations

import pytest

from agent_toolbar.i18n import compile as translations
from agent_toolbar.i18n.translation import Translation


@pytest.fixture(scope="session")
def translation_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("translations")
    translations.compile_translation(translations.source_file("fr"), folder / "agent_toolbar_fr.qm")
    return folder


@pytest.fixture
def speak(qapp, translation_folder):
    translation = Translation(qapp, translation_folder)
    yield translation.use
    translation.use("en")
