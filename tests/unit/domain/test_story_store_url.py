"""Addresses of the store of stories as people type and read them."""

from __future__ import annotations

import pytest

from agent_toolbar.domain.story_store_url import StoryStoreKind, file_url, kind_of, place_of, team_url


@pytest.mark.parametrize(
    ("url", "kind", "place"),
    [
        ("", StoryStoreKind.OWN, ""),
        ("sqlite:////srv/share/stories.sqlite", StoryStoreKind.FILE, "/srv/share/stories.sqlite"),
        ("sqlite:///C:\\share\\stories.sqlite", StoryStoreKind.FILE, "C:\\share\\stories.sqlite"),
        ("postgresql+psycopg://ann@db.example.com:5433/stories?sslmode=require", StoryStoreKind.TEAM, "db.example.com"),
    ],
)
def test_an_address_says_what_it_is_and_where(url: str, kind: StoryStoreKind, place: str) -> None:
    assert (kind_of(url), place_of(url)) == (kind, place)


def test_a_file_that_was_typed_is_read_again_as_it_was() -> None:
    assert place_of(file_url(" /srv/été 1/stories.sqlite ")) == "/srv/été 1/stories.sqlite"


@pytest.mark.parametrize(
    ("typed", "url", "password"),
    [
        ("postgresql+psycopg://ann@db/stories", "postgresql+psycopg://ann@db/stories", ""),
        (" postgres://ann@db/stories ", "postgresql+psycopg://ann@db/stories", ""),
        ("POSTGRESQL://db/stories", "postgresql+psycopg://db/stories", ""),
        ("postgresql+psycopg2://ann@db/stories", "postgresql+psycopg://ann@db/stories", ""),
        (
            "postgres://ann:s3%40cret@db:5433/s?sslmode=require",
            "postgresql+psycopg://ann@db:5433/s?sslmode=require",
            "s3@cret",
        ),
        ("postgresql://ann:s3#cr?e/t@db/stories", "postgresql+psycopg://ann@db/stories", "s3#cr?e/t"),
        ("postgresql://ann:@db/stories", "postgresql+psycopg://ann@db/stories", ""),
        ("postgresql://ann@db:5433/stories", "postgresql+psycopg://ann@db:5433/stories", ""),
        ("mysql://ann:s3cret@db/stories", "mysql://ann@db/stories", "s3cret"),
        ("db.example.com", "db.example.com", ""),
    ],
)
def test_a_password_that_was_pasted_is_taken_out_of_the_address(typed: str, url: str, password: str) -> None:
    assert team_url(typed) == (url, password)
