from __future__ import annotations

import pytest

from agent_toolbar.practice.dialog import Dialog, DialogName


def test_a_dialog_is_named_by_replaces_as_its_receiver_knows_it() -> None:
    dialog = Dialog(
        call_id="abc@practice",
        local="<sip:100@b>;tag=ours",
        remote='"A;tag=no" <sip:200@b>;tag=theirs',
        remote_target="sip:200@c",
        contact="<sip:practice@b>",
    )

    assert dialog.name == DialogName("abc@practice", "ours", "theirs")
    assert DialogName.of_replaces("abc@practice;from-tag=theirs;to-tag=ours;early-only") == dialog.name


@pytest.mark.parametrize("value", ["", "abc@practice", "abc@practice;to-tag=ours", ";to-tag=ours;from-tag=theirs"])
def test_half_a_name_means_no_dialog(value: str) -> None:
    assert DialogName.of_replaces(value) != DialogName("abc@practice", "ours", "theirs")
