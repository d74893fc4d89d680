"""A decision in words: the pure half of the verdict panel, for any vendor and any outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from deskui.dataclass import dataclass
from deskui.tui.telling import Teller
from deskui.tui.text import cut

if TYPE_CHECKING:
    from deskui.desk.model import Entitlement
    from deskui.policy.decision import Decision, Text

__all__ = [
    "Line",
    "cited",
    "cover_lines",
    "headline",
    "outcome_style",
    "outcome_words",
    "reason_lines",
    "unknown_fact",
    "verdict_lines",
]

CLAUSE_ROOM = 18
"""Columns for a clause beside its rule; some name a heading, an item and a line."""
_STYLES = {
    "free": "$text-success",
    "quota": "$text-success",
    "in_scope": "$text-success",
    "deadline": "$text-success",
    "in_warranty": "$text-success",
    "allowed": "$text-success",
    "available": "$text-success",
    "charge": "$text-warning",
    "discount": "$text-warning",
    "price": "$text-warning",
    "quote": "$text-warning",
    "defer": "$text-warning",
    "unavailable": "$text-error",
    "out_of_warranty": "$text-error",
    "unknown": "$text-accent",
    "ask": "$text-primary",
}
_DEDUCTED = ("deduct_days", "deduct_hours", "deduct_seats")
_TOLD = frozenset(
    {
        "quota",
        "remaining_before",
        "remaining_after",
        "overflow_units",
        "overflow_amount_from",
        "amount",
        "amount_is_minimum",
        "over_quota",
        "percent",
        "list_price",
        "amount_min",
        "amount_max",
        "list_price_min",
        "list_price_max",
        "total",
        "refer_to",
        "reason",
        "redirect",
        "until",
        "hint",
        "extras",
        "quota_consumed",
        "supervisor_may_override",
        "discount_percent",
        # an answer of the agent, and what the words of the outcome say
        "topic",
        "allowed",
        "channel_open",
        # of the instant of the decision; the clock shows what they are now
        "remaining_business_minutes",
        "state",
    }
)
"""Figures with a place of their own; all others are listed by name."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the panel."""

    text: str
    style: str = ""
    indent: int = 0


def cited(decision: Decision, tell: Teller) -> str:
    """The rule that decides with its clause: the reasons themselves may be out of sight."""
    if decision.outcome == "ask" or not decision.reasons:
        return ""
    reason = decision.reasons[0]
    return f"{reason.rule} {cut(tell.clause(reason), CLAUSE_ROOM)}"


def outcome_style(outcome: str) -> str:
    """The style that goes with the word of an outcome; the word says it too."""
    return _STYLES.get(outcome, "$text-primary")


def headline(decision: Decision, tell: Teller) -> str:
    """The outcome with its figures in one line: "QUOTA · uses 3 of 5 · 2 left after"."""
    return " · ".join([outcome_words(decision, tell), *figures(decision, tell)])


def figures(decision: Decision, tell: Teller) -> list[str]:
    """The figures of the outcome in plain words, the most telling one first."""
    found = decision.figures
    # said once, as the time that is promised
    promised = [target.due for target in decision.targets]
    maker = _MAKERS.get(decision.outcome)
    words = list(maker(found, tell)) if maker else []
    if decision.outcome == "ask":
        words.append(tell.say("figures.questions", n=len(decision.needs)))
    words += [
        tell.figure(name, value)
        for name, value in found.items()
        if _listed(name, value) and value not in promised
    ]
    if found.get("extras"):
        extras = ", ".join(tell.value(extra) for extra in _several(found["extras"]))
        words.append(tell.say("figures.extras", extras=extras))
    # what it takes once it is taken up says that it takes nothing today
    if found.get("quota_consumed") is False and decision.later is None:
        words.append(tell.say("figures.no_quota"))
    return words


def _listed(name: str, value: Any) -> bool:
    return name not in _TOLD and value not in (None, (), []) and not isinstance(value, Mapping)


def outcome_words(decision: Decision, tell: Teller) -> str:
    """The outcome in one or two words; its opposite where the figures say so."""
    found = decision.figures
    told = f"outcome.{decision.outcome}"
    if decision.outcome == "penalty" and not any(found.get(name) for name in _DEDUCTED):
        told += ".nothing"
    elif decision.outcome == "carry_over" and found.get("allowed") is False:
        told += ".no"
    elif decision.outcome == "channel" and isinstance(found.get("channel_open"), bool):
        told += ".open" if found["channel_open"] else ".closed"
    return tell.say(told) if tell.say.has(told) else tell.word("outcome", decision.outcome)


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else [value]


def _quota(found: Mapping[str, Any], tell: Teller) -> Iterator[str]:
    total, before, after = (found.get(name) for name in ("quota", "remaining_before", "remaining_after"))
    if isinstance(total, int) and isinstance(before, int):
        first = total - before + 1
        last = total - after if isinstance(after, int) else first
        nth = str(first) if last <= first else f"{first}–{last}"
        yield tell.say("figures.quota", nth=nth, total=total, after=tell.value(after))
    if found.get("overflow_units"):
        amount = tell.value(found.get("overflow_amount_from"))
        yield tell.say("figures.overflow", units=found["overflow_units"], amount=amount)


def _charge(found: Mapping[str, Any], tell: Teller) -> Iterator[str]:
    if found.get("amount") is not None:
        amount = tell.money(found["amount"])
        yield tell.say("figures.from", amount=amount) if found.get("amount_is_minimum") else amount
    if found.get("total") is not None:
        yield tell.say("figures.total", total=tell.money(found["total"]))
    if found.get("over_quota"):
        yield tell.say("figures.over_quota")


def _discount(found: Mapping[str, Any], tell: Teller) -> Iterator[str]:
    percent = found.get("percent", "?")
    if found.get("amount") is not None and found.get("list_price") is not None:
        listed, net = tell.money(found["list_price"]), tell.money(found["amount"])
        yield tell.say("figures.discount", percent=percent, list=listed, amount=net)
    elif found.get("amount_min") is not None:
        low, high = tell.money(found["amount_min"]), tell.value(found.get("amount_max"))
        yield tell.say("figures.discount_range", percent=percent, low=low, high=high)
    else:
        yield tell.say("figures.discount_only", percent=percent)
    if found.get("total") is not None:
        yield tell.say("figures.total", total=tell.money(found["total"]))


def _price(found: Mapping[str, Any], tell: Teller) -> Iterator[str]:
    yield from _charge(found, tell)
    if found.get("discount_percent"):
        yield tell.say("figures.discount_only", percent=found["discount_percent"])


def _quote(found: Mapping[str, Any], tell: Teller) -> Iterator[str]:
    if found.get("refer_to"):
        yield tell.say("figures.refer", who=tell.value(found["refer_to"]))


def _unavailable(found: Mapping[str, Any], tell: Teller) -> Iterator[str]:
    if found.get("reason"):
        yield tell.value(found["reason"])
    if found.get("redirect"):
        yield tell.say("redirect.to", text=tell.value(found["redirect"]))


def _defer(found: Mapping[str, Any], tell: Teller) -> Iterator[str]:
    if found.get("until") is not None:
        yield tell.say("figures.until", until=tell.value(found["until"]))


def _unknown(found: Mapping[str, Any], tell: Teller) -> Iterator[str]:
    hint = found.get("hint")
    if not isinstance(hint, Mapping):
        return
    parts = []
    for name, value in hint.items():
        if value is None:
            continue
        if name == "likely":
            parts.append(tell.say("figures.named", name=tell.word("hint", name), value=tell.value(value)))
        elif name == "text":
            parts.append(tell.value(value))
        elif name == "refer_to" or (name == "ask" and value != "not_stated"):
            parts.append(tell.say("figures.refer", who=tell.value(value)))
        elif isinstance(value, Decimal):
            parts.append(tell.say("figures.not_to_quote", amount=tell.money(value)))
        else:
            parts.append(tell.value(value))
    if parts:
        yield tell.say("verdict.hint", text=" · ".join(parts))


_MAKERS = {
    "quota": _quota,
    "charge": _charge,
    "discount": _discount,
    "price": _price,
    "quote": _quote,
    "unavailable": _unavailable,
    "defer": _defer,
    "unknown": _unknown,
}


def verdict_lines(decision: Decision, tell: Teller, nobody: Mapping[str, Text] | None = None) -> list[Line]:
    """What the agent needs first: figures, times, what to mind; `nobody` has the questions by fact that
    nobody could answer.
    """
    lines = [Line(text, "bold") for text in figures(decision, tell)]
    if decision.later is not None:
        told = [headline(decision.later, tell), cited(decision.later, tell)]
        words = tell.say("verdict.later", text=" · ".join(part for part in told if part))
        lines.append(Line(words, outcome_style(decision.later.outcome)))
    lines += _times(decision, tell)
    if decision.flags:
        flags = " · ".join(_flag(flag, tell, nobody or {}) for flag in decision.flags)
        lines.append(Line(tell.say("verdict.flags", text=flags), "$text-warning"))
    return lines


def cover_lines(decision: Decision, cover: Entitlement | None, tell: Teller) -> list[Line]:
    """What is left of a counter while questions are still open: a verdict itself says so."""
    if decision.outcome != "ask" or cover is None or cover.total is None or cover.remaining is None:
        return []
    told = tell.say("figures.left", left=cover.remaining, total=cover.total)
    if cover.remaining > 0:
        return [Line(told, "bold")]
    return [Line(tell.say("figures.none_left", left=told), "bold $text-warning")]


def unknown_fact(flag: str) -> str | None:
    """The fact a flag says nobody knows, such as severity of `not_recorded:severity`."""
    word, _, fact = flag.partition(":")
    return fact if fact and word == "not_recorded" else None


def _flag(flag: str, tell: Teller, nobody: Mapping[str, Text]) -> str:
    fact = unknown_fact(flag)
    if fact is None:
        return tell.word("flag", flag)
    asked = tell.text(nobody[fact]) if fact in nobody else tell.word("fact", fact)
    return tell.say("flag.nobody_knows", text=asked)


def reason_lines(decision: Decision, tell: Teller, *, near: bool = False) -> list[Line]:
    """What stands behind it: what would make it free, who may grant it, the rules with their clauses.

    The rule that decides and the ones open to two readings stand in full, the others by name: the caller is
    waiting. `near` gives all in full, and the rules that did not match with the condition that failed.
    """
    lines = [
        Line(tell.say("verdict.free_if", text=tell.text(text)), "$text-success") for text in decision.free_if
    ]
    if decision.granted_by is not None:
        lines.append(Line(tell.say("verdict.granted", text=tell.text(decision.granted_by))))
    full = [r for n, r in enumerate(decision.reasons) if near or n == 0 or r.other is not None]
    named = [r.rule for r in decision.reasons if r not in full]
    for reason in full:
        lines.append(Line(tell.text(reason.text)))
        where = dict.fromkeys((reason.rule, tell.clause(reason), tell.word("basis", reason.basis)))
        lines.append(Line(" · ".join(where), "$text-muted", 2))
        if reason.other is not None:
            lines.append(Line(tell.text(reason.other), "italic", 2))
    if named:
        lines.append(Line(tell.say("verdict.also", rules=", ".join(named)), "$text-muted"))
    if decision.runners_up and not near:
        lines.append(Line(tell.say("verdict.near", n=len(decision.runners_up)), "$text-muted"))
    elif near:
        lines += [
            Line(
                tell.say(
                    "verdict.near_line",
                    rule=miss.rule,
                    outcome=tell.word("outcome", miss.outcome),
                    failed=tell.text(miss.failed),
                ),
                "$text-muted",
            )
            for miss in decision.runners_up
        ]
    return lines


def _times(decision: Decision, tell: Teller) -> Iterator[Line]:
    for target in decision.targets:
        kind = tell.word("kind", target.kind)
        yield Line(tell.say("verdict.answer_by", kind=kind, due=tell.moment(target.due)), "bold")
    if not decision.targets and decision.outcome in ("free", "quota", "charge", "discount"):
        yield Line(tell.say("verdict.no_time"), "$text-muted")
