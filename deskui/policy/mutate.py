"""The mutation test of a policy: change one thing at a time, and some example must fail each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from deskui.dataclass import dataclass
from deskui.paths import data_dir
from deskui.policy.brief import spelled_out
from deskui.policy.context import Context
from deskui.policy.decision import Text
from deskui.policy.examples import (
    Equivalent,
    Example,
    Examples,
    breaks,
    examples_file,
    load_examples,
    read_examples,
    run,
)
from deskui.policy.filetext import parse, read_text
from deskui.policy.library import HolidayShelf
from deskui.policy.load import build_policy, load_policy
from deskui.policy.mutant import Mutant
from deskui.policy.mutants import mutants
from deskui.policy.namedfigures import once_for_each_name
from deskui.policy.noticing import example_text, noticing, unnoticed
from deskui.policy.policy import Policy
from deskui.policy.problems import PolicyFileError, Problem, Problems
from deskui.policy.said import Said
from deskui.policy.vocabulary import WEEKDAYS
from deskui.worktime import HolidaySet

MOST_SEARCHED = 12
"""Changes for which an example is looked for, a second each; the others have their line."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A change that no example notices, and what would."""

    file: Path
    line: int
    mutant: Mutant
    noticed_by: str | None
    """An example as its file has it, empty where none was found; None where none was looked for."""

    @property
    def words(self) -> Text:
        """What no example speaks of, in both languages."""
        return unnoticed(self.mutant).text

    @property
    def text(self) -> Text:
        """The place, what nobody notices there, and the example that would, in both languages."""
        place, words = f"{self.file}:{self.line}", self.words
        told = Said("survived", place=place, mutant=str(self.mutant)).text
        if self.noticed_by is None:
            return Text(f"{told.th}\n    {words.th}", f"{told.en}\n    {words.en}")
        would = Said("would_notice" if self.noticed_by else "if_equivalent").text
        named = f'place = "{self.mutant.place}"\nchange = "{self.mutant.change}"\nreason = ""'
        block = "".join(
            f"\n      {line}" for line in (self.noticed_by or f"[[equivalent]]\n{named}").splitlines()
        )
        return Text(
            f"{told.th}\n    {words.th} {would.th}{block}", f"{told.en}\n    {words.en} {would.en}{block}"
        )


@dataclass(frozen=True, slots=True)
class Report:
    """How a policy's examples stood up to its mutants."""

    total: int
    killed: int
    """By an example that failed."""
    by_loader: int
    """Those that are no valid policy at all."""
    survivors: tuple[Mutant, ...]
    """Changes that no example notices and that are not listed as equivalent."""
    advice: tuple[Advice, ...] = ()
    """For each of those, where it stands and which example would notice it."""
    equivalent: int = 0
    """Survivors that the examples file lists with a reason."""
    wrongly_listed: tuple[Equivalent, ...] = ()
    """Listed as equivalent, and yet killed or no mutant at all."""
    listed_wrongly: tuple[Problem, ...] = ()
    """The same as problems of the examples file."""
    failing: tuple[str, ...] = ()
    """Examples that fail on the policy as it is: nothing was tried."""

    @property
    def good(self) -> bool:
        """Whether the examples hold and notice every change."""
        return not (self.survivors or self.wrongly_listed or self.failing)

    @property
    def text(self) -> Text:
        """The count, then a line for each change that no example noticed, in both languages."""
        if self.failing:
            return Said("examples_fail", names="; ".join(self.failing)).text
        told = Said(
            "mutants",
            total=self.total,
            killed=self.killed,
            by_loader=self.by_loader,
            equivalent=self.equivalent,
            survived=len(self.survivors),
        )
        listed = [problem.text for problem in self.listed_wrongly]
        listed = [Text(f"  {text.th}", f"  {text.en}") for text in listed]
        texts = [told.text, *(item.text for item in self.advice), *listed]
        return Text("\n".join(text.th for text in texts), "\n".join(text.en for text in texts))

    def __str__(self) -> str:
        return self.text.en


def _shape(place: str) -> str:
    """A place without the numbers of its rows, which move when a row comes in between."""
    return re.sub(r"\[\d+\]", "[]", place)


def run_mutation(
    path: Path,
    chunk: tuple[int, int] = (0, 1),
    holiday_set: Callable[[str], HolidaySet] | None = None,
) -> Report:
    """Tries the mutants of a policy file on the examples beside it.

    `chunk` = (k, n) tries every n-th mutant from the k-th on. Raises PolicyFileError when the policy or its
    examples cannot be read.
    """
    holidays = holiday_set or HolidayShelf(data_dir() / "holidays")
    policy = load_policy(path, holidays)
    examples = load_examples(examples_file(path), policy)
    failing = tuple(
        f"{result.example.name} ({result.differences[0]})"
        for result in run(policy, examples.examples)
        if not result.holds
    )
    if failing:
        return Report(0, 0, 0, (), failing=failing)
    source = read_text(path)
    places = Problems(path, source)
    document = spelled_out(parse(source, path), places)
    every = once_for_each_name(mutants(document, partial(_decides, policy)), places, document)
    number, of = chunk
    trial = _Trial(path, holidays, examples.examples)
    fates = {mutant: trial.fate(mutant.apply(document), mutant) for mutant in every[number::of]}
    report = _report(fates, every, examples, trial.killers)
    searched = [mutant for mutant in report.survivors if not _in_a_row_of(mutant, report.survivors)]
    advice = [
        Advice(
            path,
            places.line_at(mutant.where),
            mutant,
            trial.noticed_by(policy, mutant, document) if mutant in searched[:MOST_SEARCHED] else None,
        )
        for mutant in report.survivors
    ]
    return replace(report, advice=tuple(advice))


def _decides(policy: Policy, day: date, asks: frozenset[str]) -> bool:
    """Whether requests of some of these services are decided on a day, and not put off or left open."""
    services = [policy.services[name] for name in asks]
    if policy.gate is None or any(not service.staffed for service in services):
        return True
    noon = datetime.combine(day, time(12), policy.zone)
    if policy.restricted is not None and WEEKDAYS[noon.weekday()] in policy.restricted.days:
        wait = {name for item in policy.restricted.items if not item.when for name in item.services}
        services = [service for service in services if service.id not in wait]
    if not services:
        return False
    stands = policy.gate.day_stands(Context(policy, services[0], noon, {}))
    main = policy.gate.calendar
    working = main is None or policy.calendar(main).is_working_day(day)
    return stands == "staffed" or (stands == "stated" and working)


def _in_a_row_of(mutant: Mutant, survivors: Sequence[Mutant]) -> bool:
    """Whether no example reaches the row it is in: who reaches the row comes to what is in it."""
    return any(
        other.change == "remove"
        and isinstance(other.where[-1], int)
        and len(other.where) < len(mutant.where)
        and mutant.where[: len(other.where)] == other.where
        for other in survivors
    )


class _Trial:
    """Runs examples on one mutant after another, those that killed lately first."""

    def __init__(
        self, path: Path, holidays: Callable[[str], HolidaySet], examples: Sequence[Example]
    ) -> None:
        self.path = path
        self.holidays = holidays
        self.order = list(examples)
        self.killers: dict[Mutant, str] = {}
        """The example that noticed a change."""

    def fate(self, document: dict[str, object], mutant: Mutant) -> str:
        """loader, killed or survived."""
        try:
            policy: Policy = build_policy(document, self.path, self.holidays)
        except PolicyFileError:
            return "loader"
        for place, example in enumerate(self.order):
            if mutant.asks is not None and example.ask not in mutant.asks:
                continue
            if breaks(policy, example):
                # neighbouring mutants tend to fall to the same example
                self.order.insert(0, self.order.pop(place))
                self.killers[mutant] = example.name
                return "killed"
        return "survived"

    def noticed_by(self, policy: Policy, mutant: Mutant, document: dict[str, object]) -> str:
        """An example that would notice a change, as its file has it; empty where none is found."""
        changed = build_policy(mutant.apply(document), self.path, self.holidays)
        around: Any = document
        for step in mutant.where[:4]:
            around = around[step] if isinstance(step, int) or step in around else {}
        found = noticing(policy, changed, mutant, self.order, around)
        if found is None:
            return ""
        text = example_text(mutant, *found, policy)
        try:
            (example,) = read_examples(text, self.path, policy).examples
        except PolicyFileError:
            return ""
        return "" if breaks(policy, example) or not breaks(changed, example) else text


def _report(
    fates: dict[Mutant, str], every: Sequence[Mutant], examples: Examples, killers: Mapping[Mutant, str]
) -> Report:
    listed = {(item.place, item.change): item for item in examples.equivalent}
    survivors = [mutant for mutant, fate in fates.items() if fate == "survived"]
    named = {(mutant.place, mutant.change) for mutant in every}
    killed_all_the_same = {
        listed[mutant.place, mutant.change]: Said("not_equivalent", by=_by(killers.get(mutant)))
        for mutant, fate in fates.items()
        if fate != "survived" and (mutant.place, mutant.change) in listed
    }
    unknown = {
        item: Said("no_such_change", near=_moved(item, survivors))
        for key, item in listed.items()
        if key not in named
    }
    wrong = {**killed_all_the_same, **unknown}
    return Report(
        total=len(fates),
        killed=sum(fate == "killed" for fate in fates.values()),
        by_loader=sum(fate == "loader" for fate in fates.values()),
        survivors=tuple(m for m in survivors if (m.place, m.change) not in listed),
        equivalent=sum((m.place, m.change) in listed for m in survivors),
        wrongly_listed=tuple(wrong),
        listed_wrongly=tuple(
            Problem(examples.file, item.line, item.key, Said("change_of", **_named(item)), expected)
            for item, expected in wrong.items()
        ),
    )


def _named(item: Equivalent) -> dict[str, str]:
    return {"place": repr(item.place), "change": repr(item.change)}


def _by(example: str | None) -> Said:
    """Who notices a change that is listed as one that nobody can."""
    return Said("loader_notices") if example is None else Said("example_notices", name=example)


def _moved(item: Equivalent, survivors: Sequence[Mutant]) -> Said | str:
    """Where a row went of which there is no such change any more, as far as one can tell."""
    shape = _shape(item.place)
    moved = [m.place for m in survivors if m.change == item.change and _shape(m.place) == shape]
    return Said("moved_to", place=repr(moved[0])) if moved else ""
