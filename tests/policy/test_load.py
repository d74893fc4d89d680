"""A policy file is read strictly: a slip has its line and key, what was found and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskui.policy import PolicyFileError
from deskui.policy.load import load_policy
from tests.policy.slips import GOOD, SHELF, SMALL, changed, only_problem, problems, read


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "found", "expected"),
    [
        # the head
        ('version = "1"\n', "", 1, "policy.version", "nothing", "a value: this key is needed"),
        ('version = "1"', "version = 1", 3, "policy.version", "1", "text"),
        ('id = "small"', 'id = "other"', 2, "policy.id", "'other'", "'small': the file's own name"),
        (
            'source = "made up',
            'vat = "maybe"\nsource = "made up',
            6,
            "policy.vat",
            "'maybe'",
            "one of: not_stated",
        ),
        (
            'source = "made up',
            'zone = "Mars"\nsource = "made up',
            6,
            "policy.zone",
            "'Mars'",
            "a time zone such as",
        ),
        (
            'source = "made up',
            'cover = "x"\nsource = "made up',
            6,
            "policy.cover",
            "'x'",
            "the name of a [derive",
        ),
        (', en = "Small" }', " }", 4, "policy.name.en", "nothing", "a value: this key is needed"),
        # unknown keys, with the nearest name
        (
            "[gate]",
            "[gates]\n[gate]",
            11,
            "gates",
            "an unknown key",
            "no such key here; did you mean 'gate'?",
        ),
        (
            "kind = ",
            'knid = ""\nkind = ',
            17,
            "question.count.knid",
            "an unknown key",
            "did you mean 'kind'?",
        ),
        (
            "then = ",
            "colour = 1, then = ",
            25,
            "service.work.rows[1].colour",
            "an unknown key",
            "no such key here",
        ),
        # calendars and the gate
        ("mon-fri", "mon-fry", 9, "calendar.desk.mon-fry", "'mon-fry'", "weekdays such as mon or mon-fri"),
        ('"09:00-17:00"', '"9-17"', 9, "calendar.desk.mon-fri", "'9-17'", "hours such as"),
        (
            '"09:00-17:00"',
            '"22:00-02:00"',
            9,
            "calendar.desk.mon-fri",
            "'22:00-02:00'",
            'hours within one day: "22:00-24:00", and "00:00-02:00" on the day after',
        ),
        (
            '"09:00-17:00"',
            '"22:00-00:00"',
            9,
            "calendar.desk.mon-fri",
            "'22:00-00:00'",
            'hours within one day: "22:00-24:00"',
        ),
        (
            '"09:00-17:00"',
            '"09:00-09:00"',
            9,
            "calendar.desk.mon-fri",
            "'09:00-09:00'",
            'hours within one day: "09:00-24:00", and "00:00-09:00" on the day after',
        ),
        (
            'mon-fri = ["09:00-17:00"]',
            'mon-fri = ["09:00-17:00"]\nfri = ["09:00-12:00"]',
            10,
            "calendar.desk.fri",
            "'fri' a second time",
            "the hours of each weekday in one place, such as mon-thu and fri",
        ),
        ('"09:00-17:00"', '"25:00-26:00"', 9, "calendar.desk.mon-fri", "'25:00-26:00'", "hours such as"),
        ('["09:00-17:00"]', "[]", 8, "calendar.desk", "no hours", "the hours of at least one weekday"),
        (
            '["09:00-17:00"]',
            '["09:00-17:00"]\nclosed = ["2026-12-31"]',
            10,
            "calendar.desk.closed",
            "'2026",
            "dates",
        ),
        ('calendar = "desk"', 'calendar = "shop"', 12, "gate.calendar", "'shop'", "one of: desk"),
        ('"staffed"', '"open"', 14, "gate.not_stated", "{ sat = 'open' }", 'days with "staffed" or'),
        (
            'closed = ["SM-01"]',
            'closed = ["SM-09"]',
            13,
            "gate.closed",
            "'SM-09'",
            "a rule of this file",
        ),
        # questions
        ('kind = "count"', 'kind = "number"', 17, "question.count.kind", "'number'", "one of: choice, count"),
        ('kind = "count"', 'kind = "choice"', 16, "question.count.choices", "no choice", "at least two"),
        # rules
        ('"SM-01", when', '"SM-02", when', 25, "service.work.rows[1].rule", "'SM-02'", "a rule of this file"),
        ('"SM-01", when', "[], when", 25, "service.work.rows[1].rule", "an empty list", "at least one rule"),
        ('"SM-01", when', "5, when", 25, "service.work.rows[1].rule", "5", "text or a list of texts"),
        (
            "[rule.SM-01]",
            '[rule.sm1]\nclause = ""\nth = "ก"\nen = "a"\n[rule.SM-01]',
            29,
            "rule.sm1",
            "the id 'sm1'",
            "capitals, a hyphen and a number, such as AR-27",
        ),
        (
            'clause = "§1"',
            'basis = "guess"\nclause = "§1"',
            30,
            "rule.SM-01.basis",
            "'guess'",
            "one of: convention",
        ),
        (
            'clause = "§1"',
            'basis = "interpretation"\nclause = "§1"',
            30,
            "rule.SM-01.basis",
            "no reading",
            "a [reading.…] of this rule: an interpretation shows both readings (X-14)",
        ),
        # services
        ("rows = [\n", 'like = "nothing"\nrows = [\n', 24, "service.work.like", "'nothing'", "one of"),
    ],
)
def test_a_slip_is_named(old: str, new: str, line: int, key: str, found: str, expected: str) -> None:
    only = only_problem(old, new)
    assert only[:2] == (line, key)
    assert found in only[2]
    assert expected in only[3]


def test_every_problem_of_a_file_is_reported_at_once_in_the_order_of_its_lines() -> None:
    found = problems(
        changed(
            (', en = "Small" }', ', eng = "Small" }'),
            ('"09:00-17:00"', '"9-17"'),
            ('"staffed"', '"open"'),
            ("above = 3", 'above = "3"'),
            ('then = "unavailable"', 'then = "unavailble"'),
            ('clause = "§1"\n', ""),
        )
    )
    assert [(line, key) for line, key, _, _ in found] == [
        (4, "policy.name.en"),
        (4, "policy.name.eng"),
        (9, "calendar.desk.mon-fri"),
        (14, "gate.not_stated"),
        (25, "service.work.rows[1].when.count.above"),
        (26, "service.work.rows[2].then"),
        (29, "rule.SM-01.clause"),
    ]


def test_a_problem_reads_as_one_line() -> None:
    with pytest.raises(PolicyFileError) as caught:
        read(changed(('version = "1"', "version = 1")))
    assert str(caught.value) == f"{SMALL}:3: policy.version: found 1, expected text"


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ('id = "small"', "id = small", 2, '"small"'),
        ("[calendar.desk]", "[calendar.desk", 8, "[calendar.desk]"),
        ('id = "small"', 'id = "small"\nid = "small"', 3, "each key once"),
        ('en = "Rule one."', 'en = "Rule one.', 32, '"Rule one."'),
    ],
)
def test_what_is_no_toml_has_its_line(old: str, new: str, line: int, expected: str) -> None:
    (only,) = problems(changed((old, new)))
    assert only[:2] == (line, "file")
    assert expected in only[3]


@pytest.mark.parametrize(
    ("data", "line", "expected"),
    [
        (None, 1, "a file that can be read"),
        (b"[policy]\nname = '\xe9'", 2, "UTF-8: save it as that"),
        (b"\xff\xfe" + GOOD.encode("utf-16-le"), 1, "UTF-8: save it as that"),
        (b"# " + b"x" * 4_000_000, 1, "terms of at most 4,000,000 bytes"),
        (b"x = " + b"[" * 5000 + b"]" * 5000, 1, "terms as people write them"),
        (b"x = " + b"{a = " * 150 + b"1" + b"}" * 150 + b"\n" + GOOD.encode(), 1, "no such key here"),
        (b"x = " + b"9" * 5000, 1, "terms as people write them"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(
    tmp_path: Path, data: bytes | None, line: int, expected: str
) -> None:
    path = tmp_path / "small.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(PolicyFileError) as caught:
        load_policy(path, SHELF)
    (only,) = caught.value.problems
    assert (only.file, only.line) == (path, line)
    assert expected in str(only.expected)


def test_a_folder_is_no_policy_file(tmp_path: Path) -> None:
    with pytest.raises(PolicyFileError, match="found a folder, expected a text file"):
        load_policy(tmp_path, SHELF)


def test_a_file_as_editors_of_windows_save_it_is_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_policy(path, SHELF).version == read(GOOD).version


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('clause = "§1"', 'clause = "§1, line 4"  # where it stands'),
        ('en = "Rule one."', 'en = "The first rule."'),
        ('th = "งาน"', 'th = "งาน"\nkeywords = ["work"]\nsay = { th = "ก", en = "a" }'),
        ('name = { th = "รายเล็ก", en = "Small" }', 'name = { th = "เล็ก", en = "Little" }'),
        ("rows = [\n", "# the first that matches wins\n\nrows = [\n\n"),
    ],
)
def test_the_version_stays_where_only_words_and_layout_change(old: str, new: str) -> None:
    assert GOOD.count(old) == 1
    assert read(GOOD.replace(old, new)).version == read(GOOD).version


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("amount = 100", "amount = 101"),
        ("above = 3", "above = 4"),
        ('mon-fri = ["09:00-17:00"]', 'mon-fri = ["09:00-17:30"]'),
        ('reason = "excluded"', 'reason = "condition"'),
        ('version = "1"', 'version = "2"'),
    ],
)
def test_the_version_changes_with_what_decides(old: str, new: str) -> None:
    assert GOOD.count(old) == 1
    changed = read(GOOD.replace(old, new)).version
    assert changed != read(GOOD).version
    assert changed.startswith(("1+", "2+"))


def test_like_takes_the_rows_and_the_counter_of_another_service() -> None:
    policy = read(GOOD + '\n[service.twin]\nth = "ก"\nen = "Twin"\nlike = "work"\n')
    assert policy.services["twin"].rows == policy.services["work"].rows
    assert policy.services["twin"].counter == "work"
