"""What two versions of a policy answer differently, over the examples of both, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from deskui.cli.changedlines import changed_lines
from deskui.cli.conditiontext import word
from deskui.cli.layout import columns, wrapped
from deskui.cli.library import unusable
from deskui.cli.output import padded, plain_text, width
from deskui.cli.policyfile import read_file
from deskui.dataclass import dataclass
from deskui.policy.codec import decision_to_json
from deskui.policy.common import common
from deskui.policy.decide import UnknownAsk, decide
from deskui.policy.decision import Consumption, Decision, Text
from deskui.policy.examples import Example, examples_file, load_examples
from deskui.policy.policy import Policy
from deskui.policy.problems import PolicyFileError
from deskui.policy.wording import value_text

_EXPLAINING = frozenset(
    {"policy", "ask", "reasons", "say", "runners_up", "free_if", "granted_by"}
    | {"targets", "flags", "needs", "consumes"}
)
"""Parts of a decision that are not its outcome or a figure."""
_LABELS = {
    "outcome": Text("คำตอบ", "answer"),
    "needs": Text("ต้องถามก่อน", "asks first"),
    "flags": Text("ข้อควรรู้", "to know beside it"),
    "consumes": Text("ตัดสิทธิ์", "takes"),
    "rules": Text("ตามข้อ", "by rule"),
}
MOST_LINES = 12
"""Changed lines that are named at once."""
_NO_EXAMPLE = Text(
    "แต่ไฟล์เปลี่ยนในบรรทัดต่อไปนี้ ซึ่งยังไม่มีตัวอย่างใดกล่าวถึง ให้เพิ่มตัวอย่าง:",
    "but these lines of the file did change, and no example speaks of them; add one for each:",
)
_NOTHING = Text("—", "—")
_UNKNOWN = Text("ไม่มีบริการนี้", "no such service")


@dataclass(frozen=True)
class Change:
    """One example whose decision is not the same; an answer is None where the ask is not known."""

    example: Example
    service: Text
    old: Decision | None
    new: Decision | None
    clauses: Mapping[str, str]
    """Of the rules of both versions."""

    def lines(self) -> list[tuple[str, Text, Text, Text]]:
        """(key, label, old, new) in words: the answer, then what else differs, the rules last."""
        old, new = _parts(self.old), _parts(self.new)
        keys = [key for key in dict.fromkeys((*old, *new)) if key not in ("outcome", "rules")]
        found = [("outcome", _LABELS["outcome"], _answer_words(self.old), _answer_words(self.new))]
        found += [
            (key, _label(key), old.get(key, _NOTHING), new.get(key, _NOTHING))
            for key in keys
            if old.get(key, _NOTHING) != new.get(key, _NOTHING)
        ]
        found.append(("rules", _LABELS["rules"], self._rules(self.old), self._rules(self.new)))
        return found

    def _rules(self, decision: Decision | None) -> Text:
        if decision is None:
            return _NOTHING
        # our own conventions follow from the rest
        cited = [rule for rule in decision.rules if rule not in common().rules] or list(decision.rules)
        text = ", ".join(f"{rule} ({self.clauses.get(rule, '')})" for rule in cited) or "—"
        return Text(text, text)

    def to_json(self) -> dict[str, Any]:
        """`{name, ask, at, old, new, changed: [{key, label, old, new}]}`; null stands for no such ask."""
        return {
            "name": self.example.name,
            "ask": self.example.ask,
            "at": self.example.at.isoformat(),
            "old": _gist(self.old),
            "new": _gist(self.new),
            "changed": [
                {"key": key, "label": label.to_json(), "old": old.to_json(), "new": new.to_json()}
                for key, label, old, new in self.lines()
                if old != new
            ],
        }


def _answer_words(decision: Decision | None) -> Text:
    return _UNKNOWN if decision is None else word(f"outcome.{decision.outcome}")


def _label(key: str) -> Text:
    named = _LABELS.get(key) or common().words.get(f"figure.{key}") or common().words.get(key)
    plain = key.replace("_", " ")
    return named or Text(plain, plain)


def _parts(decision: Decision | None) -> dict[str, Text]:
    """Everything that a decision comes to, in words, by key."""
    if decision is None:
        return {}
    parts: dict[str, Text] = {"outcome": word(f"outcome.{decision.outcome}")}
    for name, value in decision.figures.items():
        if isinstance(value, Mapping):
            parts |= {f"{name}.{key}": _words(item) for key, item in value.items()}
        else:
            parts[name] = _words(value)
    told = decision.figures.values()
    parts |= {target.kind: value_text(target.due) for target in decision.targets if target.due not in told}
    if decision.consumes is not None:
        parts["consumes"] = _taken(decision.consumes)
    if decision.needs:
        parts["needs"] = _words(decision.needs)
    if decision.flags:
        parts["flags"] = _joined(common().flags.get(flag, word(flag)) for flag in decision.flags)
    parts["rules"] = _words(decision.rules)
    return parts


def _words(value: Any) -> Text:
    """A figure in words; a list as its items one after the other."""
    if isinstance(value, list | tuple):
        return _joined(map(_words, value)) if value else _NOTHING
    return word(value) if isinstance(value, str) else value_text(value)


def _joined(texts: Iterable[Text]) -> Text:
    every = list(texts)
    return Text(", ".join(text.th for text in every), ", ".join(text.en for text in every))


def _taken(consumes: Consumption) -> Text:
    text = f"{consumes.units} × {consumes.counter}"
    return Text(text, text)


@dataclass(frozen=True)
class Compared:
    """What two policy files answer differently."""

    old: Policy
    new: Policy
    total: int
    changes: Sequence[Change]
    unspoken: Sequence[tuple[str, Text]] = ()
    """Where no decision changes: what changed in the file all the same, as (place, was and is)."""

    def to_json(self) -> dict[str, Any]:
        """`{old, new, examples, changed: [a change each], unspoken: [a changed line each]}`."""
        return {
            "old": self.old.version,
            "new": self.new.version,
            "examples": self.total,
            "changed": [change.to_json() for change in self.changes],
            "unspoken": [f"{place}: {text.en}" for place, text in self.unspoken],
        }

    def show(self, language: str) -> None:
        """Each changed example in words, with what it was and what it is."""
        for change in self.changes:
            when = value_text(change.example.at).in_(language)
            click.echo(plain_text(change.example.name))
            click.echo(plain_text(f"  {change.service.in_(language)} ({change.example.ask}), {when}"))
            self._lines(change, language)
            click.echo()
        count = len(self.changes)
        summary = Text(
            th=f"ตัวอย่าง {self.total} รายการ คำตอบเปลี่ยน {count} ({self.old.version} → {self.new.version})",
            en=f"{self.total} examples, {count} decisions change ({self.old.version} → {self.new.version})",
        )
        click.echo(summary.in_(language))
        if self.unspoken:
            click.echo(_NO_EXAMPLE.in_(language))
        for place, text in self.unspoken[:MOST_LINES]:
            click.echo(plain_text(f"  {place}: {text.in_(language)}"))
        if len(self.unspoken) > MOST_LINES:
            click.echo(f"  … {len(self.unspoken) - MOST_LINES}")

    def _lines(self, change: Change, language: str) -> None:
        rows = [tuple(plain_text(text.in_(language)) for text in line[1:]) for line in change.lines()]
        room = columns()
        label = max(width(row[0]) for row in rows)
        for name, old, new in rows:
            told = new if old == new else f"{old} → {new}"
            for number, line in enumerate(wrapped(told, room - label - 6)):
                click.echo(f"    {padded('' if number else name, label)}  {line}")


def compare(old: Path, new: Path) -> Compared:
    """Decides the examples of both files by both. Raises UsageProblem when a file cannot be read."""
    try:
        before, after = read_file(old, any_name=True), read_file(new, any_name=True)
        examples: dict[str, Example] = {}
        for file, policy in ((old, before), (new, after)):
            for example in load_examples(examples_file(file), policy).examples:
                same = repr(
                    (example.ask, example.at, sorted(example.facts.items()), sorted(example.settled.items()))
                )
                examples.setdefault(same, example)
    except PolicyFileError as error:
        raise unusable(error) from None
    clauses = {
        name: rule.clause
        for source in (common().rules, before.rules, after.rules)
        for name, rule in source.items()
    }
    changes = []
    for example in examples.values():
        was, is_now = _answer(before, example), _answer(after, example)
        if _gist(was) != _gist(is_now):
            service = after.services.get(example.ask) or before.services[example.ask]
            changes.append(Change(example, service.name, was, is_now, clauses))
    return Compared(before, after, len(examples), changes, () if changes else changed_lines(old, new))


def _answer(policy: Policy, example: Example) -> Decision | None:
    try:
        return decide(policy, example.ask, example.facts, example.at, _known(policy, example))
    except UnknownAsk:
        return None


def _known(policy: Policy, example: Example) -> dict[str, str]:
    """The settled readings that this policy has."""
    return {name: option for name, option in example.settled.items() if name in policy.readings}


def _gist(decision: Decision | None) -> dict[str, Any] | None:
    """Outcome, figures and what follows from them; neither words nor near misses."""
    if decision is None:
        return None
    shape = decision_to_json(decision)
    gist = {key: value for key, value in shape.items() if key not in _EXPLAINING}
    gist["rules"] = list(decision.rules)
    for key in ("flags", "needs", "consumes"):
        if shape.get(key):
            gist[key] = shape[key]
    if decision.targets:
        gist["due"] = [target.due.isoformat() for target in decision.targets]
    return gist
