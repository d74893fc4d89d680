"""Decisions as JSON, as `deskui decide` prints them and as a ticket keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from deskui.policy.decision import Consumption, Decision, NearMiss, OwnWord, Reason, Target, Text
from deskui.policy.vocabulary import FIGURES

_FIXED = frozenset(
    [
        "policy",
        "ask",
        "outcome",
        "figures",
        "reasons",
        "runners_up",
        "say",
        "flags",
        "needs",
        "targets",
        "consumes",
        "free_if",
        "granted_by",
        "hint",
        "words",
        "later",
    ]
)


def plain(value: Any) -> Any:
    """A figure as JSON has it: whole money as int, dates and instants as ISO text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral() else float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Text):
        return value.to_json()
    return value


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """The public shape: outcome and figures at the top, then the explanation."""
    shape: dict[str, Any] = {
        "policy": decision.policy,
        "ask": decision.ask,
        "outcome": decision.outcome,
        **{name: plain(value) for name, value in decision.figures.items()},
        "reasons": [reason.to_json() for reason in decision.reasons],
        "say": decision.say.to_json(),
        "flags": list(decision.flags),
        "needs": list(decision.needs),
        "runners_up": [miss.to_json() for miss in decision.runners_up],
        "targets": [target.to_json() for target in decision.targets],
        "free_if": [text.to_json() for text in decision.free_if],
        "granted_by": None if decision.granted_by is None else decision.granted_by.to_json(),
    }
    words = {str(word): word.text.to_json() for word in _own_words(decision.figures)}
    if words:
        # words of the policy file's own, so that who keeps the decision can say them
        shape["words"] = words
    if decision.later is not None:
        shape["later"] = decision_to_json(decision.later)
    if decision.consumes is not None:
        period = decision.consumes.period
        shape["consumes"] = {
            "counter": decision.consumes.counter,
            "units": decision.consumes.units,
            "period": None if period is None else [day.isoformat() for day in period],
        }
    return shape


def decision_from_json(shape: Mapping[str, Any]) -> Decision:
    """The decision a ticket was opened with. Raises KeyError or ValueError for a shape that is none."""
    own = {name: OwnWord(name, _text(text)) for name, text in shape.get("words", {}).items()}
    figures = {
        name: _said(_figure(name, value), own)
        for name, value in shape.items()
        if name not in _FIXED or name == "hint"
    }
    consumes = shape.get("consumes")
    return Decision(
        policy=shape["policy"],
        ask=shape["ask"],
        outcome=shape["outcome"],
        figures=figures,
        reasons=tuple(
            Reason(
                reason["rule"],
                reason["clause"],
                reason["basis"],
                _text(reason["text"]),
                _text(reason["other_reading"]) if "other_reading" in reason else None,
            )
            for reason in shape["reasons"]
        ),
        runners_up=tuple(
            NearMiss(miss["rule"], miss["outcome"], _text(miss["failed"])) for miss in shape["runners_up"]
        ),
        say=_text(shape["say"]),
        flags=tuple(shape["flags"]),
        needs=tuple(shape["needs"]),
        targets=tuple(
            Target(
                target["kind"],
                target["rule"],
                target["calendar"],
                datetime.fromisoformat(target["due"]),
                datetime.fromisoformat(target["start"]),
                timedelta(minutes=target["work_minutes"]),
            )
            for target in shape["targets"]
        ),
        consumes=None
        if consumes is None
        else Consumption(
            consumes["counter"],
            consumes["units"],
            None
            if consumes["period"] is None
            else (date.fromisoformat(consumes["period"][0]), date.fromisoformat(consumes["period"][1])),
        ),
        free_if=tuple(_text(text) for text in shape["free_if"]),
        granted_by=None if shape["granted_by"] is None else _text(shape["granted_by"]),
        later=decision_from_json(shape["later"]) if "later" in shape else None,
    )


def _own_words(value: Any) -> Iterator[OwnWord]:
    """The words of the policy file's own in figures."""
    if isinstance(value, OwnWord):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _own_words(item)


def _said(value: Any, own: Mapping[str, OwnWord]) -> Any:
    """A figure in which the words of the policy file's own are such words again."""
    if not own:
        return value
    if isinstance(value, str):
        return own.get(value, value)
    if isinstance(value, Mapping):
        return {key: _said(item, own) for key, item in value.items()}
    return tuple(_said(item, own) for item in value) if isinstance(value, list | tuple) else value


def _text(shape: Mapping[str, str]) -> Text:
    return Text(shape["th"], shape["en"])


def _figure(name: str, value: Any) -> Any:
    kind = FIGURES.get(name)
    if value is None or kind is None:
        return value
    if kind == "money":
        return Decimal(str(value))
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "instant":
        return datetime.fromisoformat(value)
    return tuple(value) if kind == "list" else value
