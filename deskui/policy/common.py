"""What all policies share: conventions (X-rules), words to say, names of provinces. Data, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache

from deskui.dataclass import dataclass
from deskui.paths import data_dir
from deskui.policy.decision import OwnWord, Text
from deskui.policy.model import Rule


@dataclass(frozen=True, slots=True)
class Common:
    """The contents of the files beside the policies whose names begin with `_`."""

    rules: Mapping[str, Rule]
    say: Mapping[str, Text]
    """Words for the caller by outcome, or by `unavailable.REASON`."""

    @property
    def flags(self) -> Mapping[str, Text]:
        """What the agent must know beside a verdict."""
        return _words()[0]

    @property
    def words(self) -> Mapping[str, Text]:
        """Names of reasons, redirects, departments and the like, the same for every policy."""
        return _words()[1]

    def word(self, name: object) -> Text | None:
        """What a word says: one of a policy file's own brings its text, the others all files share."""
        return name.text if isinstance(name, OwnWord) else self.words.get(str(name))

    @property
    def named(self) -> Mapping[str, frozenset[str]]:
        """Those of the words that a row may name, by the figure that names them."""
        return _words()[2]

    @property
    def problems(self) -> Mapping[str, Text]:
        """What is said of something wrong, with `{name}` where a value goes in; see `said.Said`."""
        return _problems()

    @property
    def meant(self) -> Mapping[str, tuple[str, ...]]:
        """What is meant by a word that somebody new to the format writes; see `nearest`."""
        return _meant()

    @property
    def provinces(self) -> Mapping[str, str]:
        """English name by folded Thai or English name or alias."""
        return _provinces()[0]

    def province(self, english: str) -> Text | None:
        """What a province is called; None for what is no province's English name."""
        thai = _provinces()[1].get(english)
        return None if thai is None else Text(thai, english)


def _texts(raw: Mapping[str, Mapping[str, str]]) -> dict[str, Text]:
    return {name: Text(pair["th"], pair["en"]) for name, pair in raw.items()}


@cache
def common() -> Common:
    """The shared texts. Raises FileNotFoundError when the installation lacks its data."""
    raw = tomllib.loads((data_dir() / "policies" / "_common.toml").read_text(encoding="utf-8"))
    rules = {
        name: Rule(name, clause, "convention", Text(th, en)) for name, (clause, th, en) in raw["rule"].items()
    }
    return Common(rules, _texts(raw["say"]))


@cache
def _words() -> tuple[Mapping[str, Text], dict[str, Text], Mapping[str, frozenset[str]]]:
    raw = tomllib.loads((data_dir() / "policies" / "_words.toml").read_text(encoding="utf-8"))
    named = {figure: frozenset(words) for figure, words in raw["named"].items()}
    return _texts(raw["flag"]), _texts(raw["word"]), named


@cache
def _problems() -> Mapping[str, Text]:
    raw = tomllib.loads((data_dir() / "policies" / "_problems.toml").read_text(encoding="utf-8"))
    return _texts(raw["said"])


@cache
def _meant() -> Mapping[str, tuple[str, ...]]:
    raw = tomllib.loads((data_dir() / "policies" / "_meant.toml").read_text(encoding="utf-8"))
    return {word: tuple(means) for words, means in raw["meant"].items() for word in words.split()}


@cache
def _provinces() -> tuple[Mapping[str, str], Mapping[str, str]]:
    raw = tomllib.loads((data_dir() / "policies" / "_provinces.toml").read_text(encoding="utf-8"))
    names: dict[str, str] = {}
    for english, others in raw["province"].items():
        for name in (english, *others):
            names[re.sub(r"[\s\-.ฯ]", "", name.casefold())] = english
    return names, {english: others[0] for english, others in raw["province"].items()}
