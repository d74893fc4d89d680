"""A name nobody knows is told with the one that is nearest and with all that may stand in its place."""

from __future__ import annotations

import tomllib

import pytest

from deskui.paths import data_dir
from deskui.policy import PolicyFileError
from deskui.policy.load import read_policy
from deskui.policy.nearest import nearest, slips
from deskui.policy.problems import Problems
from deskui.policy.sense import check_words
from tests.policy.slips import GOOD, SHELF, changed, problems, read

STARTER = data_dir() / "starter" / "starter.toml"
POLICY = STARTER.read_text("utf-8")
COLOURS = """[question.colour]
kind = "choice"
th = "สีอะไร"
en = "Which colour?"
choices = [
  { value = "red", key = "r", th = "แดง", en = "red", is = { shade = "warm" }, rule = "SM-01" },
  { value = "blue", key = "b", th = "น้ำเงิน", en = "blue", is = { shade = "cold" } },
]
"""


@pytest.mark.parametrize(
    ("old", "new", "key", "near", "there"),
    [
        ('then = "free" }', 'then = "charged" }', "service.phone-help.rows[1].then", "charge", "accepted, "),
        ('then = "free" }', 'charge = 500, then = "free" }', "service.phone-help.rows[1].charge", "amount",
         "(the keys here: count, flags, from, hint, rule, say, targets, then, times, to, when"),
        ('services = ["install"]', 'services = ["instal"]', "restricted.items[1].services", "install", ""),
        ('"ST-04", when', '"ST-44", when', "service.phone-help.rows[1].rule", "ST-04", ""),
        ('keywords = ["visit"', 'keyword = ["visit"', "service.onsite.keyword", "keywords",
         "(the keys here: call, counter, en, every, flags, keywords, like, rows, say, staffed, th)"),
        ("over = { rule", "ower = { rule", "service.install.rows[1].ower", "over", "over, quota, rule"),
        ('reason = "excluded", redirect', 'reasn = "excluded", redirect', "service.data-repair.rows[1].reasn",
         "reason", ""),
        ('refer_to = "sales"', 'refer = "sales"', "service.onsite.rows[1].refer", "refer_to", ""),
        ('extras = ["travel"]', 'extra = ["travel"]', "service.onsite.rows[1].extra", "extras", ""),
        ("mon-fri =", "sat_ =", "calendar.support.sat_", "sat", "closed, fri, holiday_hours"),
        ("not_stated = { sun", "not_stated = { sunday", "gate.not_stated.sunday", "sun", "always, fri"),
        ("machines = { above", "machines = { over", "restricted.items[1].when.machines.over", "above",
         "below, differ, earlier_than"),
        ('likely = "charge"', 'likly = "charge"', "service.phone-help.rows[2].hint.likly", "likely",
         "(the keys here: amount, ask, likely, list_price"),
        ('cover = "cover"\n', 'cover = "covr"\n', "policy.cover", "cover", ""),
        ('amount = { each = 500, per = "machines" } },\n]', 'amount = 500, times = "machine" },\n]',
         "service.install.rows[2].times", "machines", ""),
        ("[rule]", "[rules]", "rules", "rule", "before, calendar, contact"),
    ],
)  # fmt: skip
def test_the_nearest_name_and_those_there_are_stand_beside_it(
    old: str, new: str, key: str, near: str, there: str
) -> None:
    assert old in POLICY
    with pytest.raises(PolicyFileError) as caught:
        read_policy(POLICY.replace(old, new, 1), STARTER, SHELF)
    (told,) = [str(problem.expected) for problem in caught.value.problems if problem.key == key]
    assert ("did you mean" in told, f"did you mean '{near}'?" in told) == (bool(near), bool(near)), told
    assert there in told


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "found", "expected"),
    [
        ("mon-fri =", "Monday-Friday =", 9, "calendar.desk.Monday-Friday", "an unknown key",
         "weekdays as mon … sun: 'mon-fri'"),
        ('kind = "count"\nth = "กี่ชิ้น"', 'kind = "date"\nth = "วันใด"', 25,
         "service.work.rows[1].when.count", "'today'", "a date such as 2026-12-31"),
        ('en = "Rule one."', 'en = " "', 32, "rule.SM-01.en", "' '", "words: somebody reads them"),
        ("amount = 100", "amount = { figure = 'price' }", 25, "service.work.rows[1].amount", "'price'",
         "a name of [figure]: none is defined"),
        (", then = ", "; then = ", 25, "file", ";", "a comma between the parts"),
    ],
)  # fmt: skip
def test_it_is_told_in_words_that_say_what_to_write(
    old: str, new: str, line: int, key: str, found: str, expected: str
) -> None:
    condition = ("count = { above = 3 }", "count = 'today'") if found == "'today'" else ("§1", "§1")
    (told,) = problems(changed((old, new), condition))
    assert (told[:3], expected in told[3]) == ((line, key, found), True), told


def test_an_answer_one_letter_beside_one_of_those_offered_is_a_slip_and_another_word_is_none() -> None:
    good = changed(("[question.count]", f"{COLOURS}\n[question.count]"))
    for colour, near in (("blu", "blue"), ("Red", "red"), ("read", "red"), ("bleu", ""), ("green", "")):
        text = good.replace("count = { above = 3 }", f"colour = '{colour}'")
        if near:
            ((_, key, found, expected),) = problems(text)
            assert (key, found) == ("service.work.rows[1].when.colour", repr(colour))
            assert "one of: blue, red" in expected
        else:
            assert read(text).services["work"].rows[0].when[0].test.any_of == (colour,)


def test_an_empty_file_is_one_problem() -> None:
    assert problems("# nothing yet\n") == [
        (1, "file", "an empty file", "the terms of a vendor: deskui policy new begins some")
    ]


def test_bands_of_a_price_list_leave_no_number_out() -> None:
    table = """
[table.prices]
outside = { refer_to = "sales" }
bands = [
  { from = 1, to = 3, one = 100 },
  { from = 5, one = 90 },
]
"""
    ((line, key, found, expected),) = problems(GOOD + table)
    assert (line, key, found) == (38, "table.prices.bands[2].from", "no band for 4 to 4")
    assert expected.startswith("from = 4; or a band with")


def test_one_misspelt_table_is_not_told_wherever_it_is_named() -> None:
    found = problems(changed(("[rule.SM-01]", "[rules.SM-01]")))
    assert [(line, key) for line, key, _, _ in found] == [(1, "rule"), (29, "rules")]


@pytest.mark.parametrize(
    ("derive", "key", "expected"),
    [
        ("[derive]\nshade = 5", "derive.shade", "a table"),
        ("[[derive]]\nshade = {}", "derive", "a table of tables"),
        ('[derive.shade]\nrows = { is = "a" }', "derive.shade.rows", "a list of tables"),
        ('[derive.shade]\nmeasure = { from = "at", to = "at", unit = "hours" }', "derive.shade.rows",
         "rows that say its value, or a measure"),
    ],
)  # fmt: skip
def test_what_answers_tell_of_a_derived_fact_outlives_a_slip_in_its_table(
    derive: str, key: str, expected: str
) -> None:
    """The one slip is told, and not that the rows ask for a fact that nobody tells."""
    rows = ("when = { count = { above = 3 } }", 'when = { shade = "warm" }')
    good = changed(("[question.count]", f"{COLOURS}\n[question.count]"), rows)
    assert [row.value for row in read(good).derived["shade"].rows] == ["warm", "cold"]
    ((_, told, _, wanted),) = problems(good.replace("[question.count]", f"{derive}\n\n[question.count]", 1))
    assert (told, wanted.startswith(expected)) == (key, True)


def test_a_derived_fact_without_a_way_to_tell_it_is_told() -> None:
    ((_, key, found, _),) = problems(f"{GOOD}\n[derive.size]\nattainable = []\n")
    assert (key, found) == ("derive.size.rows", "nothing")


ROW = 'rows = [\n  { rule = "ST-08", then = "quote", '
SERVICE = 'keywords = ["visit", "เข้าพบ"]\n'


def _expected(old: str, new: str) -> dict[str, str]:
    """What is expected at each key that is wrong in the starter with that one change."""
    assert old in POLICY
    with pytest.raises(PolicyFileError) as caught:
        read_policy(POLICY.replace(old, new, 1), STARTER, SHELF)
    return {problem.key: str(problem.expected) for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("cost", "amount"), ("fee", "amount"), ("charged", "amount"), ("discount", "percent"),
        ("if", "when"), ("plan", "when"), ("conditions", "when"), ("outcome", "then"), ("excluded", "then"),
        ("valid", "from"), ("since", "from"), ("end", "to"), ("clause", "rule"), ("source", "rule"),
        ("department", "refer_to"), ("callback", "targets"), ("text", "say"),
        # what only looks like a key of a row, and what says nothing that a row can say
        ("sat", ""), ("day", ""), ("unit", ""), ("limit", ""), ("comment", ""), ("year", ""), ("zebra", ""),
    ],
)  # fmt: skip
def test_a_word_of_a_newcomer_is_taken_by_its_meaning(key: str, near: str) -> None:
    told = _expected(ROW, f"{ROW}{key} = 1, ")[f"service.onsite.rows[1].{key}"]
    assert ("did you mean" in told, f"did you mean '{near}'?" in told) == (bool(near), bool(near)), told


@pytest.mark.parametrize(
    ("key", "inside"),
    [("then", "then"), ("price", "amount"), ("if", "when"), ("hint", "hint"), ("clause", "rule"),
     ("redirect", "redirect"), ("until", "to")],
)  # fmt: skip
def test_what_belongs_in_a_row_is_told_so(key: str, inside: str) -> None:
    told = _expected(SERVICE, f"{SERVICE}{key} = 1\n")[f"service.onsite.{key}"]
    assert told == f"it in a row: rows = [{{ {inside} = … }}]"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("price = 500", "text; did you mean 'amount'?"),
        ("until = 2026-12-31", "to = … for the last day on which the row holds; or then = 'defer'"),
        ("amount = 500", "amount with then = 'charge', 'price' only"),
        ("quota = 2", "quota with then = 'quota' only"),
        ('services = ["onsite"]', "no such key here (the keys here: count, flags, from, hint, rule, say, "),
    ],
)
def test_what_says_nothing_in_this_row_is_refused(key: str, expected: str) -> None:
    told = _expected(ROW, f"{ROW}{key}, ")
    assert told[f"service.onsite.rows[1].{key.split(maxsplit=1)[0]}"].startswith(expected)


@pytest.mark.parametrize(("table", "key"), [("before", "x = 1"), ("remark", "x = 1")])
def test_a_block_of_which_there_may_be_several_needs_double_brackets(table: str, key: str) -> None:
    told = _expected("[rule]\n", f"[{table}]\n{key}\n\n[rule]\n")
    assert told[table] == f"double brackets, as there may be several: [[{table}]]"


def test_no_word_of_a_newcomer_is_there_twice_and_none_means_nothing_by_a_slip() -> None:
    raw = tomllib.loads((data_dir() / "policies" / "_meant.toml").read_text("utf-8"))["meant"]
    given = [word for line in raw for word in line.split()]
    assert sorted(given) == sorted(set(given))
    assert all(word == word.casefold() for word in given)


@pytest.mark.parametrize(
    ("given", "known", "near"),
    [
        ("glod", ["gold", "golf"], "gold"),
        ("first-yaer", ["first-year", "ma"], "first-year"),
        ("charged", ["carried", "charge"], "charge"),
        ("machins", ["machine", "machines"], "machines"),
        ("plant", ["contract.plan"], None),
        ("branch", ["contract.branch", "used"], "contract.branch"),
        ("branch", ["contract.branch", "machine.branch"], None),
        ("remote-instol", ["remote-install"], "remote-install"),
        ("x", ["y"], None),
        ("", ["y"], None),
    ],
)
def test_the_nearest_is_near_or_none(given: str, known: list[str], near: str | None) -> None:
    assert nearest(given, known) == near


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abcd", 1), ("abc", "xbc", 1),
     ("ab", "ba", 1), ("abcd", "badc", 2), ("abc", "", 3), ("abc", "xyz", 3)],
)  # fmt: skip
def test_slips_are_counted(one: str, other: str, count: int) -> None:
    assert slips(one, other) == slips(other, one) == count


FEW = 'amount = { each = 500, per = "machines" } },\n]'
AMOUNT = "service.install.rows[2].amount"
TURNED = '"ST-09", from = 2027-01-02, to = 2027-01-01, then'


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        (FEW, 'amount = { amount = 500, per = "machines" } },\n]', AMOUNT, "did you mean 'each'?"),
        (FEW, 'amount = { each = 500, by = "machines" } },\n]', f"{AMOUNT}.by", "each, less, per, plus"),
        ('sat = ["09:00-12:00"]', 'sat = "closed"', "calendar.support.sat", "that is closed is left out"),
        ("{ sun = ", "{ sat = ", "gate.not_stated.sat", "a day without hours in [calendar.support]"),
        ("13:00-17:00", "17:00-13:00", "calendar.support.mon-fri", '; or the other way round: "13:00-17:00"'),
        ('"ST-09", then', TURNED, "service.data-repair.rows[1].to", "a from that is not after to"),
        ('["repair", "database", ', '["repair, database", ', "service.data-repair.keywords", "one by one"),
        ('likely = "charge"', 'likely = "paid"', "service.phone-help.rows[2].hint.likely", "mean 'charge'?"),
        ('{ th = "ST", en = "ST" }', '"ST"', "policy.short", "both languages { th = "),
        ('kind = "count"', 'kind = "number"', "question.machines.kind", "did you mean 'count'?"),
    ],
)
def test_what_to_write_instead_is_told(old: str, new: str, key: str, expected: str) -> None:
    told = _expected(old, new)
    assert list(told) == [key]
    assert expected in told[key]


def test_a_department_of_a_hint_is_a_word_too() -> None:
    text = POLICY.replace('likely = "charge"', 'likely = "charge", refer_to = "The Boss"', 1)
    problems = Problems(STARTER, text)
    check_words(read_policy(text, STARTER, SHELF, problems), problems)
    (told,) = problems.found
    assert told.key == "service.phone-help.rows[2].hint.refer_to"
    assert 'company, sales, vendor; or a word of this file\'s own: [word."The Boss"]' in str(told)
