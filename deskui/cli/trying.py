"""Checks a policy file and runs its examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

import click

from deskui.cli.language import told
from deskui.cli.library import unusable
from deskui.cli.output import plain_text
from deskui.cli.policyfile import read_file, read_with_notes
from deskui.cli.whyfound import why_found
from deskui.dataclass import dataclass
from deskui.policy.common import common
from deskui.policy.decision import Text
from deskui.policy.examples import Result, examples_file, load_examples, run
from deskui.policy.filetext import read_document, read_text
from deskui.policy.mutate import Report, run_mutation
from deskui.policy.policy import Policy
from deskui.policy.problems import PolicyFileError, Problem
from deskui.policy.said import as_text


@dataclass
class Checked:
    """What `deskui policy check` finds in one file."""

    file: Path
    problems: list[Problem] = field(default_factory=list)
    notes: tuple[Problem, ...] = ()
    """What is worth a look and stops nothing."""
    examples: int = 0
    no_examples: Path | None = None
    """Where the examples would be, when there are none."""
    coverage: dict[str, str] = field(default_factory=dict)
    """`examples`, `card` or `none` by rule id."""
    conventions: tuple[str, ...] = ()
    """Our own conventions (X-rows) that an example cites."""
    readings: int = 0
    """Points that can be read in more than one way (X-14)."""

    def to_json(self) -> dict[str, Any]:
        """`{file, problems: [{file, line, key, found, expected}], notes: the same, examples, coverage,
        conventions, readings}`.
        """
        return {
            "file": str(self.file),
            "problems": [_plain(problem) for problem in self.problems],
            "notes": [_plain(note) for note in self.notes],
            "examples": self.examples,
            "coverage": self.coverage,
            "conventions": list(self.conventions),
            "readings": self.readings,
        }

    def show(self) -> None:
        """One line a problem, then a summary with the rules that nothing covers."""
        for problem in self.problems:
            click.echo(plain_text(told(problem.text)))
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
                    f"มีตัวอย่าง {counted['examples']} เป็นข้อมูล {counted['card']} ยังไม่มี {counted['none']}; "
                    f"หลักทั่วไป {len(self.conventions)} จาก {len(common().rules)}; "
                    f"ตีความได้หลายทาง {self.readings} จุด",
                    en=f"{self.file}: good; {self.examples} examples; {len(self.coverage)} rules: "
                    f"{counted['examples']} cited by examples, {counted['card']} information cards, "
                    f"{counted['none']} not covered; "
                    f"conventions: {len(self.conventions)} of {len(common().rules)}; "
                    f"readings: {self.readings}",
                )
            )
        )
        for note in self.notes:
            text = note.text
            click.echo(told(Text(plain_text(f"  ควรดู: {text.th}"), plain_text(f"  to look at: {text.en}"))))
        if self.no_examples is not None:
            place = plain_text(self.no_examples)
            click.echo(
                told(
                    Text(
                        th=f"  ไม่มีไฟล์ตัวอย่าง {place}: การแก้ไขจะไม่มีอะไรตรวจ",
                        en=f"  no examples: {place} is not there, so nothing would notice a change",
                    )
                )
            )
        elif by_state["none"]:
            missing = ", ".join(by_state["none"])
            click.echo(told(Text(th=f"  ยังไม่มีตัวอย่าง: {missing}", en=f"  not covered: {missing}")))


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "file": str(problem.file),
        "line": problem.line,
        "key": problem.key,
        "found": told(as_text(problem.found)),
        "expected": told(problem.expected.text),
    }


def check_file(file: Path) -> Checked:
    """Reads a policy file and the examples beside it."""
    checked = Checked(file)
    try:
        policy, checked.notes = read_with_notes(file)
        examples = load_examples(examples_file(file), policy)
    except PolicyFileError as error:
        checked.problems = [*error.problems, *_slips_of_examples(file, error)]
        return checked
    cited = {rule for result in run(policy, examples.examples) for rule in result.decision.rules}
    checked.examples = len(examples.examples)
    checked.readings = len(policy.readings)
    checked.no_examples = None if examples_file(file).exists() else examples_file(file)
    checked.coverage = {
        rule.id: "examples" if rule.id in cited else "card" if rule.card else "none"
        for rule in policy.rules.values()
    }
    checked.conventions = tuple(rule for rule in common().rules if rule in cited)
    return checked


def _slips_of_examples(file: Path, error: PolicyFileError) -> tuple[Problem, ...]:
    """What is no TOML beside a policy that cannot be used: the rest of it needs the policy."""
    beside = examples_file(file)
    if not beside.exists() or any(problem.file == beside for problem in error.problems):
        return ()
    try:
        return read_document(read_text(beside), beside).slips
    except PolicyFileError as slips:
        return slips.problems


def show_conventions(checked: Sequence[Checked]) -> None:
    """Each of our conventions with the files whose examples cite it; one that nobody cites is said."""
    for rule in common().rules:
        citing = [item.file.stem for item in checked if rule in item.conventions]
        nobody = told(Text(th="ยังไม่มีตัวอย่างใดอ้างถึง", en="cited by no example of any"))
        click.echo(f"  {rule}  {', '.join(citing) or nobody}")


@dataclass
class Tried:
    """How one policy's examples went."""

    terms: Policy
    file: Path
    """Of the examples."""
    results: list[Result]
    mutate: bool = False
    """Whether changes were to be tried."""
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
        """`{policy, file, examples, failed: [{name, line, differences, why}], mutation}`; a difference is
        `{key, expected, found}`.
        """
        return {
            "policy": self.terms.id,
            "file": str(self.file),
            "examples": len(self.results),
            "failed": [
                {
                    "name": result.example.name,
                    "line": result.example.line,
                    "differences": [
                        {"key": item.key, "expected": item.expected, "found": item.found}
                        for item in result.differences
                    ],
                    "why": told(self.why(result)),
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
                "advice": [
                    {
                        "file": str(item.file),
                        "line": item.line,
                        "change": str(item.mutant),
                        "why": told(item.words),
                        "example": item.noticed_by,
                    }
                    for item in self.mutation.advice
                ],
                "wrongly_listed": [f"{item.place}: {item.change}" for item in self.mutation.wrongly_listed],
            },
        }

    def why(self, result: Result) -> Text:
        """What the answer of a failed example rests on."""
        return why_found(self.terms, result.example, result.decision)

    def show(self) -> None:
        """A line a failed example with expected, found and why, then the count."""
        for result in self.failed:
            click.echo(plain_text(f"{self.file}:{result.example.line}: {result.example.name}"))
            for item in result.differences:
                click.echo(
                    "  "
                    + told(
                        Text(
                            th=f"{item.key}: ควรได้ {_shown(item.expected)} แต่ได้ {_shown(item.found)}",
                            en=f"{item.key}: expected {_shown(item.expected)}, found {_shown(item.found)}",
                        )
                    )
                )
            why = self.why(result)
            click.echo(plain_text(told(Text(f"  ที่ได้เพราะ: {why.th}", f"  found by: {why.en}"))))
        total, failed = len(self.results), len(self.failed)
        click.echo(
            told(
                Text(
                    th=f"{self.terms.id}: ตัวอย่าง {total} รายการ ผ่าน {total - failed} ไม่ผ่าน {failed}",
                    en=f"{self.terms.id}: {total} examples, {total - failed} hold, {failed} failed",
                )
            )
        )
        if self.mutation is not None:
            click.echo(told(self.mutation.text))
        elif self.mutate:
            first = Text(
                th="ยังไม่ได้ลองเปลี่ยนข้อกำหนด แก้ตัวอย่างที่ไม่ผ่านก่อน",
                en="no changes were tried: put right the examples that failed first",
            )
            click.echo(told(first))


_NOTHING = Text(th="ไม่มี", en="nothing")


def _shown(value: Any) -> str:
    """A value of an example as its file has it, without the marks of a programming language."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case list() | tuple():
            return ", ".join(map(_shown, value)) or told(_NOTHING)
        case dict():
            return "; ".join(f"{key} = {_shown(item)}" for key, item in value.items()) or told(_NOTHING)
    return plain_text(value)


def try_file(file: Path, *, mutate: bool = False) -> Tried:
    """Runs the examples of a policy file. Raises UsageProblem when they or it cannot be read."""
    try:
        policy = read_file(file)
        results = run(policy, load_examples(examples_file(file), policy).examples)
        tried = Tried(policy, examples_file(file), results, mutate)
        if mutate and not tried.failed:
            tried.mutation = run_mutation(file)
    except PolicyFileError as error:
        raise unusable(error) from None
    return tried
