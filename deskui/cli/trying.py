"""Checks a policy file, runs its examples, and compares two files over the examples of both."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from deskui.cli.language import told
from deskui.cli.library import unusable
from deskui.cli.output import padded, plain_text, width
from deskui.paths import data_dir
from deskui.policy.codec import decision_to_json
from deskui.policy.decide import UnknownAsk, decide
from deskui.policy.decision import Decision, Text
from deskui.policy.examples import Example, Result, examples_file, load_examples, run
from deskui.policy.library import HolidayShelf, holiday_problems
from deskui.policy.load import read_policy
from deskui.policy.mutate import Report, run_mutation
from deskui.policy.policy import Policy
from deskui.policy.problems import PolicyFileError, Problem

_EXPLAINING = frozenset(
    [
        "policy",
        "ask",
        "reasons",
        "say",
        "runners_up",
        "free_if",
        "granted_by",
        "targets",
        "flags",
        "needs",
        "consumes",
    ]
)
"""Parts of a decision that are not its outcome or a figure."""


def read_file(path: Path) -> Policy:
    """The policy in a file. Raises PolicyFileError, also for holiday sets that cannot be read."""
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyFileError([Problem(path, 1, "file", str(error), "a readable UTF-8 text file")]) from error
    policy = read_policy(source, path, HolidayShelf(data_dir() / "holidays"))
    wrong = holiday_problems(policy, path)
    if wrong:
        raise PolicyFileError(wrong)
    return policy


@dataclass
class Checked:
    """What `deskui policy check` finds in one file."""

    file: Path
    problems: list[Problem] = field(default_factory=list)
    examples: int = 0
    coverage: dict[str, str] = field(default_factory=dict)
    """`examples`, `card` or `none` by rule id."""

    def to_json(self) -> dict[str, Any]:
        """`{file, problems: [{file, line, key, found, expected}], examples, coverage}`."""
        return {
            "file": str(self.file),
            "problems": [
                {
                    "file": str(problem.file),
                    "line": problem.line,
                    "key": problem.key,
                    "found": problem.found,
                    "expected": problem.expected,
                }
                for problem in self.problems
            ],
            "examples": self.examples,
            "coverage": self.coverage,
        }

    def show(self) -> None:
        """One line a problem, then a summary with the rules that nothing covers."""
        for problem in self.problems:
            click.echo(plain_text(problem))
        if self.problems:
            return
        by_state = {
            state: [rule for rule, found in self.coverage.items() if found == state]
            for state in ("examples", "card", "none")
        }
        counted = {state: len(rules) for state, rules in by_state.items()}
        click.echo(
            told(
                Text(
                    th=f"{self.file}: ใช้ได้ ตัวอย่าง {self.examples} รายการ กฎ {len(self.coverage)} ข้อ: "
                    f"มีตัวอย่าง {counted['examples']} เป็นข้อมูล {counted['card']} ยังไม่มี {counted['none']}",
                    en=f"{self.file}: good; {self.examples} examples; {len(self.coverage)} rules: "
                    f"{counted['examples']} cited by examples, {counted['card']} information cards, "
                    f"{counted['none']} not covered",
                )
            )
        )
        if by_state["none"]:
            missing = ", ".join(by_state["none"])
            click.echo(told(Text(th=f"  ยังไม่มีตัวอย่าง: {missing}", en=f"  not covered: {missing}")))


def check_file(file: Path) -> Checked:
    """Reads a policy file and the examples beside it."""
    checked = Checked(file)
    try:
        policy = read_file(file)
        examples = load_examples(examples_file(file), policy)
    except PolicyFileError as error:
        checked.problems = list(error.problems)
        return checked
    cited = {rule for result in run(policy, examples.examples) for rule in result.decision.rules}
    checked.examples = len(examples.examples)
    checked.coverage = {
        rule.id: "card" if rule.card else "examples" if rule.id in cited else "none"
        for rule in policy.rules.values()
    }
    return checked


@dataclass
class Tried:
    """How one policy's examples went."""

    policy: str
    results: list[Result]
    mutation: Report | None = None

    @property
    def failed(self) -> list[Result]:
        """Those that do not hold."""
        return [result for result in self.results if not result.holds]

    @property
    def good(self) -> bool:
        """All hold, and notice every change where that was tried."""
        return not self.failed and (self.mutation is None or self.mutation.good)

    def to_json(self) -> dict[str, Any]:
        """`{policy, examples, failed: [{name, line, differences: [{key, expected, found}]}], mutation}`."""
        return {
            "policy": self.policy,
            "examples": len(self.results),
            "failed": [
                {
                    "name": result.example.name,
                    "line": result.example.line,
                    "differences": [
                        {"key": item.key, "expected": item.expected, "found": item.found}
                        for item in result.differences
                    ],
                }
                for result in self.failed
            ],
            "mutation": None
            if self.mutation is None
            else {
                "total": self.mutation.total,
                "killed": self.mutation.killed,
                "by_loader": self.mutation.by_loader,
                "equivalent": self.mutation.equivalent,
                "survivors": [str(mutant) for mutant in self.mutation.survivors],
                "wrongly_listed": [f"{item.place}: {item.change}" for item in self.mutation.wrongly_listed],
            },
        }

    def show(self) -> None:
        """A line a failed example with expected and found, then the count."""
        for result in self.failed:
            click.echo(f"{self.policy}:{result.example.line}: {plain_text(result.example.name)}")
            for item in result.differences:
                click.echo(
                    "  "
                    + told(
                        Text(
                            th=f"{item.key}: ควรได้ {item.expected!r} แต่ได้ {item.found!r}",
                            en=f"{item.key}: expected {item.expected!r}, found {item.found!r}",
                        )
                    )
                )
        total, failed = len(self.results), len(self.failed)
        click.echo(
            told(
                Text(
                    th=f"{self.policy}: ตัวอย่าง {total} รายการ ผ่าน {total - failed} ไม่ผ่าน {failed}",
                    en=f"{self.policy}: {total} examples, {total - failed} hold, {failed} failed",
                )
            )
        )
        if self.mutation is not None and not failed:
            click.echo(str(self.mutation))


def try_file(file: Path, *, mutate: bool = False) -> Tried:
    """Runs the examples of a policy file. Raises UsageProblem when they or it cannot be read."""
    try:
        policy = read_file(file)
        results = run(policy, load_examples(examples_file(file), policy).examples)
        tried = Tried(policy.id, results)
        if mutate and not tried.failed:
            tried.mutation = run_mutation(file)
    except PolicyFileError as error:
        raise unusable(error) from None
    return tried


@dataclass(frozen=True)
class Change:
    """One example whose decision is not the same; an answer is None where the ask is not known."""

    example: Example
    old: dict[str, Any] | None
    new: dict[str, Any] | None

    def lines(self) -> list[tuple[str, str, str]]:
        """(key, old, new) of what differs."""
        old, new = self.old or {}, self.new or {}
        keys = [key for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key)]
        return [(key, _shown(old.get(key)), _shown(new.get(key))) for key in keys]


def _shown(value: Any) -> str:
    return "—" if value is None else plain_text(value)


@dataclass(frozen=True)
class Compared:
    """What two policy files answer differently."""

    old: Policy
    new: Policy
    total: int
    changes: list[Change]

    def to_json(self) -> dict[str, Any]:
        """`{old, new, examples, changed: [{name, ask, at, old, new}]}`."""
        return {
            "old": self.old.version,
            "new": self.new.version,
            "examples": self.total,
            "changed": [
                {
                    "name": change.example.name,
                    "ask": change.example.ask,
                    "at": change.example.at.isoformat(),
                    "old": change.old,
                    "new": change.new,
                }
                for change in self.changes
            ],
        }

    def show(self) -> None:
        """Each changed example with old and new side by side."""
        for change in self.changes:
            click.echo(
                f"{plain_text(change.example.name)} ({change.example.ask}, {change.example.at.isoformat()})"
            )
            rows = [("", self.old.version, self.new.version), *change.lines()]
            widths = [max(width(row[column]) for row in rows) for column in (0, 1)]
            for key, old, new in rows:
                click.echo(f"  {padded(key, widths[0])}  {padded(old, widths[1])}  {new}".rstrip())
        click.echo(
            told(
                Text(
                    th=f"ตัวอย่าง {self.total} รายการ คำตอบเปลี่ยน {len(self.changes)}",
                    en=f"{self.total} examples, {len(self.changes)} decisions change",
                )
            )
        )


def compare(old: Path, new: Path) -> Compared:
    """Decides the examples of both files by both. Raises UsageProblem when a file cannot be read."""
    try:
        before, after = _any_name(old), _any_name(new)
        examples: dict[str, Example] = {}
        for file, policy in ((old, before), (new, after)):
            for example in load_examples(examples_file(file), policy).examples:
                same = repr(
                    (example.ask, example.at, sorted(example.facts.items()), sorted(example.settled.items()))
                )
                examples.setdefault(same, example)
    except PolicyFileError as error:
        raise unusable(error) from None
    changes = []
    for example in examples.values():
        answers = [_answer(policy, example) for policy in (before, after)]
        if answers[0] != answers[1]:
            changes.append(Change(example, *answers))
    return Compared(before, after, len(examples), changes)


def _any_name(path: Path) -> Policy:
    """The policy in a file that need not be called after its id: an older or newer copy of another."""
    try:
        identity = tomllib.loads(path.read_text(encoding="utf-8"))["policy"]["id"]
        alias = path.with_name(f"{identity}.toml")
    except (OSError, ValueError, KeyError, TypeError):
        # the reader says what is wrong with it
        return read_file(path)
    try:
        return read_policy(path.read_text(encoding="utf-8"), alias, HolidayShelf(data_dir() / "holidays"))
    except PolicyFileError as error:
        raise PolicyFileError(
            [Problem(path, item.line, item.key, item.found, item.expected) for item in error.problems]
        ) from error


def _answer(policy: Policy, example: Example) -> dict[str, Any] | None:
    try:
        return _gist(decide(policy, example.ask, example.facts, example.at, _known(policy, example)))
    except UnknownAsk:
        return None


def _known(policy: Policy, example: Example) -> dict[str, str]:
    """The settled readings that this policy has."""
    return {name: option for name, option in example.settled.items() if name in policy.readings}


def _gist(decision: Decision) -> dict[str, Any]:
    """Outcome, figures and what follows from them; neither words nor near misses."""
    shape = decision_to_json(decision)
    gist = {key: value for key, value in shape.items() if key not in _EXPLAINING}
    gist["rules"] = list(decision.rules)
    for key in ("flags", "needs"):
        if shape[key]:
            gist[key] = shape[key]
    if decision.targets:
        gist["due"] = [target.due.isoformat() for target in decision.targets]
    return gist
