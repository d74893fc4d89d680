"""Policies by id, from folders of TOML files: each is read when it is asked for, and only once."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from deskui.paths import data_dir
from deskui.policy.decision import Text
from deskui.policy.problems import PolicyFileError, Problem
from deskui.policy.said import Said
from deskui.worktime import HolidayFileError, load_holiday_set

if TYPE_CHECKING:
    from deskui.policy.policy import Policy
    from deskui.worktime import HolidaySet

EXAMPLES = ".examples"
"""What the stem of an examples file ends with."""


class UnknownPolicy(KeyError):
    """No policy has that id; `known` are those there are."""

    def __init__(self, wanted: str, known: Iterable[str]) -> None:
        self.wanted = wanted
        self.known = tuple(known)
        super().__init__(wanted)

    def __str__(self) -> str:
        near = difflib.get_close_matches(self.wanted, self.known, 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return f"no policy {self.wanted!r}; there are: {', '.join(self.known) or 'none'}{hint}"


def policy_files(folder: Path) -> dict[str, Path]:
    """The policy files of a folder by id (their stem): neither shared files (`_…`) nor examples.

    Raises NotADirectoryError when there is no such folder.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"no folder {folder}: give a folder with policy files (*.toml)")
    return {
        path.stem: path
        for path in sorted(folder.glob("*.toml"))
        if not path.name.startswith(("_", ".")) and not path.stem.endswith(EXAMPLES)
    }


class Library:
    """The policies of the shipped folder and of those given, a later folder before an earlier one."""

    def __init__(self, files: Mapping[str, Path], holiday_set: Callable[[str], HolidaySet]) -> None:
        self.files = dict(files)
        """Policy file by id."""
        self.holiday_set = holiday_set
        self._read: dict[str, Policy | PolicyFileError] = {}

    @classmethod
    def open(cls, *folders: Path | str, holiday_folder: Path | None = None) -> Library:
        """Finds the files and reads none. Raises NotADirectoryError for a folder that is not there."""
        files = policy_files(data_dir() / "policies")
        for folder in folders:
            files.update(policy_files(Path(folder)))
        return cls(dict(sorted(files.items())), HolidayShelf(holiday_folder or data_dir() / "holidays"))

    @classmethod
    def load(cls, *folders: Path | str, holiday_folder: Path | None = None) -> Library:
        """Reads every file; one that cannot be used is in `problems` and does not stop the others.

        Raises NotADirectoryError for a folder that is not there.
        """
        library = cls.open(*folders, holiday_folder=holiday_folder)
        for identity, file in library.files.items():
            found = library._policy_or_error(identity)
            if not isinstance(found, PolicyFileError) and (wrong := holiday_problems(found, file)):
                library._read[identity] = PolicyFileError(wrong)
        return library

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def get(self, identity: str) -> Policy:
        """The policy of that id. Raises UnknownPolicy (a KeyError) or PolicyFileError."""
        if identity not in self.files:
            raise UnknownPolicy(identity, self.files)
        found = self._policy_or_error(identity)
        if isinstance(found, PolicyFileError):
            raise found
        return found

    @property
    def policies(self) -> Mapping[str, Policy]:
        """Every policy that can be used, by id; reads those not read yet."""
        every = {identity: self._policy_or_error(identity) for identity in self.files}
        return {
            identity: found for identity, found in every.items() if not isinstance(found, PolicyFileError)
        }

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the others."""
        every = [self._policy_or_error(identity) for identity in self.files]
        return tuple(
            problem for found in every if isinstance(found, PolicyFileError) for problem in found.problems
        )

    def with_holidays(self, sets: Mapping[str, HolidaySet]) -> Library:
        """The same policies with the desk's own sets in place of the shipped ones, by set name."""
        before = self.holiday_set
        chosen = dict(sets)

        def holiday_set(name: str) -> HolidaySet:
            return chosen[name] if name in chosen else before(name)

        other = Library(self.files, holiday_set)
        for identity, found in self._read.items():
            other._read[identity] = (
                found
                if isinstance(found, PolicyFileError)
                else replace(found, holiday_set=holiday_set, built={})
            )
        return other

    def _policy_or_error(self, identity: str) -> Policy | PolicyFileError:
        found = self._read.get(identity)
        if found is None:
            found = self._read[identity] = self._load(self.files[identity])
        return found

    def _load(self, path: Path) -> Policy | PolicyFileError:
        from deskui.policy.load import load_policy  # noqa: PLC0415 - listing ids needs no loader

        try:
            return load_policy(path, self.holiday_set)
        except PolicyFileError as error:
            return error


class HolidayShelf:
    """Holiday sets by name, each read once; calling it raises HolidayFileError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sets: dict[str, HolidaySet] = {}

    def __call__(self, name: str) -> HolidaySet:
        if name not in self._sets:
            self._sets[name] = load_holiday_set(name, self.folder)
        return self._sets[name]


def holiday_problems(policy: Policy, file: Path) -> tuple[Problem, ...]:
    """The holiday sets that the policy names and that cannot be read."""
    from deskui.policy.positions import line_of  # noqa: PLC0415 - only where a file is checked

    problems = []
    for name, spec in policy.calendars.items():
        if spec.holidays is None:
            continue
        try:
            policy.holiday_set(spec.holidays)
        except HolidayFileError as error:
            where = ("calendar", name, "holidays")
            first = error.problems[0]
            # without such a file there is nothing more to say than which there are
            words = first.expected if first.key in ("file", "name of the set") else error.words
            why = Said("holiday_set", why=Text(words.th, words.en))
            line = line_of(file.read_text(encoding="utf-8"), where)
            problems.append(Problem(file, line, ".".join(where), repr(spec.holidays), why))
    return tuple(problems)
