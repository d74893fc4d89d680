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
from deskui.policy.said import Said, Unreadable

if TYPE_CHECKING:
    from deskui.policy.policy import Policy, Row


class OwnTermError(Unreadable):
    """Own terms that cannot be read: at which key of a term ("" for all of it), and why."""

    def __init__(self, key: str, why: Said) -> None:
        self.key = key
        self.why = why
        super().__init__(Said("of_fact", fact=key, why=why) if key else why)


def _wrong(key: str, found: object, expected: Said) -> OwnTermError:
    return OwnTermError(key, Said("found_expected", found=repr(found), expected=expected))


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

    Raises OwnTermError; its words name the term (from 1), the key, what was found and what was expected.
    """
    if isinstance(raw, bool):
        return raw
    if not isinstance(raw, list | tuple):
        raise _wrong("", raw, Said("own_terms_list"))
    if not raw:
        return False
    if len(raw) > MOST:
        raise OwnTermError("", Said("own_terms_most", count=len(raw), most=MOST))
    if policy.own_terms is None:
        raise OwnTermError("", Said("own_terms_none", policy=policy.id))
    terms: list[OwnTerm] = []
    for number, item in enumerate(raw, 1):
        try:
            term = _read_term(policy, item)
            for other in terms:
                if other.rule == term.rule and _meet(other.patch.services, term.patch.services):
                    raise OwnTermError("rule", Said("own_terms_twice", rule=repr(term.rule)))
        except OwnTermError as error:
            # of which term it is comes first, and the key stays known
            error.said = Said("own_terms_number", number=number, why=error.said)
            error.args = (error.said,)
            raise
        terms.append(term)
    return tuple(terms)


def _meet(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return one is None or other is None or bool(one & other)


def _read_term(policy: Policy, raw: object) -> OwnTerm:
    assert policy.own_terms is not None
    if not isinstance(raw, Mapping):
        raise _wrong("", raw, Said("own_terms_object", keys=sorted(_KEYS)))
    for key in raw:
        if key not in _KEYS:
            raise OwnTermError(str(key), Said("own_terms_key", keys=sorted(_KEYS)))
    rule, services = _rule(policy, raw), _services(policy, raw)
    clause, text = _clause(raw), _text(raw)
    figures = raw.get("figures", {})
    if not isinstance(figures, Mapping):
        raise _wrong("figures", figures, Said("own_figures_object"))
    rows = list(_rows_on(policy, rule, services))
    if not rows:
        about = Said("own_about_none") if services is None else Said("own_about", service=min(services))
        why = Said("own_rests_none", rule=repr(rule), about=about, some=_some(policy, services))
        raise OwnTermError("rule", why)
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
        raise OwnTermError("figures", Said("own_figures_none"))
    return OwnTerm(rule, patch, Reason(identity, clause, BASIS, text))


def _rule(policy: Policy, raw: Mapping[str, Any]) -> str:
    rule = raw.get("rule")
    if not isinstance(rule, str) or rule not in policy.rules:
        raise _wrong("rule", rule, Said("own_rule_of", policy=policy.id))
    spec = policy.own_terms
    if spec is not None and spec.over is not None and rule not in spec.over:
        raise OwnTermError("rule", Said("own_rule_only", rule=repr(rule), allowed=sorted(spec.over)))
    return rule


def _services(policy: Policy, raw: Mapping[str, Any]) -> frozenset[str] | None:
    service = raw.get("service")
    if service is None:
        return None
    if service not in policy.services:
        raise _wrong("service", service, Said("own_service_of", policy=policy.id))
    return frozenset({service})


def _clause(raw: Mapping[str, Any]) -> str:
    clause = raw.get("clause")
    if not isinstance(clause, str) or not clause.strip():
        raise _wrong("clause", clause, Said("own_clause"))
    return clause.strip()


def _text(raw: Mapping[str, Any]) -> Text:
    text = raw.get("text")
    if isinstance(text, Mapping) and set(text) == {"th", "en"}:
        th, en = text["th"], text["en"]
        if isinstance(th, str) and isinstance(en, str) and th.strip() and en.strip():
            return Text(th.strip(), en.strip())
    raise _wrong("text", text, Said("own_text"))


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
    return ", ".join(rules[:12]) + (" …" if len(rules) > 12 else "")


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
            raise _wrong(f"figures.{name}", dict(value), Said("own_plain_figure"))
    problems = Problems(Path("own_terms"))
    names = Names(
        problems,
        frozenset(policy.rules),
        {},
        frozenset(policy.calendars),
        frozenset(policy.services),
        own_rules=frozenset(policy.rules),
        words=policy.words,
    )
    reader = Reader({**figures, "then": outcome, "rule": [rule]}, (), problems)
    row = read_row(reader, names, _counter(policy, rule, services), over=True)
    for problem in problems.found:
        key = "outcome" if problem.key == "then" else f"figures.{problem.key}"
        raise OwnTermError(key, Said("problem", found=problem.found, expected=problem.expected))
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
            has: object = sorted(there) or Said("own_figures_fixed")
            raise OwnTermError(f"figures.{name}", Said("own_no_figure", rule=rule, has=has))
        if isinstance(value, Mapping) or value is None:
            raise _wrong(f"figures.{name}", value, Said("own_plain_figure"))
        values[name] = read_value(value, kind, (name,), problems)
        if problems.found or (name in ("minutes", "percent") and not is_count(value)):
            raise _wrong(f"figures.{name}", value, _EXPECTED[kind])
    percent = figures.get("percent")
    if percent is not None and "percent" in there and not 0 < percent <= 100:
        raise _wrong("figures.percent", percent, Said("percentage"))
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
    "money": Said("own_money"),
    "count": Said("own_count"),
    "flag": Said("true_or_false"),
    "text": Said("text"),
    "reason": Said("reason"),
    "list": Said("list"),
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
