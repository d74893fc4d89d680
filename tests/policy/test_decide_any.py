"""Whatever is asked, there is an answer; a fact that is missing never makes it a better one."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskui.policy import Decision, Policy, decision_from_json, decision_to_json
from deskui.policy.vocabulary import INCLUDED_OUTCOMES, OUTCOMES, REASONS
from tests.policy.asking import (
    INSTANTS,
    LIBRARY,
    POLICIES,
    answers,
    ask,
    asks,
    names,
    true_facts,
    wild_facts,
    with_fact,
)

MOST_QUESTIONS = 25
thorough = settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_every_policy_is_tried() -> None:
    assert LIBRARY.problems == ()
    assert {"emwork", "aristosoft", "sixth", "everything"} <= {policy.id for policy in POLICIES}


def sound(policy: Policy, question: str, decision: Decision) -> None:
    """What holds of every decision."""
    assert decision.outcome in OUTCOMES
    assert (decision.outcome == "ask") == bool(decision.needs)
    assert decision.policy == policy.id
    assert decision.ask == question
    assert decision.say.th
    assert decision.say.en
    assert all(reason.text.th and reason.text.en and reason.clause for reason in decision.reasons)
    assert decision.reasons or decision.outcome == "ask"
    figures = decision.figures
    if decision.outcome == "unavailable":
        assert figures["reason"] in REASONS
    if decision.outcome == "unknown":
        assert "amount" not in figures
        assert figures["hint"].get("amount", 1) > 0
    for name in ("amount", "total", "amount_min", "list_price"):
        assert figures.get(name, 1) > 0, name
    if decision.outcome == "quota":
        taken = figures["remaining_before"] - figures["remaining_after"]
        assert 0 < taken <= figures["remaining_before"] <= figures["quota"]
        assert decision.consumes is not None
        assert decision.consumes.units == taken
    if decision.outcome in ("defer", "unavailable", "ask", "unknown", "quote"):
        assert decision.consumes is None


@thorough
@given(st.data(), asks(), INSTANTS)
def test_anything_at_all_is_answered(data: st.DataObject, asked: tuple[Policy, str], at: datetime) -> None:
    policy, question = asked
    facts = data.draw(wild_facts(policy))
    decision = ask(policy, question, facts, at)
    if decision is None:
        return
    sound(policy, question, decision)
    assert ask(policy, question, facts, at) == decision
    shape = json.loads(json.dumps(decision_to_json(decision)))
    again = decision_from_json(shape)
    assert decision_to_json(again) == shape


@thorough
@given(st.data(), asks(), INSTANTS)
def test_a_decision_survives_being_written_down(
    data: st.DataObject, asked: tuple[Policy, str], at: datetime
) -> None:
    policy, question = asked
    decision = ask(policy, question, data.draw(true_facts(policy)), at)
    if decision is not None:
        assert decision_from_json(json.loads(json.dumps(decision_to_json(decision)))) == decision


@thorough
@given(st.data(), asks(), INSTANTS)
def test_a_missing_fact_never_makes_the_answer_better(
    data: st.DataObject, asked: tuple[Policy, str], at: datetime
) -> None:
    """What was answered without a fact is answered the same with it, whatever it is."""
    policy, question = asked
    facts = {"channel": "phone", **data.draw(true_facts(policy))}
    before = ask(policy, question, facts, at)
    if before is None or before.outcome == "ask":
        return
    unknown = any(flag.startswith("not_recorded:") for flag in before.flags)
    # what nobody can know yet is not held against the answer: it says itself what would make it better
    asked_for = [
        name for name in names(policy) if name not in policy.questions or policy.questions[name].asked
    ]
    # a restricted day may take a fact for granted, at its worst
    items = () if policy.restricted is None else policy.restricted.items
    granted = {test.fact for item in items for test in item.when if test.test.unsaid is not None}
    asked_for = [name for name in asked_for if name not in granted]
    more = {name: data.draw(answers(policy, name), label=name) for name in asked_for if name not in facts}
    after = ask(policy, question, {**more, **facts}, at)
    if after is None or unknown:
        return
    assert after.outcome == before.outcome
    figures = {name: value for name, value in before.figures.items() if name != "hint"}
    assert {name: after.figures.get(name) for name in figures} == figures


@thorough
@given(st.data(), asks(), INSTANTS)
def test_answering_what_is_asked_ends_in_an_answer(
    data: st.DataObject, asked: tuple[Policy, str], at: datetime
) -> None:
    policy, question = asked
    facts: dict[str, Any] = {}
    seen: list[str] = []
    while True:
        decision = ask(policy, question, facts, at)
        assert decision is not None
        sound(policy, question, decision)
        if not decision.needs:
            return
        need = decision.needs[0]
        assert need not in seen
        seen.append(need)
        assert len(seen) < MOST_QUESTIONS
        answer = data.draw(answers(policy, need) | st.just("not_recorded"), label=need)
        facts = with_fact(facts, need, answer)


@thorough
@given(st.data(), asks(), INSTANTS)
def test_what_is_asked_first_makes_a_difference(
    data: st.DataObject, asked: tuple[Policy, str], at: datetime
) -> None:
    policy, question = asked
    facts = data.draw(true_facts(policy))
    decision = ask(policy, question, facts, at)
    if decision is None or not decision.needs:
        return
    need = decision.needs[0]
    described = policy.questions.get(need)
    assert described is not None or need in ("used", "contract.start") or "." in need, need
    if described is None or described.kind not in ("yes_no", "choice") or described.first:
        # what is asked before its turn may make its difference later
        return
    found = [ask(policy, question, with_fact(facts, need, choice.value), at) for choice in described.choices]
    first = found[0]
    assert first is not None
    assert any(
        other is not None
        and (other.outcome, other.figures, other.needs) != (first.outcome, first.figures, first.needs)
        for other in found[1:]
    )


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
@pytest.mark.parametrize(
    "at", ["2026-11-23T10:30:00+07:00", "2026-11-28T10:30:00+07:00", "2026-12-05T10:30:00+07:00"]
)
def test_with_nothing_known_nothing_is_promised_that_depends_on_it(policy: Policy, at: str) -> None:
    for question in policy.services:
        decision = ask(policy, question, {}, datetime.fromisoformat(at))
        assert decision is not None
        if decision.outcome in INCLUDED_OUTCOMES:
            # then the rows ask for nothing at all
            full = ask(
                policy, question, dict.fromkeys(names(policy), "not_recorded"), datetime.fromisoformat(at)
            )
            assert full is not None
            assert full.outcome == decision.outcome
