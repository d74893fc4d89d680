"""A quotation: the decision on an ask, the lines of its price, what the terms leave open: values."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from deskui.cli.quotelines import Factor, Line, Price, lines_of, price_of
from deskui.dataclass import dataclass
from deskui.policy.codec import decision_to_json, plain
from deskui.policy.context import Context
from deskui.policy.decide import decide
from deskui.policy.decision import Decision
from deskui.policy.model import Question
from deskui.policy.policy import Policy, Row, Service
from deskui.policy.vocabulary import INCLUDED_OUTCOMES, MONEY_OUTCOMES, NOT_RECORDED

PRICED_OUTCOMES = frozenset({*MONEY_OUTCOMES, "quote"})
"""Outcomes that are about money: what a quotation is asked for."""

HOURS_RULE = "X-15"
"""Cited where the hours stood in the way."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """What something costs by one vendor's terms, and how that comes about."""

    policy: Policy
    service: Service
    at: datetime
    """The instant the price holds for: that of the request, or when what is put off may be done."""
    decision: Decision
    lines: tuple[Line, ...]
    total: Price | None
    """Baht; None where there is no price to give."""
    needs: tuple[str, ...] = ()
    """Facts that are missing, most telling first; those after the first may turn out not to matter."""
    put_off: Decision | None = None
    """Why it cannot be done at the instant that was asked about."""
    customer: str | None = None
    """Whom it is for, where that is known."""

    @property
    def included(self) -> bool:
        """Whether nothing is to be paid."""
        return self.decision.outcome in INCLUDED_OUTCOMES and self.total is None and not self.unpriced

    @property
    def unpriced(self) -> bool:
        """Whether the terms print no figure for some of it."""
        return any(line.amount is None and not line.free for line in self.lines)

    @property
    def answered(self) -> bool:
        """Whether there is a price, or nothing to pay."""
        return self.included or self.total is not None

    @property
    def from_on(self) -> bool:
        """Whether the price is the least it costs."""
        figures = self.decision.figures
        return bool(figures.get("amount_is_minimum") or "overflow_amount_from" in figures)

    @property
    def extras(self) -> tuple[str, ...]:
        """What comes on top without a figure in the terms."""
        return tuple(self.decision.figures.get("extras") or ())

    def to_json(self) -> dict[str, Any]:
        """`{policy, version, ask, customer, at, outcome, total, …, lines, needs, decision}`.

        Amounts in baht, a range `{from, to}`, null what the terms do not print; `decision` is as
        `deskui decide` prints it.
        """
        return {
            "policy": self.policy.id,
            "version": self.policy.version,
            "ask": self.service.id,
            "service": self.service.name.to_json(),
            "customer": self.customer,
            "at": self.at.isoformat(),
            "outcome": self.decision.outcome,
            "total": _price(self.total),
            "from": self.from_on,
            "included": self.included,
            "vat": "stated" if self.policy.vat_stated else "not_stated",
            "extras": list(self.extras),
            "lines": [_line(line) for line in self.lines],
            "needs": list(self.needs),
            "put_off": None if self.put_off is None else decision_to_json(self.put_off),
            "decision": {**decision_to_json(self.decision), "say": self.decision.say.spoken().to_json()},
        }


def _price(price: Price | None) -> Any:
    if price is None:
        return None
    return plain(price[0]) if price[0] == price[1] else {"from": plain(price[0]), "to": plain(price[1])}


def _factor(factor: Factor) -> dict[str, Any]:
    shape: dict[str, Any] = {"number": plain(factor.number), "unit": factor.unit.to_json()}
    return shape if factor.of is None else {**shape, "of": factor.of}


def _line(line: Line) -> dict[str, Any]:
    return {
        "what": line.what.to_json(),
        "list_price": _price(line.list_price),
        "discount_percent": plain(line.percent),
        "unit_price": _price(line.unit_price),
        "factors": [_factor(factor) for factor in line.factors],
        "amount": _price(line.amount),
        "included": line.free,
    }


def quotation(
    policy: Policy, ask: str, facts: Mapping[str, Any], at: datetime, settled: Mapping[str, str] | None = None
) -> Quotation:
    """What `ask` costs: the decision at the aware instant `at`, and its lines.

    Where it is put off to an instant, what it costs then. `facts` and what is raised as for `decide`.
    """
    decision = decide(policy, ask, facts, at, settled)
    put_off, until = None, _open_at(policy, decision, at)
    if until is not None:
        later = decide(policy, ask, facts, until, settled)
        if _open_at(policy, later, until) is None:
            put_off, decision, at = decision, later, until
    service = policy.services[ask]
    known = {"channel": "phone"} | {
        fact: question.default for fact, question in policy.questions.items() if question.default is not None
    }
    terms = policy.as_settled(settled or {})
    context = Context(terms, service, at.astimezone(policy.zone), {**known, **facts}, settled or {})
    lines = lines_of(terms, service, decision, context)
    needs = _needs(policy, ask, facts, at, settled, decision)
    return Quotation(policy, service, at, decision, lines, _total(decision, lines), needs, put_off)


def _open_at(policy: Policy, decision: Decision, at: datetime) -> datetime | None:
    """When what the hours put off may be done: a price does not hang on them (X-15). None if they do not."""
    until = decision.figures.get("until")
    if decision.outcome == "defer":
        return until if isinstance(until, datetime) else None
    if decision.outcome != "unknown" or HOURS_RULE not in decision.rules or policy.main_calendar is None:
        return None
    return policy.calendar(policy.main_calendar).next_open(at)


def _needs(
    policy: Policy,
    ask: str,
    facts: Mapping[str, Any],
    at: datetime,
    settled: Mapping[str, str] | None,
    decision: Decision,
) -> tuple[str, ...]:
    """What is missing, all at once: what each possible answer would lead to is asked for as well."""
    found: dict[str, None] = {}
    todo = deque([(dict(facts), decision)])
    for _ in range(MOST_TRIES):
        if not todo:
            break
        tried, decision = todo.popleft()
        missing = _missing(decision, tried)
        found.update(dict.fromkeys(missing))
        branches = _answered(policy, ask, tried, missing, at)
        todo.extend((branch, decide(policy, ask, branch, at, settled)) for branch in branches)
    return tuple(found)


MOST_TRIES = 150
"""How many combinations of answers are looked at for what they would lead to."""
_MADE_UP: dict[str, Any] = {"count": 1, "money": Decimal(1), "year": 2567}
"""A figure by the kind of the question: how many it is changes what it costs, seldom what is asked."""
LONG_AGO = timedelta(days=3650)
NEAR_AND_FAR = ("Bangkok", "Chiang Mai")


def _answered(
    policy: Policy, ask: str, facts: Mapping[str, Any], missing: Sequence[str], at: datetime
) -> list[dict[str, Any]]:
    """The facts with what is missing made up: figures at once, and each answer to the first question of some
    answers. None where it cannot be made up, such as what is ordered.
    """
    filled = dict(facts)
    choices: list[dict[str, Any]] = []
    for fact in missing:
        question = policy.questions.get(fact)
        if question is None:
            return []
        if question.kind in _MADE_UP:
            filled = _with(filled, fact, _MADE_UP[question.kind])
        elif possible := _possible(question, ask, at):
            choices = choices or [{fact: value} for value in possible]
        else:
            return []
    if not choices:
        return [filled] if filled != facts else []
    return [_with(filled, *next(iter(choice.items()))) for choice in choices]


def _possible(question: Question, ask: str, at: datetime) -> list[Any]:
    """Answers that may lead different ways; none where what is asked for cannot be made up."""
    match question.kind:
        case "table":
            return [None, {}]
        case "date":
            return [at.date(), at.date() - LONG_AGO]
        case "instant":
            return [at]
        case "province":
            return list(NEAR_AND_FAR)
    return [answer.value for answer in question.answers_for(ask)]


def _with(facts: Mapping[str, Any], fact: str, value: Any) -> dict[str, Any]:
    """The facts with one more; a dotted one goes into its record."""
    head, _, rest = fact.partition(".")
    if not rest:
        return {**facts, head: value}
    held = facts.get(head)
    return {**facts, head: {**(held if isinstance(held, Mapping) else {}), rest: value}}


def _missing(decision: Decision, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts a decision asks for; also those that no caller is asked for and that were not given."""
    if decision.needs or decision.outcome != "unknown":
        return decision.needs
    mark = f"{NOT_RECORDED}:"
    flags = (flag.removeprefix(mark) for flag in decision.flags if flag.startswith(mark))
    return tuple(fact for fact in flags if fact.partition(".")[0] not in facts)


def _total(decision: Decision, lines: tuple[Line, ...]) -> Price | None:
    if decision.outcome == "quota":
        paid = [line.amount for line in lines if line.amount is not None]
        if not paid:
            return None
        return sum((low for low, _ in paid), Decimal(0)), sum((high for _, high in paid), Decimal(0))
    return price_of(decision.figures) if decision.outcome in MONEY_OUTCOMES else None


def _every_row(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    beyond = (row.quota.over for row in rows if row.quota is not None and row.quota.over is not None)
    return (*rows, *beyond)


def priced(policy: Policy) -> tuple[Service, ...]:
    """The services of a vendor for which the terms have, or leave open, a price."""
    return tuple(
        service
        for service in policy.services.values()
        if any(
            row.then in PRICED_OUTCOMES or "amount" in (row.hint or {}) for row in _every_row(service.rows)
        )
    )
