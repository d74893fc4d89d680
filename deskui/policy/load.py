"""Reads a policy file: TOML → Policy, strictly, with every problem at once.

The format, in the order a file usually has it (every table but [policy] may be left out):

    [policy]        id, version, name, short (th, en), source; zone, vat ("stated" / "not_stated"), cover
    [contact.NAME]  value, th, en
    [calendar.NAME] mon = ["09:00-17:00"] … ("mon-fri" works); holidays = set; closed, open = [dates], in the
                    calendar of the gate for all that know holidays; holiday_hours = ["09:00-12:00"]
    [gate]          calendar, closed = rules, rule = rules for days not stated, not_stated =
                    {sat = "staffed"}; without any hours only not_stated = {always = "staffed"};
                    holiday_reading = NAME where it is open to doubt whether a holiday is a free day
    [restricted]    days = ["sat"], until, rule, items = [{rule, services, when}, …]
    [set]           NAME = [values], for conditions
    [rule]          ID = [clause, th, en], and a basis or "card" (for information only) as the fourth; one
                    that comes with its service may be a table: [rule.ID] clause, th, en, basis, card = true
    [figure]        NAME = a figure; in any row { figure = NAME } stands for it
    [question.FACT] kind, th, en; choices = [{value, key, also, th, en, services}]; unit = {th, en};
                    a choice with is = {DERIVED = value}, rule tells that fact, before the rows of [derive.…];
                    record; fraction; default = an answer, where the terms say what holds when nobody said;
                    desk = "covered_waiting" where the desk's own queue tells;
                    unrecorded = {ask, rule}; asked = false where nobody can know while the caller talks;
                    first = true where it is asked before the others; proof = [{value, key, th, en}] where
                    the desk keeps how a yes was made sure of
    [reading.NAME]  rule or rules, default, flags (of what hangs on it), options.VALUE = {th, en}: what the
                    terms leave open; every rule whose basis is an interpretation has one. Conditions test it
                    as reading.NAME; or an option has figures, or `then` with its figures, for the rows that
                    rest on its rules (or on rests_on = rules, of services); holidays = false: free days
                    are days like any other
    [own_terms]     rule = rules by which a customer's own contract prevails; over = the rules it may change,
                    all if not said. What it says is a fact of the contract, see `ownterms`
    [derive.NAME]   rows = [{when, is = value or figure, rule}], labels.VALUE = {th, en}, attainable =
                    [values]; or measure = {from, to, unit = hours | days | years (those between two), to_day}
    [[before]]      a row asked before a service's own (contract, class), with services = [names or a set], or
                    all_but = [names or a set]: every other service, one that comes new as well; or rows = […]
                    of the same services, with every, see [service.NAME]
    [[remark]]      rule, when, flags, services or all_but: what to know beside an answer; changes none
    [service.NAME]  th, en, keywords, call, staffed, counter, flags, say, like = other service, rows = […];
                    every = {…}: what each row says unless it says otherwise, rules and conditions besides its
                    own; one with an outcome (then) is of the rows that name none
    [service.GROUP] every, call, staffed, counter, like: what several services share, each of which is a line
                    of [service.GROUP.services] NAME = [th, en, [keywords], { its row, or what differs }]
    [table.NAME]    bands = [{from, to, COLUMN = figure, "lost" or {dated = […]}}], list.COLUMN = price before
                    discount, dated too;
                    outside, lost."6:one" = what is known of cells without a figure: a hint, and its rule
    [word.NAME]     th, en: what a row may name as its prerequisite, redirect, refer_to or one of its extras
    [ranking.NAME]  rows = [{when, rank | reject = true, rule}], by = ["received_at", "-votes"]

A row: rule, when, then = outcome, figures by name, and with some outcomes: quota, units, counter, used (a
number or a fact), with_counters, ever, over (a row); percent, list_price, times; until, after (a fact); hint;
targets = [{kind, work | working_days, calendar, starts, restart = conditions}]; flags; say; from, to (days
between which the row is in force). The first row whose every condition holds wins.

A condition: `fact = value`, `fact = [values]`, or tests: above, below, min, max; from, until (dates); in,
not_in (sets); not; within, past (periods); month_of, later_than, earlier_than (another date fact); weekday,
workday (of a date); has; known. "null" stands for known to be none. Besides facts: at.weekday, at.holiday,
at.date, at.window (the first calendar that is open, or "closed"), contract.state, machine.state,
machine.year_state (in whole calendar years), used, used.COUNTER (of any counter, as the record says).

A figure: a constant, or {fact, or = figure or another fact}, {each, per, less, plus = {each, of, after, per,
parts}}, {percent, of}, {after, months …}, {before, hours, of_day}, {working_days, after, calendar}, {target =
due | minutes_left | state | minutes | hours}, {open = calendar}, {prorate, on, from, until, give, whole},
{order, by}, {sum = [figures]}, {dated = [{from, to, is = figure or "lost"}]}: the version of the day, and
{table, row, column = fact or facts, give = each | total | percent}, with `of` a list: the sum over its items,
those alike in the fact `together` ("*": all) sharing a band.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deskui.policy import vocabulary as words
from deskui.policy.brief import spelled_out
from deskui.policy.common import common
from deskui.policy.decision import Text
from deskui.policy.digest import digest
from deskui.policy.filetext import beyond_reading, read_document, read_text
from deskui.policy.model import Rule
from deskui.policy.openings import read_calendar, read_gate, read_restricted, share_days
from deskui.policy.policy import (
    Derived,
    DerivedRow,
    Policy,
    Remark,
    Row,
    Service,
)
from deskui.policy.pricetables import read_table
from deskui.policy.problems import Problems, Reader
from deskui.policy.questions import read_question
from deskui.policy.readings import read_own_terms_rule, read_reading
from deskui.policy.rows import Names, of_a_row, read_figure, read_row
from deskui.policy.said import Said
from deskui.policy.sense import check_names, check_sense, check_values, check_words
from deskui.policy.tables import Rank, Ranking
from deskui.policy.years import in_common_era
from deskui.worktime import HolidaySet


def load_policy(path: Path, holiday_set: Callable[[str], HolidaySet]) -> Policy:
    """The policy in a file. Raises PolicyFileError with every problem found."""
    return read_policy(read_text(path), path, holiday_set)


def read_policy(
    source: str, path: Path, holiday_set: Callable[[str], HolidaySet], problems: Problems | None = None
) -> Policy:
    """The policy in a text. Raises PolicyFileError with every problem found; what can only be told of a whole
    policy (rows that are never reached, work that waits for no day) once its form is right.

    `problems` of the same text may be given by who has more to look at in the policy.
    """
    document = read_document(source, path)
    problems = problems or Problems(path, source)
    problems.read(document)
    try:
        policy = _build(in_common_era(document.document, problems), holiday_set, problems)
    except RecursionError as error:
        raise beyond_reading(path) from error
    if problems.found:
        check_values(policy, problems)
    else:
        check_sense(policy, problems)
    if problems.found:
        check_words(policy, problems)
    problems.raise_any()
    return policy


def build_policy(document: Mapping[str, Any], path: Path, holiday_set: Callable[[str], HolidaySet]) -> Policy:
    """The policy in a parsed document, of no version. Raises PolicyFileError with every problem found."""
    problems = Problems(path)
    policy = _build(document, holiday_set, problems)
    problems.raise_any()
    return policy


def _build(
    document: Mapping[str, Any], holiday_set: Callable[[str], HolidaySet], problems: Problems
) -> Policy:
    if not document:
        problems.add((), Said("empty_file"), Said("terms_of_vendor"))
        problems.raise_any()
    full = spelled_out(document, problems)
    # a change that is only tried out needs no version
    policy = _Loader(full, problems).policy(digest(full) if problems.source else "", holiday_set)
    if policy.id and problems.file.stem != policy.id:
        problems.add(("policy", "id"), policy.id, Said("own_name", name=repr(problems.file.stem)))
    return policy


_RULE_ID = re.compile(r"[A-Z][A-Z0-9]*-\d+")


class _Loader:
    def __init__(self, document: Mapping[str, Any], problems: Problems) -> None:
        self.problems = problems
        self.top = Reader(document, (), problems)
        self.names = Names(
            problems=problems,
            rules=self.named("rule") | common().rules.keys(),
            sets=self.sets(),
            calendars=self.named("calendar"),
            services=self.named("service"),
            tables=self.named("table"),
            rankings=self.named("ranking"),
            readings=self.named("reading"),
            own_rules=self.named("rule"),
            words={name: self.text(reader) for name, reader in self.top.named("word").items()},
        )

    def named(self, key: str) -> frozenset[str]:
        table = self.top.table.get(key, {})
        return frozenset(table) if isinstance(table, Mapping) else frozenset()

    def sets(self) -> dict[str, tuple[Any, ...]]:
        sets = self.top.take("set", {})
        if not isinstance(sets, Mapping):
            self.top.problem("set", sets, Said("table_of_lists"))
            return {}
        reader = Reader(sets, ("set",), self.problems)
        return {name: reader.texts(name) for name in sets}

    def policy(self, digest: str, holiday_set: Callable[[str], HolidaySet]) -> Policy:
        top = self.top
        head = Reader(top.take("policy"), ("policy",), self.problems)
        questions = {
            key: read_question(key, table, self.names) for key, table in top.named("question").items()
        }
        calendars = {name: read_calendar(reader) for name, reader in top.named("calendar").items()}
        gate = read_gate(top, self.names, calendars)
        policy = Policy(
            id=head.text("id"),
            version=f"{head.text('version')}+{digest}",
            name=head.both("name") or Text("", ""),
            short=head.both("short") or Text("", ""),
            zone=self.zone(head),
            source=head.text("source"),
            vat_stated=head.one_of("vat", {"stated", "not_stated"}, "not_stated") == "stated",
            cover=head.text("cover", None) or None,
            contacts={name: self.contact(reader) for name, reader in top.named("contact").items()},
            calendars=share_days(calendars, gate, self.problems),
            gate=gate,
            restricted=read_restricted(top, self.names),
            rules={name: self.rule(name, reader) for name, reader in top.named("rule").items()},
            questions={name: pair[0] for name, pair in questions.items()},
            unrecorded={name: pair[1] for name, pair in questions.items() if pair[1] is not None},
            readings={
                name: read_reading(name, reader, self.names) for name, reader in top.named("reading").items()
            },
            derived={name: self.derive(name, reader) for name, reader in top.named("derive").items()},
            before=tuple(read_row(reader, self.names, "", about=True) for reader in top.tables("before")),
            remarks=tuple(self.remark(reader) for reader in top.tables("remark")),
            services=self.services(),
            tables={name: read_table(reader, self.names) for name, reader in top.named("table").items()},
            rankings={name: self.ranking(reader) for name, reader in top.named("ranking").items()},
            holiday_set=holiday_set,
            words=self.names.words,
            own_terms=read_own_terms_rule(top, self.names),
        )
        head.done()
        top.may_have("figure")
        for key in top.table.keys() & {"example", "equivalent"}:
            beside = f"{self.problems.file.stem}.examples.toml"
            top.take(key)
            top.problem(key, Said("unknown_key"), Said("belongs_in_examples", key=key, file=beside))
        top.done()
        check_names(policy, self.names)
        return policy

    def zone(self, head: Reader) -> ZoneInfo:
        name = head.text("zone", "Asia/Bangkok")
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            head.problem("zone", name, Said("time_zone"))
            return ZoneInfo("UTC")

    def contact(self, reader: Reader) -> tuple[str, Text]:
        contact = reader.text("value"), Text(reader.text("th"), reader.text("en"))
        reader.done()
        return contact

    def rule(self, name: str, reader: Reader) -> Rule:
        if not _RULE_ID.fullmatch(name):
            reader.problem(None, Said("the_id", id=repr(name)), Said("capitals_and_number"))
        rule = Rule(
            id=name,
            clause=reader.text("clause"),
            basis=reader.one_of("basis", words.BASES, "explicit"),
            text=Text(reader.text("th"), reader.text("en")),
            card=reader.flag("card"),
        )
        reader.done()
        return rule

    def remark(self, reader: Reader) -> Remark:
        remark = Remark(
            rules=self.names.rule_ids(reader),
            when=self.names.conditions(reader),
            flags=reader.texts("flags", ()),
            services=self.names.service_set(reader),
        )
        reader.done()
        return remark

    def text(self, reader: Reader) -> Text:
        text = Text(reader.text("th"), reader.text("en"))
        reader.done()
        return text

    def derive(self, name: str, reader: Reader) -> Derived:
        rows = []
        for item in reader.tables("rows"):
            rules = self.names.rule_ids(item, needed=False)
            rows.append(DerivedRow(rules, self.names.conditions(item), self.derived_value(item)))
            item.done()
        labels = {key: self.text(label) for key, label in reader.named("labels").items()}
        measure, to_day = None, False
        raw = reader.take("measure", None)
        if raw is not None:
            inner = Reader(raw, (*reader.where, "measure"), self.problems)
            measure = (inner.text("from"), inner.text("to"), inner.one_of("unit", {"hours", "days", "years"}))
            for end in inner.table.keys() & {"from", "to"}:
                self.names.use(inner.text(end), (*inner.where, end))
            to_day = inner.flag("to_day")
            inner.done()
        if (measure is None) != bool(rows):
            either = Said("nothing") if measure is None else Said("rows_and_measure")
            reader.problem("rows", either, Said("rows_or_measure"))
        attainable = frozenset(reader.texts("attainable", ()))
        reader.done()
        return Derived(name, tuple(rows), labels, attainable, measure, to_day)

    def derived_value(self, item: Reader) -> Any:
        """What a row says: a value, or a figure that is worked out as those of services are."""
        value = item.take("is")
        if not isinstance(value, Mapping):
            return value
        return read_figure(item, "is", "money", self.names)

    def services(self) -> dict[str, Service]:
        readers = self.top.named("service")
        services: dict[str, Service] = {}
        likes: dict[str, str] = {}
        for name, reader in readers.items():
            counter = reader.text("counter", name)
            rows: tuple[Row, ...] = tuple(
                read_row(item, self.names, counter) for item in reader.tables("rows")
            )
            if "like" in reader.table:
                likes[name] = reader.one_of("like", self.names.services - {name})
            elif not reader.table.get("rows"):
                reader.problem("rows", Said("nothing"), Said("row_or_like"))
            services[name] = Service(
                id=name,
                name=Text(reader.text("th"), reader.text("en")),
                keywords=self.keywords(reader),
                call=reader.flag("call", True),
                staffed=reader.flag("staffed", True),
                counter=counter,
                rows=rows,
                flags=reader.texts("flags", ()),
                say=reader.both("say", needed=False),
            )
            reader.may_have("like", "every")
            for key in reader.untaken():
                if (named := of_a_row(key)) is not None:
                    reader.take(key)
                    reader.problem(key, Said("unknown_key"), Said("goes_in_row", key=named))
            reader.done()
        for name, like in likes.items():
            if like in services:
                own, other = services[name], services[like]
                services[name] = Service(
                    own.id, own.name, own.keywords, own.call, own.staffed, other.counter,
                    own.rows + other.rows, own.flags, own.say,
                )  # fmt: skip
        return services

    def keywords(self, reader: Reader) -> tuple[str, ...]:
        keywords = reader.texts("keywords", ())
        if any("," in word for word in keywords):
            reader.problem("keywords", reader.table["keywords"], Said("keywords_apart"))
        return keywords

    def ranking(self, reader: Reader) -> Ranking:
        rows = []
        for item in reader.tables("rows"):
            reject = item.flag("reject")
            rank = None if reject else item.count("rank")
            rows.append(Rank(self.names.conditions(item), rank, self.names.rule_ids(item, needed=False)))
            item.done()
        by = tuple((name.lstrip("-"), name.startswith("-")) for name in reader.texts("by", ()))
        ranking = Ranking(tuple(rows), by)
        reader.done()
        return ranking
