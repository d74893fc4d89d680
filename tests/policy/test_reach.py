"""Years of the Buddhist era, days without a version and rows that nothing reaches are told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskui.policy import Library, PolicyFileError, decide
from deskui.policy.examples import examples_file, load_examples
from tests.policy.slips import changed, only_problem, read
from tests.policy.vendor import FILES, copy

FIRST = '{ rule = "SM-01", when = { count = { above = 3 } }, then = "charge", amount = 100 },'
LAST = '{ rule = ["SM-01", "X-01"], then = "unavailable", reason = "excluded" },'
AT = ZoneInfo("Asia/Bangkok")


def _amount(versions: str) -> tuple[str, str]:
    return "amount = 100", f"amount = {{ dated = [{versions}] }}"


def _rows(*rows: str) -> tuple[str, str]:
    return FIRST, "\n  ".join(rows)


def _row(when: str, amount: int, days: str = "") -> str:
    return f'{{ rule = "SM-01", when = {{ {when} }}, {days} then = "charge", amount = {amount} }},'


@pytest.mark.parametrize(
    ("change", "line", "key", "found", "expected"),
    [
        # years that can only be of the Buddhist era
        (_amount("{ to = 2569-12-31, is = 100 }, { from = 2027-01-01, is = 200 }"), 25,
         "service.work.rows[1].amount.dated[1].to", "2569-12-31", "2026-12-31: years are A.D."),
        (('mon-fri = ["09:00-17:00"]', 'mon-fri = ["09:00-17:00"]\nclosed = [2570-05-06]'), 10,
         "calendar.desk.closed[1]", "2570-05-06", "2027-05-06: years are A.D."),
        (("count = { above = 3 }", "at.date = { from = 2569-11-23 }"), 25,
         "service.work.rows[1].when.at.date.from", "2569-11-23", "2026-11-23: years"),
        # versions of a figure
        (_amount("{ to = 2026-12-31, is = 100 }, { from = 2027-02-01, is = 200 }"), 25,
         "service.work.rows[1].amount.dated[2].from", "nothing in force from 2027-01-01 to 2027-01-31",
         'from = 2027-01-01; or add { from = 2027-01-01, to = 2027-01-31, is = "lost" }'),
        (_amount("{ to = 2026-12-31, is = 100 }, { from = 2026-12-31, is = 200 }"), 25,
         "service.work.rows[1].amount.dated[2]", "{ from = 2026-12-31, is = 200 }", "none in force with"),
        # versions of a row
        (_rows(_row("count = 1", 1, "to = 2026-12-31,"), _row("count = 1", 2, "from = 2027-02-01,")), 26,
         "service.work.rows[2].from", "nothing in force from 2027-01-01 to 2027-01-31",
         "from = 2027-01-01; or behind it a row of the same conditions"),
        (_rows(_row("count = 1", 1, "to = 2027-01-31,"), _row("count = 1", 2, "from = 2027-01-01,")), 26,
         "service.work.rows[2].from", "two rows in force from 2027-01-01 to 2027-01-31", "from = 2027-02-01"),
        # rows that nothing reaches
        (_rows(LAST), 26, "service.work.rows[2]", "the row in line 25 takes everything",
         "the row without `when` as the last"),
        (_rows(FIRST, _row("count = { min = 5 }", 200)), 26, "service.work.rows[2]",
         "the row in line 25 takes everything", "the narrower row above the wider one"),
        (_rows(_row("count = [1, 2]", 1), _row("count = 2, at.weekday = 'mon'", 2)), 26,
         "service.work.rows[2]", "the row in line 25 takes everything", "the narrower row above"),
        (_rows(_row("count = { not = 4 }", 1), _row("count = [5, 6]", 2)), 26,
         "service.work.rows[2]", "the row in line 25 takes everything", "the narrower row above"),
        (_rows(_row("count = 1", 1), _row("count = 1", 2, "from = 2027-01-01,")), 26,
         "service.work.rows[2]", "the row in line 25 takes everything", "the narrower row above"),
        (("[service.work]", "[derive.size]\nrows = [{ is = 'a' }, { when = { count = 1 }, is = 'b' }]\n"
          "[service.work]"), 22, "derive.size.rows[2]", "the row in line 22 takes", "as the last"),
    ],
)  # fmt: skip
def test_it_is_told_where_it_stands(
    change: tuple[str, str], line: int, key: str, found: str, expected: str
) -> None:
    told = only_problem(*change)
    assert told[:2] == (line, key)
    assert (found in told[2], expected in told[3]) == (True, True), told


@pytest.mark.parametrize(
    "change",
    [
        _amount("{ to = 2026-12-31, is = 100 }, { from = 2027-01-01, is = 200 }"),
        _rows(_row("count = 1", 1, "to = 2026-12-31,"), _row("count = 1", 2)),
        _rows(
            _row("count = 1", 1, "to = 2026-12-31,"),
            _row("count = 1", 2, "from = 2027-02-01,"),
            _row("count = 1", 3),
        ),
        _rows(_row("count = { above = 5 }", 1), FIRST),
        _rows(_row("count = 1", 1), _row("count = [1, 2]", 2)),
        _rows(_row("count = 1", 1, "from = 2027-01-01,"), _row("count = 1", 2)),
    ],
)
def test_what_is_meant_so_is_read(change: tuple[str, str]) -> None:
    assert read(changed(change)).services["work"].rows


def test_a_version_without_its_figure_is_never_free() -> None:
    versions = (
        "{ to = 2026-12-31, is = 100 }, { from = 2027-01-01, to = 2027-01-31, is = 'lost' },"
        " { from = 2027-02-01, is = 200 }"
    )
    policy = read(changed(_amount(versions)))
    answers = [
        decide(policy, "work", {"count": 4}, datetime(2027, month, day, 10, tzinfo=AT))
        for month, day in ((1, 29), (2, 1))
    ]
    assert [answer.outcome for answer in answers] == ["unknown", "charge"]
    assert answers[1].figures["amount"] == 200


def test_examples_have_years_of_the_common_era(tmp_path: Path) -> None:
    at = "at = 2026-11-23T10:00:00"
    file = copy(tmp_path, examples=((at, at.replace("2026", "2569")),))
    with pytest.raises(PolicyFileError) as caught:
        load_examples(examples_file(file), Library.open(FILES).get("sixth"))
    (problem,) = caught.value.problems
    assert (problem.key[-2:], problem.line > 1) == ("at", True)
    assert str(problem.expected) == "2026-11-23T10:00:00: years are A.D."
