"""Examples beside a policy: a request and what its decision must be. They are the policy's own tests.

`POLICY.examples.toml`:

    [[example]]
    name = "…"                     unique in the file
    ask = "scope"
    at = 2026-11-23T10:30:00       a local datetime is in the policy's zone
    facts = { in_warranty = true } "null" stands for known to be none
    unread = ["hardware_price"]    those of the facts that the terms make nothing of, so that it is no slip;
                                   "contract.plan" for a plan that they do not have
    settled = { READING = "option" }
    expect = { outcome = "free", FIGURE = value, … }

    [[equivalent]]                 a change that no example can notice, and why (see mutate)
    place = "service.x.rows[2]"
    change = "remove"
    reason = "…"

Beside outcome and figures `expect` may name: rules (ids that must be cited), not_rules, first_rule, flags,
not_flags, needs, hint, targets (of each the keys named), consumes, runners_up (rule ids that must be among
them), say (text that must be in the words to say, either language). Figures are compared as `deskui decide`
prints them; "null" stands for null, and "absent" for a figure that must not be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from deskui.dataclass import dataclass
from deskui.policy.codec import decision_to_json, plain
from deskui.policy.decide import decide
from deskui.policy.decision import Decision
from deskui.policy.expecting import ABSENT, check_expect, lists
from deskui.policy.facts import FactProblem, known_facts, plans_told_apart, read_facts
from deskui.policy.filetext import read_document, read_text
from deskui.policy.nearest import did_you_mean, one_of
from deskui.policy.policy import Policy
from deskui.policy.problems import Problems, Reader, key_text
from deskui.policy.said import Said
from deskui.policy.vocabulary import NOT_RECORDED, NULL
from deskui.policy.years import in_common_era


@dataclass(frozen=True, slots=True)
class Example:
    """One request with the decision it must get."""

    name: str
    ask: str
    at: datetime
    facts: Mapping[str, Any]
    """As `read_facts` gives them."""
    settled: Mapping[str, str]
    expect: Mapping[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A change of the policy that no request can notice, and why."""

    place: str
    change: str
    reason: str
    line: int
    key: str
    """Where the entry names the place, such as `equivalent[2].place`."""


@dataclass(frozen=True, slots=True)
class Examples:
    """The contents of an examples file."""

    file: Path
    examples: tuple[Example, ...]
    equivalent: tuple[Equivalent, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing an example expects that is not so."""

    key: str
    expected: Any
    found: Any

    def __str__(self) -> str:
        return f"{self.key}: found {self.found!r}, expected {self.expected!r}"


@dataclass(frozen=True, slots=True)
class Result:
    """One example run: `differences` is empty when it holds."""

    example: Example
    decision: Decision
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Whether all is as expected."""
        return not self.differences


def examples_file(policy_file: Path) -> Path:
    """Where the examples of a policy file are."""
    return policy_file.with_name(f"{policy_file.stem}.examples.toml")


def load_examples(file: Path, policy: Policy) -> Examples:
    """The examples in a file; raises PolicyFileError with every problem found. No file, no examples."""
    if not file.exists():
        return Examples(file, ())
    return read_examples(read_text(file), file, policy)


def read_examples(source: str, file: Path, policy: Policy) -> Examples:
    """The examples in a text; raises PolicyFileError with every problem found."""
    document = read_document(source, file)
    problems = Problems(file, source)
    problems.read(document)
    top = Reader(in_common_era(document.document, problems), (), problems)
    examples = [_example(reader, policy) for reader in top.tables("example")]
    equivalent = [_equivalent(reader) for reader in top.tables("equivalent")]
    top.done()
    names = [example.name for example in examples]
    for number, name in enumerate(names):
        if name in names[:number]:
            problems.add(("example", number, "name"), name, Said("own_example_name"))
    problems.raise_any()
    return Examples(file, tuple(examples), tuple(equivalent))


def _equivalent(reader: Reader) -> Equivalent:
    where = (*reader.where, "place")
    listed = Equivalent(
        place=reader.text("place"),
        change=reader.text("change"),
        reason=reader.text("reason"),
        line=reader.problems.line_at(where),
        key=key_text(where),
    )
    if reader.table.get("reason") == "":
        reader.problem("reason", "", Said("why_nobody_notices"))
    reader.done()
    return listed


def _example(reader: Reader, policy: Policy) -> Example:
    raw = _table(reader, "facts")
    facts: Mapping[str, Any] = {}
    try:
        facts = read_facts(policy, _nulls(raw))
    except FactProblem as error:
        for key, why in error.problems:
            wanted = why.values.get("expected")
            if why.key == "found_expected" and isinstance(wanted, Said):
                found = Said("as_it_stands", value=why.values["found"])
                reader.problems.add((*reader.where, "facts", *key.split(".")), found, wanted)
            else:
                reader.problem("facts", Said("of_fact", fact=key, why=why), Said("readable_facts"))
    known = known_facts(policy)
    unread = reader.texts("unread", ())
    for name in raw.keys() - known - set(unread):
        head, _, rest = name.partition(".")
        if rest and head in known:
            expected = Said("in_its_record", record=head, key=rest)
        else:
            expected = Said("fact_of_policy", near=did_you_mean(name, known))
        reader.problems.add((*reader.where, "facts", name), name, expected)
    if "contract.plan" not in unread:
        _check_plan(reader, facts, policy)
    for name in reader.table.keys() & known - {"name", "at", "ask"}:
        reader.take(name)
        reader.problem(name, Said("unknown_key"), Said("goes_in_facts", fact=name))
    settled = _table(reader, "settled")
    for name, option in settled.items():
        if name not in policy.readings or option not in policy.readings[name].options:
            reader.problem(
                "settled",
                {name: option},
                Said("reading_and_option", near=did_you_mean(name, policy.readings)),
            )
    expect = lists(_table(reader, "expect", needed=True))
    check_expect(reader, expect, policy)
    from deskui.policy.positions import line_of  # noqa: PLC0415 - costs a walk through the text

    example = Example(
        name=reader.text("name"),
        ask=reader.one_of("ask", policy.services),
        at=_instant(reader, policy),
        facts=facts,
        settled=settled,
        expect=expect,
        line=line_of(reader.problems.source, reader.where),
    )
    reader.done()
    return example


def _check_plan(reader: Reader, facts: Mapping[str, Any], policy: Policy) -> None:
    """A plan that no row speaks of is a slip: the request would silently be one of nobody's."""
    contract = facts.get("contract")
    plan = contract.get("plan") if isinstance(contract, Mapping) else None
    if not isinstance(plan, str) or plan == NOT_RECORDED:
        return
    plans = plans_told_apart(policy)
    if plan not in plans:
        expected = one_of(plans, plan) if plans else Said("no_plans")
        reader.problems.add((*reader.where, "facts", "contract", "plan"), plan, expected)


def _table(reader: Reader, key: str, *, needed: bool = False) -> Mapping[str, Any]:
    raw = reader.take(key) if needed else reader.take(key, {})
    if isinstance(raw, Mapping):
        return raw
    if raw is not None:
        reader.problem(key, raw, Said("table"))
    return {}


def _instant(reader: Reader, policy: Policy) -> datetime:
    raw = reader.take("at")
    if isinstance(raw, datetime):
        return raw.replace(tzinfo=policy.zone) if raw.tzinfo is None else raw.astimezone(policy.zone)
    if raw is not None:
        reader.problem("at", raw, Said("toml_datetime"))
    return datetime.min.replace(tzinfo=policy.zone)


def _nulls(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _nulls(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_nulls(item) for item in value]
    if isinstance(value, time):
        return value.isoformat()
    return None if value == NULL else value


def run(policy: Policy, examples: Iterable[Example]) -> list[Result]:
    """Decides every example."""
    return [run_one(policy, example) for example in examples]


def run_one(policy: Policy, example: Example) -> Result:
    """Decides one example and compares. Raises UnknownAsk when the policy has no such ask."""
    decision = decide(policy, example.ask, example.facts, example.at, example.settled)
    return Result(example, decision, tuple(_differences(example.expect, decision, policy)))


def breaks(policy: Policy, example: Example) -> bool:
    """Whether the example fails, be it by an error: the short way for many policies in turn."""
    try:
        return not run_one(policy, example).holds
    except Exception:  # whatever it is, it is not the expected answer
        return True


def _differences(expect: Mapping[str, Any], decision: Decision, policy: Policy) -> list[Difference]:
    shape = decision_to_json(decision)
    found: list[Difference] = []
    for key, wanted in expect.items():
        match key:
            case "rules":
                _subset(found, key, wanted, decision.rules)
            case "needs":
                _subset(found, key, wanted, decision.needs)
            case "first_rule":
                if decision.rules[:1] != (wanted,):
                    found.append(Difference(key, wanted, decision.rules[0] if decision.rules else None))
            case "flags":
                _subset(found, key, wanted, decision.flags)
            case "not_flags" | "not_rules":
                given = decision.flags if key == "not_flags" else decision.rules
                there = [name for name in wanted if name in given]
                if there:
                    found.append(Difference(key, wanted, there))
            case "runners_up":
                _subset(found, key, wanted, [miss.rule for miss in decision.runners_up])
            case "say":
                if wanted not in decision.say.th and wanted not in decision.say.en:
                    found.append(Difference(key, wanted, decision.say.th))
            case "targets":
                _targets(found, _as_json(wanted, policy), shape["targets"])
            case _:
                is_there = shape.get(key, ABSENT)
                due = _as_json(wanted, policy)
                if not _equal(due, is_there):
                    found.append(Difference(key, due, is_there))
    return found


def _subset(found: list[Difference], key: str, wanted: Sequence[str], there: Sequence[str]) -> None:
    if any(item not in there for item in wanted):
        found.append(Difference(key, list(wanted), list(there)))


def _targets(found: list[Difference], wanted: Any, there: list[dict[str, Any]]) -> None:
    """As many targets, each with the keys that the example names."""
    named = [
        {key: target.get(key, ABSENT) for key in due} for due, target in zip(wanted, there, strict=False)
    ]
    if len(wanted) != len(there) or not _equal(wanted, named):
        found.append(Difference("targets", wanted, named if len(wanted) == len(there) else there))


def _as_json(value: Any, policy: Policy) -> Any:
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=policy.zone) if value.tzinfo is None else value.astimezone(policy.zone)
        return aware.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _as_json(item, policy) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_json(item, policy) for item in value]
    return None if value == NULL else plain(value)


def _equal(one: Any, other: Any) -> bool:
    """Equal as JSON: 1 is 1.0, but true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    return bool(one == other)
