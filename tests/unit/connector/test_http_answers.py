from __future__ import annotations

import pytest

from agent_toolbar.connector.data_path import DataPath
from agent_toolbar.connector.http_answers import Answer, own_words, require_accepted, retry_after_s
from agent_toolbar.domain.errors import CrmError

NOW_S = 1_700_000_000.0
JSON = {"content-type": "application/json"}


def refused(answer: Answer, error: DataPath | None = None) -> CrmError:
    with pytest.raises(CrmError) as caught:
        require_accepted(answer, error, lambda: NOW_S, 30)
    return caught.value


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (301, "crm_broken_answer"),
        (401, "crm_unauthorized"),
        (403, "crm_forbidden"),
        (404, "crm_refused"),
        (408, "crm_slow"),
        (409, "crm_refused"),
        (429, "crm_busy"),
        (500, "crm_unreachable"),
        (503, "crm_unreachable"),
        (504, "crm_slow"),
    ],
)
def test_a_status_means(status: int, code: str) -> None:
    assert refused(Answer(status, JSON, b"{}")).code == code


def test_a_page_is_no_answer_even_when_all_is_well() -> None:
    page = Answer(200, {"content-type": "text/html; charset=utf-8"}, b"<html>Please sign in to the hotel's WLAN</html>")

    assert refused(page).code == "crm_broken_answer"


def test_an_empty_answer_is_accepted_whatever_its_type() -> None:
    require_accepted(Answer(204, {"content-type": "text/html"}, b""), None, lambda: NOW_S, 30)


@pytest.mark.parametrize(
    ("written", "wait"),
    [
        ("7", 7),
        ("0", 1),
        (" 12 ", 12),
        ("99999999999999999999", 86_400),
        ("Tue, 14 Nov 2023 22:13:50 GMT", 30),
        ("Tue, 14 Nov 2023 22:00:00 GMT", 1),
        ("Sun, 06 Nov 2044 08:49:37 GMT", 86_400),
        ("Tuesday, 14-Nov-23 22:13:50 GMT", 30),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("1.5", None),
        ("Tue, 99 Nov 2023 22:13:50 GMT", None),
    ],
)
def test_when_to_come_back(written: str, wait: int | None) -> None:
    assert retry_after_s(written, NOW_S) == wait


def test_a_server_that_does_not_say_how_long_gets_the_pause_of_the_manifest() -> None:
    assert refused(Answer(429, {}, b"")).params == {"retry_after_s": 30}


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("application/json", b'{"message": "Phone is not valid"}', "Phone is not valid"),
        ("application/json", b'{"errors": [{"code": 4, "detail": "No such party"}]}', "No such party"),
        ("application/json", b'{"error": {"status": 3, "message": "Bad <b>number</b>"}}', "Bad number"),
        ("application/json", b'[{"errorCode": "X", "message": "first"}, {"message": "second"}]', "first"),
        ("application/json", b'"plain"', "plain"),
        ("application/json", b"{}", ""),
        ("application/json", b"{broken", "{broken"),
        ("application/problem+json", b'{"title": "T", "detail": "D"}', "D"),
        (
            "text/html",
            b"<head><title>x</title></head><body><h1>Gone &amp; lost</h1></body>",
            "Gone & lost",
        ),
        ("text/html", b"<script>alert(1)</script><p onclick=x>Hi</p>", "Hi"),
        ("text/html", b"A<style>p {</STYLE >B<script>C", "A B"),
        ("text/html", b"<" * 65_000, ""),
        ("text/html", b"<script" * 9_000, ""),
        ("application/json", b'{"details": [], "a": {"b": [{"message": "deep"}]}}', "deep"),
        ("application/json", b'{"message": {"message": {}}, "x": "' + b"y" * 70_000 + b'"}', None),
        ("text/plain", b"No\r\nway\x1b[31m\xe2\x80\xae", "No way[31m"),
        ("", b"\xff\xfe bytes", "\ufffd\ufffd bytes"),
    ],
)
def test_a_server_s_own_words_are_short_plain_text(kind: str, body: bytes, words: str | None) -> None:
    said = own_words(Answer(400, {"content-type": kind}, body), None)

    assert said == words or (words is None and len(said) <= 200)


def test_words_end_somewhere() -> None:
    assert len(own_words(Answer(400, JSON, b'{"message": "' + b"x" * 60_000 + b'"}'), None)) <= 200


def test_a_manifest_may_say_where_the_words_lie() -> None:
    answer = Answer(422, JSON, b'{"message": "no", "fault": {"text": "yes"}}')

    assert refused(answer, DataPath.parse("fault.text")).params == {"text": "yes"}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{broken"),
        ("application/json", b'{"a": NaN}'),
        ("application/json", b"[" * 500_000),
        ("application/json", b'{"a":' * 100_000),
        ("application/json", b"\xff\xff"),
        ("text/html", b"{}"),
        ("image/png", b"{}"),
        ("application/xml", b"<a/>"),
    ],
)
def test_what_is_no_json_is_a_broken_answer(kind: str, body: bytes) -> None:
    with pytest.raises(CrmError) as caught:
        Answer(200, {"content-type": kind}, body).data()

    assert caught.value.code == "crm_broken_answer"


@pytest.mark.parametrize(
    "kind", ["", "application/json", "application/hal+json; charset=utf-8", "text/plain", "Application/JSON"]
)
def test_json_is_read_under_the_types_that_servers_give_it(kind: str) -> None:
    assert Answer(200, {"content-type": kind}, b'{"a": 1}').data() == {"a": 1}
