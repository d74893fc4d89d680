"""Decides one request by one policy: pure, total and explained.

Before a service's own rows come the hours gate (X-15) with the restricted days, then the rows that speak of
the contract or the class. The first row that matches wins. A fact that is absent and would change the answer
gives `ask`; one that nobody knows gives `unknown`; neither is asked about when every value it may have leads
to the same answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from deskui.dataclass import dataclass
from deskui.policy.common import common
from deskui.policy.context import Absent, Context, Unrecorded
from deskui.policy.decision import Decision, NearMiss, Reason, Target, Text
from deskui.policy.gate import Passed, pass_gate
from deskui.policy.model import Reading
from deskui.policy.money import in_satang
from deskui.policy.outcomes import Given, give
from deskui.policy.policy import Policy, Row, Service
from deskui.policy.vocabulary import COSTLY_OUTCOMES, NOT_RECORDED
from deskui.policy.wording import condition_failed, free_if, granted_by, reasons, say

Facts = Mapping[str, Any]

_YES_NO_OF_RECORDS = frozenset({"paid", "suspended", "special", "ma"})
"""Facts of a contract or machine that are yes or no."""


class UnknownAsk(LookupError):
    """The policy has no service or question of that name."""

    def __init__(self, policy: Policy, ask: str) -> None:
        self.known = tuple(policy.services)
        super().__init__(f"{policy.id} has no ask {ask!r}; it has: {', '.join(self.known)}")


@dataclass(frozen=True, slots=True)
class _Needs:
    """The answer depends on facts that are missing."""

    facts: tuple[str, ...]
    seen: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class _Nobody:
    """The answer depends on a fact that nobody knows."""

    fact: str


_Answer = Decision | _Needs | _Nobody


def decide(
    policy: Policy,
    ask: str,
    facts: Facts,
    at: datetime,
    settled: Mapping[str, str] | None = None,
) -> Decision:
    """The decision for `ask` at the aware instant `at`.

    `facts` are typed as `facts.read_facts` gives them. `settled` has the reading a supervisor chose, by
    reading name (X-14). Raises UnknownAsk for an ask the policy lacks, ValueError for a naive instant.
    """
    if at.tzinfo is None:
        raise ValueError("the instant of a decision must have a time zone")
    service = policy.services.get(ask)
    if service is None:
        raise UnknownAsk(policy, ask)
    known = dict(facts)
    # the one fact that is taken for granted: the desk answers a telephone
    known.setdefault("channel", "phone")
    for fact, question in policy.questions.items():
        if question.default is not None:
            known.setdefault(fact, question.default)
    asking = _Asking(policy, service, at.astimezone(policy.zone), settled or {})
    answer = asking.answer(known)
    if isinstance(answer, Decision):
        answer = asking.answer_in_doubt(answer, known)
    if isinstance(answer, _Needs):
        return asking.ask_for(answer)
    if isinstance(answer, _Nobody):
        return asking.nobody_knows(answer.fact)
    return answer


@dataclass
class _Asking:
    policy: Policy
    service: Service
    at: datetime
    settled: Mapping[str, str]
    consulted: set[str] = field(default_factory=set)
    """Readings that were asked about on the way."""
    bare: bool = False
    """Only what `_alike` compares is wanted: no reasons, no words."""

    def __post_init__(self) -> None:
        self.policy = self.policy.as_settled(self.settled)

    def answer_in_doubt(self, answer: Decision, facts: Facts) -> _Answer:
        """The answer with every reading shown that would have led to another one (X-14)."""
        shown = {reading.name for rule in answer.rules for reading in self.readings_shown(rule)}
        bearing = [name for name in sorted(self.consulted - shown) if self.hangs_on(name, answer, facts)]
        if not bearing:
            return answer
        doubtful = [self.policy.readings[name] for name in bearing]
        told = {reason.rule: reason for reason in answer.reasons}
        # of several rules that a reading is of, the one that the answer rests on
        bearers = [next((r for r in each.rules if r in told), each.rule) for each in doubtful]
        for rule in dict.fromkeys(bearers):
            told[rule] = reasons(self.policy, [rule], self.settled, bearing)[0]
        still_open = [reading for reading in doubtful if reading.name not in self.settled]
        why = (*told.values(), *self.convention_of_doubt(still_open, told))
        flags = [flag for reading in still_open for flag in ("interpretation", *reading.flags)]
        return replace(answer, reasons=why, flags=tuple(dict.fromkeys((*answer.flags, *flags))))

    def convention_of_doubt(self, still_open: Sequence[Reading], told: Collection[str]) -> Sequence[Reason]:
        """The convention that open readings are shown by, where it is not told yet."""
        return reasons(self.policy, ["X-14"]) if still_open and "X-14" not in told else ()

    def readings_shown(self, rule: str) -> Sequence[Reading]:
        """The readings that a reason shows as it is, its rule being an interpretation."""
        known = self.policy.rules.get(rule)
        shown = known is not None and known.basis == "interpretation"
        return self.policy.readings_of.get(rule, ()) if shown else ()

    def hangs_on(self, name: str, answer: Decision, facts: Facts) -> bool:
        """Whether another option of a reading leads to another answer."""
        reading = self.policy.readings[name]
        for option in reading.others(self.settled.get(name, reading.default)):
            settled = {**self.settled, name: option}
            other = _Asking(self.policy, self.service, self.at, settled, bare=True)
            if not _alike(answer, other.answer(facts)):
                return True
        return False

    def answer(self, facts: Facts) -> _Answer:
        """The decision, or what stands in its way; tries every value of a missing fact that has few."""
        context = Context(self.policy, self.service, self.at, facts, self.settled, consulted=self.consulted)
        try:
            return self.evaluate(context)
        except Absent as absent:
            # asked for though it is there: only its owner can say more
            if _given(facts, absent.fact):
                return _Nobody(absent.fact)
            return self.branch(facts, absent.fact, recorded=True)
        except Unrecorded as unrecorded:
            return self.branch(facts, unrecorded.fact, recorded=False)

    def branch(self, facts: Facts, fact: str, *, recorded: bool) -> _Answer:
        missing = _Needs((fact,)) if recorded else _Nobody(fact)
        values = self.values_of(fact)
        if values is None:
            return missing
        answers = [self.answer(_with(facts, fact, value)) for value in values]
        decisions = [answer for answer in answers if isinstance(answer, Decision)]
        # what nobody knows sends to somebody, as a row may that says so itself
        told = [self.nobody_knows(item.fact) if isinstance(item, _Nobody) else item for item in answers]
        if all(_alike(told[0], other) for other in told[1:]):
            # whatever it is, the answer or the next question is the same
            both = [item for item in told if isinstance(item, Decision)]
            return _merged(both) if decisions else answers[0]
        if not recorded:
            needs = [answer for answer in answers if isinstance(answer, _Needs)]
            # every branch still waits for one and the same fact: that one first
            same = len(needs) == len(answers) and len({each.facts[0] for each in needs}) == 1
            return needs[0] if same else missing
        facts_needed = [fact]
        for answer in answers:
            if isinstance(answer, _Needs):
                facts_needed += [name for name in answer.facts if name not in facts_needed]
        return _Needs(tuple(facts_needed), tuple(decisions))

    def values_of(self, fact: str) -> Sequence[Any] | None:
        """Every value that a missing fact may have, when there are few; else None."""
        if fact in ("contract", "machine"):
            return (None, {"ma": True} if fact == "machine" else {})
        question = self.policy.questions.get(fact)
        if question is None:
            return (True, False) if fact.partition(".")[2] in _YES_NO_OF_RECORDS else None
        if question.kind == "yes_no":
            return (True, False)
        if question.kind == "choice":
            return tuple(choice.value for choice in question.answers_for(self.service.id))
        if question.kind == "province":
            return self.policy.provinces_told_apart
        return None

    def evaluate(self, context: Context) -> Decision:
        """One walk through the tables; raises Absent or Unrecorded."""
        passed = pass_gate(context)
        if isinstance(passed, Row):
            return self.decided(passed, context, (), Passed())
        missed: list[tuple[Row, Text]] = []
        for row in (*self.policy.before, *self.service.rows):
            if row.services is not None and self.service.id not in row.services:
                continue
            if not row.in_force(context.day):
                continue
            failed = next((c for c in row.when if not c.holds(context)), None)
            if failed is None:
                return self.decided(row, context, tuple(missed), passed)
            if not self.bare:
                missed.append((row, condition_failed(failed, context)))
        return self.fell_through(context, tuple(missed), passed)

    def decided(
        self,
        row: Row,
        context: Context,
        missed: tuple[tuple[Row, Text], ...],
        passed: Passed,
    ) -> Decision:
        given = give(context.in_effect(row), context)
        if self.bare:
            return Decision(
                policy=self.policy.id,
                ask=self.service.id,
                outcome=given.outcome,
                figures=in_satang(given.figures),
                targets=self.targets(given, context),
                consumes=given.consumes,
            )
        behind = tuple(rule for condition in given.row.when for rule in context.rules_behind(condition.fact))
        remarks = [item for item in self.policy.remarks if item.bears_on(self.service.id, context)]
        remarked = tuple(rule for item in remarks for rule in item.rules)
        own = {term.id: term.reason for term in context.own_terms()}
        prevails, own_flags = context.own_contract_told()
        cited = dict.fromkeys(
            (*given.rules, *behind, *remarked, *prevails, *given.conventions, *passed.rules)
        )
        why = reasons(self.policy, cited, self.settled, (), own)
        shown = [reading for rule in cited for reading in self.readings_shown(rule)]
        still_open = [reading for reading in shown if reading.name not in self.settled]
        why = (*why, *self.convention_of_doubt(still_open, cited))
        all_flags = (
            *given.row.flags,
            *given.flags,
            *self.service.flags,
            *passed.flags,
            *(flag for item in remarks for flag in item.flags),
            *own_flags,
            *(("interpretation",) if still_open else ()),
            *(flag for reading in still_open for flag in reading.flags),
        )
        return self.explained(
            Decision(
                policy=self.policy.id,
                ask=self.service.id,
                outcome=given.outcome,
                figures=in_satang(given.figures),
                reasons=why,
                runners_up=self.near_misses(missed),
                flags=tuple(dict.fromkeys(all_flags)),
                targets=self.targets(given, context),
                consumes=given.consumes,
            ),
            context,
            row.say,
        )

    def targets(self, given: Given, context: Context) -> tuple[Target, ...]:
        """What the row promises, with its due times."""
        return tuple(
            Target(
                kind=spec.kind,
                rule=given.rules[0],
                calendar=spec.calendar,
                due=(due := spec.due(context, (start := spec.start(context)))),
                start=start,
                work=spec.work or self.policy.calendar(spec.calendar).elapsed(start, due),
            )
            for spec in given.row.targets
        )

    def near_misses(self, missed: Sequence[tuple[Row, Text]]) -> tuple[NearMiss, ...]:
        """Rows of the terms that did not match, the service's own first: they tell more than those before
        them all. What only our conventions say is no near miss.
        """
        terms = [pair for pair in missed if any(rule in self.policy.rules for rule in pair[0].rules)]
        own = sorted(terms, key=lambda pair: pair[0] not in self.service.rows)
        return tuple(NearMiss(row.rules[0], row.then, text) for row, text in own)

    def explained(self, decision: Decision, context: Context, own_words: Text | None) -> Decision:
        """The decision with words to say, and with what would make it free."""
        spoken = replace(decision, say=say(self.policy, self.service, decision, own_words))
        if decision.outcome not in COSTLY_OUTCOMES or not self.service.call:
            return spoken
        return replace(
            spoken,
            free_if=free_if(self.service, context, decision),
            granted_by=granted_by(decision),
        )

    def fell_through(
        self, context: Context, missed: tuple[tuple[Row, Text], ...], passed: Passed
    ) -> Decision:
        """No row speaks of this case: nobody is told yes, nobody is told no."""
        decision = Decision(
            policy=self.policy.id,
            ask=self.service.id,
            outcome="unknown",
            figures={"hint": {"ask": "supervisor"}},
            reasons=reasons(self.policy, ("X-01", *passed.rules)),
            runners_up=self.near_misses(missed),
            flags=passed.flags,
        )
        return self.explained(decision, context, None)

    def ask_for(self, needs: _Needs) -> Decision:
        """Asks for what is missing, in the order the policy wants it asked."""
        questions = self.policy.questions
        decision = Decision(
            policy=self.policy.id,
            ask=self.service.id,
            outcome="ask",
            needs=tuple(
                sorted(needs.facts, key=lambda fact: fact not in questions or not questions[fact].first)
            ),
            reasons=_common_reasons(needs.seen),
        )
        return replace(decision, say=say(self.policy, self.service, decision, None))

    def nobody_knows(self, fact: str) -> Decision:
        """A fact that decides was looked for and is not recorded."""
        who, rules = self.policy.unrecorded.get(fact, ("supervisor", ()))
        decision = Decision(
            policy=self.policy.id,
            ask=self.service.id,
            outcome="unknown",
            figures={"hint": {"ask": who}},
            reasons=reasons(self.policy, (*rules, "X-01")),
            flags=(f"{NOT_RECORDED}:{fact}",),
            granted_by=common().words["supervisor"],
        )
        return replace(decision, say=say(self.policy, self.service, decision, None))


def _with(facts: Facts, fact: str, value: Any) -> dict[str, Any]:
    """The facts with one more; a dotted fact goes into its record."""
    head, _, rest = fact.partition(".")
    if not rest:
        return {**facts, head: value}
    inner = facts.get(head)
    return {**facts, head: _with(inner if isinstance(inner, Mapping) else {}, rest, value)}


def _given(facts: Facts, fact: str) -> bool:
    node: Any = facts
    for part in fact.split("."):
        if not isinstance(node, Mapping) or part not in node:
            return False
        node = node[part]
    return True


def _alike(one: _Answer, other: _Answer) -> bool:
    """Whether two branches give the same answer or ask the same. What is only remarked may differ."""
    if isinstance(one, Decision) and isinstance(other, Decision):
        return (one.outcome, one.figures, one.targets, one.consumes) == (
            other.outcome,
            other.figures,
            other.targets,
            other.consumes,
        )
    return isinstance(one, _Needs) and isinstance(other, _Needs) and one.facts == other.facts


def _merged(decisions: Sequence[Decision]) -> Decision:
    """One answer that several branches share, with the reasons and flags of all."""
    why: dict[str, Reason] = {}
    for decision in decisions:
        for reason in decision.reasons:
            why.setdefault(reason.rule, reason)
    flags = dict.fromkeys(flag for decision in decisions for flag in decision.flags)
    return replace(decisions[0], reasons=tuple(why.values()), flags=tuple(flags))


def _common_reasons(decisions: Sequence[Decision]) -> tuple[Reason, ...]:
    """The reasons that hold whatever the missing facts turn out to be."""
    if not decisions:
        return ()
    shared = set(decisions[0].rules).intersection(*(decision.rules for decision in decisions[1:]))
    return tuple(reason for reason in decisions[0].reasons if reason.rule in shared)
