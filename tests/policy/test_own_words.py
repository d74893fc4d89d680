"""Words and plans of a file's own: what it may name is told with all there is, and how to add to it."""

from __future__ import annotations

import copy
import json
from datetime import datetime
from pathlib import Path

import pytest

from deskui.paths import data_dir
from deskui.policy import PolicyFileError, decide, decision_from_json, decision_to_json
from deskui.policy.common import common
from deskui.policy.examples import read_examples
from deskui.policy.library import HolidayShelf
from deskui.policy.load import read_policy
from deskui.policy.policy import Policy
from deskui.policy.problems import Problems
from deskui.policy.sense import check_words
from deskui.policy.wording import value_text

STARTER = (data_dir() / "starter" / "starter.toml").read_text("utf-8")
REFUSED = 'reason = "excluded", redirect = "quote"'
NEEDS = 'reason = "prerequisite_missing", prerequisite = "certificate"'
WORD = '\n[word.certificate]\nth = "ใบรับรอง"\nen = "the certificate"\n'
PLAN = """
[question."contract.plan"]
kind = "choice"
th = "แผนใด"
en = "Which plan?"
choices = [
  { value = "gold", key = "g", th = "ทอง", en = "Gold" },
  { value = "silver", key = "s", th = "เงิน", en = "Silver" },
]
"""


def _read(text: str) -> Policy:
    problems = Problems(Path("starter.toml"), text)
    policy = read_policy(text, problems.file, HolidayShelf(data_dir() / "holidays"), problems)
    check_words(policy, problems)
    problems.raise_any()
    return policy


def _told(text: str) -> str:
    with pytest.raises(PolicyFileError) as error:
        _read(text)
    return str(error.value)


def test_an_unknown_word_is_told_with_those_there_are_and_with_the_way_to_add_one() -> None:
    told = _told(STARTER.replace(REFUSED, NEEDS))
    assert (
        "rows[1].prerequisite: found 'certificate', expected one of: 5_real_sets, company_excel_format, "
        in told
    )
    assert "or a word of this file's own: [word.certificate] with th and en" in told
    assert "did you mean 'quote'?" in _told(STARTER.replace('redirect = "quote"', 'redirect = "qoute"'))
    assert "accommodation, delivery, media, travel" in _told(STARTER.replace('["travel"]', '["toll"]'))


def test_a_word_of_its_own_is_said() -> None:
    policy = _read(STARTER.replace(REFUSED, NEEDS) + WORD)
    decision = decide(policy, "data-repair", {}, datetime(2026, 11, 23, 10, tzinfo=policy.zone))
    assert "the certificate" in decision.say.en
    assert "ใบรับรอง" in decision.say.th


def test_a_word_that_is_there_is_not_made_anew() -> None:
    told = _told(STARTER + WORD.replace("certificate]", "travel]"))
    assert (
        "word.travel: found 'travel', expected a name that is not taken: this one says “travel” already"
        in told
    )


def _examples(policy: Policy, facts: str) -> str:
    text = f'[[example]]\nname = "one"\nask = "phone-help"\nat = 2026-11-23T10:00:00\n{facts}\n'
    text += 'expect = { outcome = "free" }\n'
    try:
        read_examples(text, Path("starter.toml"), policy)
    except PolicyFileError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ('facts = { contract = { plan = "gold" } }', ""),
        ('facts = { contract = { plan = "GOLD" } }', ""),
        ('facts = { contract = { plan = "glod" } }', "expected one of: gold, silver; did you mean 'gold'?"),
        ('facts = { contract = { plan = "glod" } }\nunread = ["contract.plan"]', ""),
        ('facts = { contract = { plan = "not_recorded" } }', ""),
        ('facts = { "contract.plan" = "gold" }', "expected contract = { plan = … }, as a part of contract"),
        ('contract = { plan = "gold" }', "contract: found an unknown key, expected facts = { contract = … }"),
    ],
)  # fmt: skip
def test_the_plan_of_an_example_is_one_of_the_file(facts: str, said: str) -> None:
    told = _examples(_read(STARTER + PLAN), facts)
    assert said in told
    assert bool(told) == bool(said)


def test_where_no_plans_are_told_apart_it_is_said_how() -> None:
    told = _examples(_read(STARTER), 'facts = { contract = { plan = "gold" } }')
    assert 'expected no plan: these terms tell none apart. Add [question."contract.plan"]' in told


def test_a_dotted_fact_is_no_table_a_second_time() -> None:
    told = _told(STARTER + PLAN.replace('"contract.plan"', "contract.plan"))
    assert told.count("\n") == 0
    assert "found [question.contract.plan], though contract is written as { … } in line 82" in told
    assert 'expected [question."contract.plan"]' in told


def test_a_table_of_what_stands_in_braces_goes_in_there() -> None:
    figure = '[figure]\nvisit = { each = 500, per = "machines" }\n[figure.visit.plus]\neach = 1\n'
    told = _told(STARTER + figure)
    assert "found [figure.visit.plus], though visit is written as { … } in line" in told
    assert "expected it inside the { … } of line" in told


def test_a_word_of_one_file_says_nothing_in_another() -> None:
    needs = REFUSED, NEEDS
    ours = _read(STARTER.replace(*needs) + WORD)
    theirs = _read(STARTER.replace(*needs) + WORD.replace("the certificate", "the tax certificate"))
    at = datetime(2026, 11, 23, 10, tzinfo=ours.zone)
    one, other = (decide(policy, "data-repair", {}, at) for policy in (ours, theirs))
    assert ("the certificate" in one.say.en, "the tax certificate" in one.say.en) == (True, False)
    assert "the tax certificate" in other.say.en
    assert [text.en for text in one.free_if] == ["once there is: the certificate"]
    # the shared words, and a file that does not make the word, know nothing of either
    assert common().word("certificate") is None
    assert "certificate" in _told(STARTER.replace(*needs))


def test_a_kept_decision_brings_its_words() -> None:
    policy = _read(STARTER.replace(REFUSED, NEEDS) + WORD)
    decision = decide(policy, "data-repair", {}, datetime(2026, 11, 23, 10, tzinfo=policy.zone))
    shape = json.loads(json.dumps(decision_to_json(decision)))
    assert shape["prerequisite"] == "certificate"
    assert shape["words"] == {"certificate": {"th": "ใบรับรอง", "en": "the certificate"}}
    kept = decision_from_json(shape)
    assert kept.figures == decision.figures
    for figures in (kept.figures, copy.deepcopy(decision.figures)):
        assert value_text(figures["prerequisite"]).th == "ใบรับรอง"
    # where no word is the file's own there are none to bring
    plain = _read(STARTER)
    assert "words" not in decision_to_json(
        decide(plain, "data-repair", {}, datetime(2026, 11, 23, 10, tzinfo=plain.zone))
    )


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ('then = "quote", refer_to = "certificate"', "the certificate"),
        ('then = "unavailable", reason = "excluded", redirect = "certificate"', "the certificate"),
        ('then = "charge", amount = 5, extras = ["travel", "certificate"]', "travel, the certificate"),
        ('then = "unknown", hint = { refer_to = "certificate" }', "the certificate"),
    ],
)  # fmt: skip
def test_every_figure_that_may_name_it_does(figure: str, said: str) -> None:
    policy = _read(STARTER.replace(f'then = "unavailable", {REFUSED}, purchasable = true', figure) + WORD)
    decision = decide(policy, "data-repair", {}, datetime(2026, 11, 23, 10, tzinfo=policy.zone))
    named = {"hint": {}, **decision.figures}
    value = next(
        named.get(key) or named["hint"].get(key)
        for key in ("refer_to", "redirect", "extras")
        if key in figure
    )
    assert said in value_text(value).en
