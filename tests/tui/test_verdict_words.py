"""No code word of the terms reaches the screen: every verdict of every example reads as words."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from deskui.policy.decide import decide
from deskui.policy.decision import Decision
from deskui.policy.examples import examples_file, load_examples
from deskui.policy.policy import Policy
from deskui.tui.messages import Say
from deskui.tui.panes.verdict_text import headline, outcome_words, verdict_lines
from deskui.tui.telling import Teller
from tests.tui.fake_desk import MONDAY
from tests.tui.fake_rules import BANGKOK
from tests.tui.real_desk import library

CODE = re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b|None|True|False|Decimal|[{}]")
LATIN = re.compile(r"[A-Za-z]{4,}")
OF_ANY_LANGUAGE = re.compile(r"Word|Excel|LINE|EMWORK|\S+@\S+")


def told(policy: Policy, language: str) -> list[tuple[str, str]]:
    """(example, line) of each verdict a caller's request gets."""
    tell = Teller(Say(language), BANGKOK, MONDAY)
    nobody = {fact: question.text for fact, question in policy.questions.items()}
    found = []
    for example in load_examples(examples_file(library().files[policy.id]), policy).examples:
        service = policy.services.get(example.ask)
        if service is not None and service.call:
            decision = decide(policy, example.ask, example.facts, example.at, example.settled)
            lines = [headline(decision, tell), *(line.text for line in verdict_lines(decision, tell, nobody))]
            found += [(example.name, line) for line in lines]
    return found


@pytest.mark.parametrize("policy", sorted(library().files))
def test_a_verdict_has_no_code_words(policy: str) -> None:
    for language in ("th", "en"):
        lines = told(library().get(policy), language)
        assert lines
        assert not [(name, line) for name, line in lines if CODE.search(line)]


@pytest.mark.parametrize("policy", sorted(library().files))
def test_a_thai_verdict_has_no_english(policy: str) -> None:
    lines = told(library().get(policy), "th")
    english = [(name, line) for name, line in lines if LATIN.search(OF_ANY_LANGUAGE.sub("", line))]
    assert not english


def decided(policy: str, ask: str, at: str, **facts: object) -> Decision:
    return decide(library().get(policy), ask, facts, datetime.fromisoformat(at))


def test_the_word_says_the_opposite_where_the_figures_do() -> None:
    """Nothing is deducted; a closed channel; what cannot be carried over."""
    tell = Teller(Say("en"), BANGKOK, MONDAY)
    early = decided(
        "mac-5", "cancel", "2026-11-23T10:00+07:00", kind="implementation", contract_unit="day",
        appointment_at=datetime.fromisoformat("2026-11-30T10:00+07:00"),
    )  # fmt: skip
    late = decided(
        "mac-5", "cancel", "2026-11-23T10:00+07:00", kind="implementation", contract_unit="day",
        appointment_at=datetime.fromisoformat("2026-11-23T16:00+07:00"),
    )  # fmt: skip
    assert outcome_words(early, tell) == "NOTHING DEDUCTED"
    assert outcome_words(late, tell) == "DEDUCTED"
    assert outcome_words(
        decided("emwork", "channel-open", "2026-11-22T10:00+07:00", channel="phone"), tell
    ) == ("CHANNEL CLOSED")
