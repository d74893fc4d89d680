"""What a customer's own contract says in place of a rule, as facts of a request have it.

`contract.own_terms` is a list of

    {"rule": "M5-69", "service": "checkup-visit", "figures": {"quota": 4},
     "clause": "§3", "text": {"th": "…", "en": "…"}}

`service` may be left out: then it holds for all that rest on the rule. `outcome` may be given: then it stands
in place of the whole row, with the figures that a row of a policy file needs. Figures are those of the rows;
`amount` beside a quota is the price of what lies beyond it, `minutes` the working time of what is promised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskui.dataclass import dataclass
from deskui.policy import vocabulary as words
from deskui.policy.decision import Reason, Text
from deskui.policy.patch import Patch
from deskui.policy.problems import Problems, Reader, is_count
from deskui.policy.readvalue import read_value
from deskui.policy.rows import Names, read_row

if TYPE_CHECKING:
    from deskui.policy.policy import Policy, Row

OWN = "own:"
"""What the id of a reason from a customer's own contract starts with; the id of the rule follows."""
BASIS = "own_contract"
MOST = 200
"""Own terms of one contract: more is a slip."""
_KEYS = frozenset({"rule", "service", "outcome", "figures", "clause", "text"})
_KINDS = frozenset({"money", "count", "flag", "text", "reason", "list"})
"""Kinds of figure that a contract can fix; days and instants are worked out for each request."""
_MORE = {"quota": "count", "percent": "count", "list_price": "money", "minutes": "count"}


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """One term of a customer's own contract."""

    rule: str
    patch: Patch
    reason: Reason

    @property
    def id(self) -> str:
        """What it is cited as."""
        return self.reason.rule

    def __str__(self) -> str:
        return f"{self.reason.clause} ({self.rule})"


def read_own_terms(policy: Policy, raw: object) -> tuple[OwnTerm, ...] | bool:
    """The own terms of a contract, strictly; true and false say only whether there are any.

    Raises ValueError that names the term (from 1), the key, what was found and what was expected.
    """
    if isinstance(raw, bool):
        return raw
    if not isinstance(raw, list | tuple):
        raise ValueError(
            f"found {raw!r}, expected a list of terms with rule, figures or outcome, clause, text"
        )
    if not raw:
        return False
    if len(raw) > MOST:
        raise ValueError(f"found {len(raw)} terms, expected at most {MOST}")
    if policy.own_terms is None:
        raise ValueError(
            f"the terms of {policy.id} do not say that a customer's own contract prevails: "
            "its policy file has no [own_terms]"
        )
    terms: list[OwnTerm] = []
    for number, item in enumerate(raw, 1):
        try:
            term = _read_term(policy, item)
            for other in terms:
                if other.rule == term.rule and _meet(other.patch.services, term.patch.services):
                    raise ValueError(
                        f"rule: found {term.rule!r} again, expected one term for a rule and service"
                    )
        except ValueError as error:
            raise ValueError(f"term {number}: {error}") from error
        terms.append(term)
    return tuple(terms)


def _meet(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return one is None or other is None or bool(one & other)


def _read_term(policy: Policy, raw: object) -> OwnTerm:
    assert policy.own_terms is not None
    if not isinstance(raw, Mapping):
        raise ValueError(f"found {raw!r}, expected an object with {', '.join(sorted(_KEYS))}")
    for key in raw:
        if key not in _KEYS:
            raise ValueError(f"{key}: no such key, expected one of {', '.join(sorted(_KEYS))}")
    rule, services = _rule(policy, raw), _services(policy, raw)
    clause, text = _clause(raw), _text(raw)
    figures = raw.get("figures", {})
    if not isinstance(figures, Mapping):
        raise ValueError(f"figures: found {figures!r}, expected an object of figures by name")
    rows = list(_rows_on(policy, rule, services))
    if not rows:
        which = "no answer rests" if services is None else f"no answer about {min(services)} rests"
        raise ValueError(f"rule: found {rule!r}, on which {which}; expected {_some(policy, services)}")
    identity = f"{OWN}{rule}"
    cite = (identity, *policy.own_terms.rules)
    outcome = raw.get("outcome")
    if outcome is not None:
        patch = Patch(
            (rule,), services, instead=_outcome(policy, rule, services, outcome, figures), cite=cite
        )
    elif figures:
        patch = _figures(rule, services, figures, rows, cite)
    else:
        raise ValueError("figures: found nothing, expected figures or an outcome that differ from the terms")
    return OwnTerm(rule, patch, Reason(identity, clause, BASIS, text))


def _rule(policy: Policy, raw: Mapping[str, Any]) -> str:
    rule = raw.get("rule")
    if not isinstance(rule, str) or rule not in policy.rules:
        raise ValueError(f"rule: found {rule!r}, expected the id of a rule of {policy.id}")
    spec = policy.own_terms
    if spec is not None and spec.over is not None and rule not in spec.over:
        allowed = ", ".join(sorted(spec.over))
        raise ValueError(f"rule: found {rule!r}, but a customer's contract may only change {allowed}")
    return rule


def _services(policy: Policy, raw: Mapping[str, Any]) -> frozenset[str] | None:
    service = raw.get("service")
    if service is None:
        return None
    if service not in policy.services:
        raise ValueError(f"service: found {service!r}, expected a service of {policy.id}")
    return frozenset({service})


def _clause(raw: Mapping[str, Any]) -> str:
    clause = raw.get("clause")
    if not isinstance(clause, str) or not clause.strip():
        raise ValueError(f"clause: found {clause!r}, expected where it stands in the customer's contract")
    return clause.strip()


def _text(raw: Mapping[str, Any]) -> Text:
    text = raw.get("text")
    if isinstance(text, Mapping) and set(text) == {"th", "en"}:
        th, en = text["th"], text["en"]
        if isinstance(th, str) and isinstance(en, str) and th.strip() and en.strip():
            return Text(th.strip(), en.strip())
    raise ValueError(f"text: found {text!r}, expected a short sentence as {{th, en}}")


def _rows_on(policy: Policy, rule: str, services: frozenset[str] | None) -> Iterator[Row]:
    """The rows that rest on a rule, those beyond a quota too."""
    gate = policy.gate
    named = [] if gate is None else [*gate.closed_rules, *gate.not_stated_rules]
    if policy.restricted is not None:
        named += [*policy.restricted.rules, *(r for item in policy.restricted.items for r in item.rules)]
    if rule in named:
        from deskui.policy.gate import closed_row  # noqa: PLC0415 - the gate reads policies, as this does

        yield closed_row((rule,))
    for row in _rows(policy, services):
        if rule in row.rules:
            yield row
        if row.quota is not None and row.quota.over is not None and rule in row.quota.over.rules:
            yield row.quota.over


def _rows(policy: Policy, services: frozenset[str] | None) -> Iterator[Row]:
    for row in policy.before:
        if row.services is None or services is None or row.services & services:
            yield row
    for service in policy.services.values():
        if services is None or service.id in services:
            yield from service.rows


def _some(policy: Policy, services: frozenset[str] | None) -> str:
    rules = list(
        dict.fromkeys(rule for row in _rows(policy, services) for rule in row.rules if rule in policy.rules)
    )
    return f"one of {', '.join(rules[:12])}" + (" …" if len(rules) > 12 else "")


def _outcome(
    policy: Policy,
    rule: str,
    services: frozenset[str] | None,
    outcome: object,
    figures: Mapping[str, Any],
) -> Row:
    """The row that stands instead, checked as one of a policy file is."""
    for name, value in figures.items():
        if isinstance(value, Mapping):
            raise ValueError(f"figures.{name}: found {dict(value)!r}, expected a plain figure")
    problems = Problems(Path("own_terms"))
    names = Names(
        problems,
        frozenset(policy.rules),
        {},
        frozenset(policy.calendars),
        frozenset(policy.services),
        own_rules=frozenset(policy.rules),
    )
    reader = Reader({**figures, "then": outcome, "rule": [rule]}, (), problems)
    row = read_row(reader, names, _counter(policy, rule, services), over=True)
    for problem in problems.found:
        key = "outcome" if problem.key == "then" else f"figures.{problem.key}"
        raise ValueError(f"{key}: found {problem.found}, expected {problem.expected}")
    return row


def _counter(policy: Policy, rule: str, services: frozenset[str] | None) -> str:
    """The counter of the one service that rests on the rule; where there are many, one of its own."""
    counters = {
        service.counter
        for service in policy.services.values()
        if (
            rule in {r for row in service.rows for r in row.rules}
            if services is None
            else service.id in services
        )
    }
    return counters.pop() if len(counters) == 1 else f"{OWN}{rule}"


def _figures(
    rule: str,
    services: frozenset[str] | None,
    figures: Mapping[str, Any],
    rows: list[Row],
    cite: tuple[str, ...],
) -> Patch:
    """Figures in place of those of the rows; each must be one that some row has."""
    problems = Problems(Path("own_terms"))
    values = {}
    there = _there(rows)
    for name, value in figures.items():
        kind = _MORE.get(name) or words.FIGURES.get(name, "")
        if name not in there or kind not in _KINDS:
            has = ", ".join(sorted(there)) or "none that a contract can fix"
            raise ValueError(f"figures.{name}: no figure of {rule}; it has {has}, or give an outcome")
        if isinstance(value, Mapping) or value is None:
            raise ValueError(f"figures.{name}: found {value!r}, expected a plain figure")
        values[name] = read_value(value, kind, (name,), problems)
        if problems.found or (name in ("minutes", "percent") and not is_count(value)):
            raise ValueError(f"figures.{name}: found {value!r}, expected {_EXPECTED[kind]}")
    percent = figures.get("percent")
    if percent is not None and "percent" in there and not 0 < percent <= 100:
        raise ValueError(f"figures.percent: found {percent!r}, expected a percentage from 1 to 100")
    return Patch(
        (rule,),
        services,
        figures={
            name: value for name, value in values.items() if name not in ("quota", "minutes", "list_price")
        },
        quota=values.get("quota"),
        percent=percent,
        list_price=values.get("list_price"),
        work=timedelta(minutes=figures["minutes"]) if "minutes" in figures else None,
        cite=cite,
    )


_EXPECTED = {
    "money": "an amount in baht, 0 or more",
    "count": "a whole number, 0 or more",
    "flag": "true or false",
    "text": "text",
    "reason": "a reason",
    "list": "a list",
}


def _there(rows: list[Row]) -> set[str]:
    """Names of the figures that the rows have."""
    found: set[str] = set()
    for row in rows:
        found |= {name for name in row.figures if words.FIGURES.get(name) in _KINDS}
        if row.quota is not None:
            found.add("quota")
            if row.quota.over is None or "amount" in row.quota.over.figures:
                found.add("amount")
        if row.discount is not None:
            found |= {"percent", "list_price"}
        if row.targets:
            found.add("minutes")
    return found
