"""What a policy file says in brief means what it says at length, and a slip in it is told where it stands."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deskui.cli.policyfile import read_file
from deskui.policy import PolicyFileError
from deskui.policy.brief import spelled_out
from deskui.policy.mutants import mutants
from deskui.policy.problems import Problems
from tests.policy.slips import GOOD, SMALL, problems, read

AT_LENGTH = """
[[before]]
services = ["paint", "work"]
rule = ["SM-02", "SM-01"]
when = { contract = { state = "ended" } }
then = "unavailable"
reason = "cycle_ended"

[[before]]
services = ["paint", "work"]
rule = "SM-01"
when = { contract = { state = "suspended" } }
then = "unavailable"
reason = "suspended_non_payment"

[[before]]
rule = "SM-02"
when = { contract = "null" }
then = "unknown"

[question.colour]
kind = "choice"
th = "สีอะไร"
en = "Which colour?"
choices = [
  { value = "red", key = "r", th = "แดง", en = "red" },
  { value = "blue", key = "b", th = "น้ำเงิน", en = "blue" },
]

[derive.shade]
rows = [
  { when = { colour = "red" }, is = "warm", rule = "SM-02" },
  { when = { colour = "blue" }, is = "cold" },
  { is = "other" },
]

[service.paint]
th = "ทาสี"
en = "Paint"
[[service.paint.rows]]
rule = ["SM-02", "SM-01"]
when = { contract = { state = "active" }, shade = "warm" }
then = "charge"
amount = 90
extras = ["travel"]

[[service.paint.rows]]
rule = ["SM-02", "SM-01"]
when = { contract = { state = "active" }, shade = "cold" }
then = "charge"
amount = 100
extras = ["travel"]

[[service.paint.rows]]
rule = "SM-01"
when = { contract = { state = "active" } }
then = "charge"
amount = 120
extras = []

[service.glaze]
th = "ฉาบ"
en = "Glaze"
rows = [
  { rule = ["SM-02", "SM-01"], when = { shade = "warm" }, then = "quota", quota = 2, over = OVER },
  { rule = "SM-01", when = { shade = "cold" }, then = "quota", quota = 3, over = OVER },
  { rule = "SM-02", then = "free" },
]

[service.wash]
th = "ล้าง"
en = "Wash"
keywords = ["water"]
staffed = false
rows = [{ rule = ["SM-02", "SM-01"], then = "unavailable", reason = "excluded", purchasable = true }]

[service.varnish]
th = "เคลือบ"
en = "Varnish"
keywords = []
staffed = false
rows = [{ rule = "SM-01", then = "unavailable", reason = "copyright", purchasable = true }]

[service.frame]
th = "กรอบ"
en = "Frame"
keywords = ["edge"]
like = "paint"

[service.hang]
th = "แขวน"
en = "Hang"
keywords = []
staffed = false
like = "paint"

[rule.SM-02]
clause = "§2"
basis = "derived"
th = "ข้อสอง"
en = "Rule two."

[rule.SM-03]
clause = "§3"
card = true
th = "ข้อสาม"
en = "Rule three."

[rule.SM-04]
clause = "§4"
th = "ข้อสี่"
en = "Rule four."
""".replace("OVER", '{ rule = "SM-02", then = "charge", amount = 100 }')

BRIEF = """
[[before]]
services = ["paint", "work"]
every = { rule = "SM-01", then = "unavailable" }
rows = [
  { rule = "SM-02", when = { contract = { state = "ended" } }, reason = "cycle_ended" },
  { when = { contract = { state = "suspended" } }, reason = "suspended_non_payment" },
]

[[before]]
rule = "SM-02"
when = { contract = "null" }
then = "unknown"

[question.colour]
kind = "choice"
th = "สีอะไร"
en = "Which colour?"
choices = [
  { value = "red", key = "r", th = "แดง", en = "red", is = { shade = "warm" }, rule = "SM-02" },
  { value = "blue", key = "b", th = "น้ำเงิน", en = "blue", is = { shade = "cold" } },
]

[derive.shade]
rows = [{ is = "other" }]

[figure]
coat = 100

[service.paint]
th = "ทาสี"
en = "Paint"
rows = [
  { rule = "SM-02", when = { shade = "warm" }, then = "charge", amount = 90 },
  { rule = ["SM-02", "SM-01"], when = { shade = "cold" }, then = "charge", amount = { figure = "coat" } },
  { then = "charge", amount = 120, extras = [] },
]
[service.paint.every]
rule = "SM-01"
when = { contract = { state = "active" } }
extras = ["travel"]

[service.glaze]
th = "ฉาบ"
en = "Glaze"
every = { rule = "SM-01", then = "quota", over = { rule = "SM-02", then = "charge", amount = COAT } }
rows = [
  { rule = "SM-02", when = { shade = "warm" }, quota = 2 },
  { when = { shade = "cold" }, quota = 3 },
  { rule = "SM-02", then = "free" },
]

[service.refused]
staffed = false
every = { rule = "SM-01", then = "unavailable", reason = "excluded", purchasable = true }

[service.refused.services]
wash = ["ล้าง", "Wash", ["water"], { rule = "SM-02" }]
varnish = ["เคลือบ", "Varnish", [],
  { reason = "copyright" }]

[service.same]
like = "paint"

[service.same.services]
frame = ["กรอบ", "Frame", ["edge"]]
hang = ["แขวน", "Hang", [], { staffed = false }]

[rule]
SM-02 = ["§2", "ข้อสอง", "Rule two.", "derived"]
SM-03 = ["§3", "ข้อสาม", "Rule three.", "card"]
SM-04 = ["§4", "ข้อสี่", "Rule four."]
""".replace("COAT", '{ figure = "coat" }')
CONTRACT = '\n[question.contract]\nkind = "table"\nth = "สัญญา"\nen = "Contract?"\n'


def _told(text: str) -> dict[str, Any]:
    noted = Problems(SMALL, text)
    told = spelled_out(tomllib.loads(text), noted)
    assert not noted.found
    return told


def test_what_is_said_in_brief_is_what_it_means_at_length() -> None:
    brief, full = (GOOD + CONTRACT + text for text in (BRIEF, AT_LENGTH))
    assert _told(brief) == _told(full) == tomllib.loads(full)
    assert list(_told(brief)["service"]) == ["work", "paint", "glaze", "wash", "varnish", "frame", "hang"]
    assert replace(read(brief), version="") == replace(read(full), version="")


def test_each_row_and_figure_said_in_brief_is_tried_in_each_of_its_places() -> None:
    brief, full = (_told(GOOD + CONTRACT + text) for text in (BRIEF, AT_LENGTH))
    tried = [str(mutant) for mutant in mutants(brief)]
    assert sorted(tried) == sorted(str(mutant) for mutant in mutants(full))
    for mutant in (
        "before[2]: remove",
        "before[2].reason: = after_180_days",
        "derive.shade.rows[1]: remove",
        "service.glaze.rows[2].over.amount: +1",
        "service.paint.rows[2].amount: +1",
        "service.paint.rows[3].when.contract: remove",
        "service.wash.rows[1].reason: = after_180_days",
        "service.varnish.rows[1].purchasable: flip",
        "service.varnish.staffed: flip",
    ):
        assert mutant in tried


def test_a_rule_in_a_line_and_one_in_a_table_may_stand_in_one_file() -> None:
    rules = read(GOOD + '\n[rule]\nSM-02 = ["§2", "ข้อสอง", "Rule two."]\n').rules
    assert [(rule.id, rule.clause, rule.basis, rule.card) for rule in rules.values()] == [
        ("SM-01", "§1", "explicit", False),
        ("SM-02", "§2", "explicit", False),
    ]


@pytest.mark.parametrize(
    ("old", "new", "key", "found", "expected"),
    [
        # rules in a line
        ('SM-04 = ["§4", "ข้อสี่", ', 'SM-04 = ["§4", ', "rule.SM-04", "['§4', 'Rule four.']", "[clause, Thai,"),
        ('SM-04 = ["§4"', "SM-04 = [4", "rule.SM-04", "[4, ", "[clause, Thai, English], and"),
        ('"derived"]', '"derivd"]', "rule.SM-02[4]", "'derivd'", "card, convention, derived, explicit"),
        ('"card"]', '"interpretation"]', "rule.SM-03.basis", "no reading", "shows both readings"),
        # what every row says
        (
            'every = { rule = "SM-01", then = "unavailable", reason',
            "every = 5 #",
            "service.refused.every",
            "5",
            "a table: what each row says",
        ),
        (
            'every]\nrule = "SM-01"',
            'every]\nrule = "SM-9"',
            "service.paint.every.rule",
            "'SM-9'",
            "a rule of",
        ),
        ('["travel"]', '"travel"', "service.paint.every.extras", "'travel'", "a list"),
        (
            '"SM-02", then = "charge", ',
            '"SM-02", then = "chrge", ',
            "service.glaze.every.over.then",
            "'chrge'",
            "charge",
        ),
        (
            "purchasable = true }",
            "buyable = true }",
            "service.refused.every.buyable",
            "an unknown key",
            "no such key",
        ),
        (
            "purchasable = true }",
            "purchasable = 1 }",
            "service.refused.every.purchasable",
            "1",
            "true or false",
        ),
        (
            '["travel"]',
            '["travel"]\namount = 5',
            "service.paint.every.amount",
            "what no row takes",
            "some row leaves",
        ),
        # rows before a service's own
        ('"cycle_ended"', '"cycle_end"', "before[1].rows[1].reason", "'cycle_end'", "one of: "),
        ('"paint", "work"]', '"paint", "wrk"]', "before[1].services", "'wrk'", "the name of a service"),
        (
            '"SM-01", then = "una',
            '"SM-01", than = "una',
            "before[1].every.than",
            "an unknown key",
            "did you mean",
        ),
        (
            '"paint", "work"]',
            '"paint"]\nflags = []',
            "before[1].flags",
            "an unknown key",
            "services or all_but, every and rows",
        ),
        ('"null" }\nthen = "unknown"', '"null" }\nthen = "x"', "before[2].then", "'x'", "one of: "),
        # groups
        (
            "staffed = false",
            "stafed = false",
            "service.refused.stafed",
            "an unknown key",
            "did you mean 'staffed'?",
        ),
        ("staffed = false", 'staffed = "no"', "service.refused.staffed", "'no'", "true or false"),
        ("staffed = false", 'th = "x"', "service.refused.th", "an unknown key", "in a group of services"),
        ("\nwash =", "\nwork =", "service.refused.services.work", "'work'", "a name that no other service"),
        ("\nframe =", "\nwash =", "service.same.services.wash", "'wash'", "a name that no other service"),
        (
            '["ล้าง", ',
            "[",
            "service.refused.services.wash",
            "['Wash', ['water'], ",
            "[Thai, English, [keywords], {",
        ),
        (
            '"Wash", ["water"]',
            '"Wash", "water"',
            "service.refused.services.wash",
            "'water'",
            "[Thai, English",
        ),
        ('["water"]', "[7]", "service.refused.services.wash[3]", "[7]", "text or a list of texts"),
        (
            '{ rule = "SM-02" }]',
            '{ rule = "SM-9" }]',
            "service.refused.services.wash[4].rule",
            "'SM-9'",
            "a rule of",
        ),
        ('"copyright"', '"copyrigt"', "service.refused.services.varnish[4].reason", "'copyrigt'", "one of: "),
        (
            '"copyright"',
            '"copyright", rows = []',
            "service.refused.services.varnish[4].rows",
            "an unknown key",
            "no",
        ),
        (
            "{ staffed = false }",
            "{ staffed = 0 }",
            "service.same.services.hang[4].staffed",
            "0",
            "true or false",
        ),
        ('like = "paint"\n', 'like = "pain"\n', "service.same.like", "'pain'", "did you mean 'paint'?"),
        (
            ', ["edge"]]',
            ', ["edge"], { lik = "work" }]',
            "service.same.services.frame[4].lik",
            "an unknown key",
            "no",
        ),
        # answers that tell a derived fact
        (
            'is = { shade = "cold" }',
            'is = "cold"',
            "question.colour.choices[2].is",
            "'cold'",
            "{ DERIVED = value }",
        ),
        (
            '"warm" }, rule = "SM-02"',
            '"warm" }, rule = "SM-9"',
            "question.colour.choices[1].rule",
            "'SM-9'",
            "a rule",
        ),
        (
            ', is = { shade = "cold" }',
            ', rule = "SM-02"',
            "question.colour.choices[2].rule",
            "an unknown key",
            "no such",
        ),
        (
            'rows = [{ is = "other" }]',
            'rows = [{ if = "other" }]',
            "derive.shade.rows[1].if",
            "an unknown key",
            "no such key here",
        ),
        # figures with a name
        (
            "coat = 100",
            "coat = 100\ncoats = 3",
            "figure.coats",
            "a figure nobody names",
            "{ figure = 'coats' } in a row",
        ),
        ("coat = 100", 'coat = "dear"', "figure.coat", "'dear'", "a number of baht"),
        (
            "coat = 100",
            "coat = { fct = 1 }",
            "figure.coat",
            "{ fct = 1 }",
            "a figure, or a table with one of",
        ),
        (
            'amount = { figure = "coat" }',
            'amount = { figure = "cot" }',
            "service.paint.rows[2].amount",
            "'cot'",
            "did you mean 'coat'?",
        ),
    ],
)
def test_a_slip_is_told_where_it_stands(old: str, new: str, key: str, found: str, expected: str) -> None:
    text = GOOD + CONTRACT + BRIEF
    assert text.count(old) >= 1, old
    at = text.rindex(old) if old == 'like = "paint"\n' else text.index(old)
    wrong = text[:at] + new + text[at + len(old) :]
    told = [problem for problem in problems(wrong) if problem[1].startswith(key)]
    assert told, problems(wrong)
    line, _, shown, hoped = told[0]
    first = wrong[:at].count("\n") + 1
    assert abs(line - first) <= 1, (line, first)
    assert found in shown
    assert expected in hoped


def test_a_slip_of_sense_and_a_word_nobody_explains_are_told_where_they_stand_too(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    lines = GOOD + CONTRACT + BRIEF
    file.write_text(lines.replace('extras = ["travel"]', 'extras = ["trvel"]'), "utf-8")
    with pytest.raises(PolicyFileError) as caught:
        read_file(file)
    assert [(problem.key, str(problem.found)) for problem in caught.value.problems] == [
        ("service.paint.every.extras", "'trvel'")
    ]
    assert problems(lines.replace('shade = "cold" }, then', 'shade = "cool" }, then'))[0][:3] == (
        lines[: lines.index('shade = "cold" }, then')].count("\n") + 1,
        "service.paint.rows[2].when.shade",
        "'cool'",
    )


def test_junk_where_a_brief_form_is_read_is_a_problem_and_no_crash() -> None:
    for junk in ("5", '"x"', "[]", "[1]", "{}", "[{}]", "true"):
        for key in ("services", "every", "rows"):
            assert problems(f"{GOOD}\n[service.x]\n{key} = {junk}\n")
            assert problems(f"{GOOD}\n[[before]]\n{key} = {junk}\n")
        assert problems(f"{GOOD}\n[figure]\nx = {junk}\n")
        assert junk == "{}" or problems(f"figure = {junk}\n{GOOD}")
        assert problems(f"{GOOD}\n[rule]\nSM-02 = {junk}\n")
        assert problems(f"{GOOD}\n[question.x]\nkind = 'choice'\nchoices = [{{ value = 1, is = {junk} }}]\n")


def test_a_choice_that_is_no_table_beside_one_that_tells_a_derived_fact_is_left_to_the_questions() -> None:
    choices = [{"value": "red", "is": {"shade": "warm"}}, 7]
    told = spelled_out({"question": {"colour": {"choices": choices}}}, Problems(Path("f.toml")))
    assert told["question"]["colour"]["choices"] == [{"value": "red"}, 7]
    assert told["derive"]["shade"]["rows"] == [{"when": {"colour": "red"}, "is": "warm"}]
