"""What is kept of what people type, and the words for what happened."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskui.desk.clean import NOTE_LIMIT, clean_line, clean_note
from deskui.desk.notes import new_note, proof_of
from deskui.desk.words import ago, event_words
from deskui.policy.decision import Text
from tests.desk.conftest import at


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x1b[31mc\x7f\x9b", "ab[31mc"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\u202eevil\u2066\u200d", "evil"),
        ("tab\there", "tab    here"),
        ("นํ้า", "น้ำ"),
        ("half \ud800 pair", "half  pair"),
        ("[/] [@click=app.quit] [INC-42]", "[/] [@click=app.quit] [INC-42]"),
        ("  \n ", ""),
    ],
)
def test_nothing_that_steers_a_terminal_is_kept(typed: str, kept: str) -> None:
    assert clean_note(typed) == kept


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_and_can_be_stored(text: str) -> None:
    once = clean_note(text)
    assert clean_note(once) == once
    assert once.encode().decode() == once
    assert "\x1b" not in once
    assert clean_line(clean_line(text)) == clean_line(text)


def test_text_has_an_end() -> None:
    assert len(clean_note("x" * (NOTE_LIMIT + 1))) == NOTE_LIMIT
    assert clean_line("a \n b", 3) == "a b"


def test_the_proof_of_a_note_needs_its_salt() -> None:
    (first, proof), (second, other) = (new_note(1, at(9), None, "note", "same text") for _ in range(2))
    assert proof == proof_of(first.salt, "same text")
    assert proof != other
    assert first.salt != second.salt


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(0), "0 s ago"),
        (timedelta(seconds=-4), "0 s ago"),
        (timedelta(seconds=59), "59 s ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=23), "23 h ago"),
        (timedelta(days=3), "3 d ago"),
    ],
)
def test_how_long_ago(length: timedelta, words: str) -> None:
    assert ago(length).en == words


def test_history_says_outcomes_and_counters_by_name() -> None:
    opened = event_words("opened", {"outcome": "defer", "rules": ["AR-53"]}, UTC)
    assert (opened.th, opened.en) == ("รับเรื่อง: เลื่อน (AR-53)", "logged: later (AR-53)")
    used = event_words(
        "consumed", {"counter": "remote", "units": 1}, UTC, {"remote": Text("ติดตั้ง", "installing")}.__getitem__
    )
    assert (used.th, used.en) == ("ใช้สิทธิ์ติดตั้ง 1 ครั้ง", "used installing: 1 time")


def test_an_event_of_a_kind_nobody_knows_is_still_shown() -> None:
    assert event_words("teleported", {}, UTC).en == "teleported"
