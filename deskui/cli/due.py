"""`deskui due`: by when must we have answered, how much is left, and why then."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from deskui.cli.errors import DONE, UsageProblem
from deskui.cli.language import told
from deskui.cli.library import get_policy, instant, open_library, policies_option
from deskui.cli.output import plain_text, print_json, print_table
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.policy.decision import Decision, Target
    from deskui.policy.policy import Policy
    from deskui.worktime import Step, WorkCalendar

Pause = tuple[datetime, datetime | None]

_HELP = """By when must we have answered, and why then.

Decides ASK at T and shows each time the terms promise: when it is due, what has passed, what is left, and the
steps that add up to it. The clock starts at T, unless a fact says when it was reported.
"""


@click.command(help=_HELP)
@click.option("--policy", "vendor", required=True, metavar="P", help="Id of the policy.")
@click.option("--ask", required=True, metavar="A", help="The service asked for.")
@click.option(
    "--at", required=True, metavar="T", help="When: ISO 8601, in the policy's zone without an offset."
)
@click.option("--now", metavar="T", help="The instant to tell the state at; the present when not given.")
@click.option(
    "--pause",
    "pauses",
    multiple=True,
    metavar="FROM,TO",
    help="The clock stood still between two instants; without TO it still does. May be repeated.",
)
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    help="A fact: yes or no, JSON, or else text. May be repeated.",
)
@policies_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def due(
    vendor: str,
    ask: str,
    at: str,
    now: str | None,
    pauses: tuple[str, ...],
    facts: tuple[str, ...],
    folder: str | None,
    as_json: bool,
) -> int:
    """Shows the promised times of one decision."""
    policy = get_policy(open_library(folder), vendor)
    start = instant(at, "--at", policy.zone)
    seen_at = _now(now, policy)
    stops = sorted((_pause(text, policy, seen_at) for text in pauses), key=lambda pause: pause[0])
    decision = _decision(policy, ask, start, facts)
    shape = _shape(policy, decision, stops, seen_at)
    if as_json:
        print_json(shape)
    else:
        _show(decision, shape)
    return DONE


def _now(text: str | None, policy: Policy) -> datetime:
    if text is not None:
        return instant(text, "--now", policy.zone)
    from deskui.clock import SystemClock  # noqa: PLC0415 - only when no instant is given

    return SystemClock().now().astimezone(policy.zone)


def _pause(text: str, policy: Policy, now: datetime) -> Pause:
    first, comma, last = text.partition(",")
    if not comma:
        raise UsageProblem(
            Text(
                th=f"--pause: {text!r} ต้องเป็น FROM,TO หรือ FROM, ถ้ายังหยุดอยู่",
                en=f"--pause: {text!r} is no FROM,TO (or FROM, when it still stands)",
            )
        )
    begins = instant(first, "--pause FROM", policy.zone)
    if not last.strip():
        if begins > now:
            raise UsageProblem(
                Text(
                    th=f"--pause: {first} ยังมาไม่ถึง จึงยังหยุดไม่ได้",
                    en=f"--pause: {first} is still to come: a pause without an end must have begun",
                )
            )
        return begins, None
    ends = instant(last.strip(), "--pause TO", policy.zone)
    if ends < begins:
        raise UsageProblem(
            Text(th=f"--pause: {text!r} จบก่อนเริ่ม", en=f"--pause: {text!r} ends before it begins")
        )
    return begins, ends


def _decision(policy: Policy, ask: str, at: datetime, given: tuple[str, ...]) -> Decision:
    from deskui.cli.requests import put_fact  # noqa: PLC0415 - help needs no facts
    from deskui.policy.decide import UnknownAsk, decide  # noqa: PLC0415 - the same
    from deskui.policy.facts import FactProblem, read_facts  # noqa: PLC0415 - the same
    from deskui.worktime import HolidayFileError, NeverCloses, NeverOpen  # noqa: PLC0415 - the same

    raw: dict[str, Any] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageProblem(
                Text(th=f"--fact: {text!r} ต้องเป็น NAME=VALUE", en=f"--fact: {text!r} is no NAME=VALUE")
            )
        put_fact(raw, name, _value(policy, name, value), "--fact")
    service = policy.services.get(ask)
    for spec in () if service is None else (spec for row in service.rows for spec in row.targets):
        if spec.begins != "at":
            raw.setdefault(spec.begins, at.isoformat())
    try:
        return decide(policy, ask, read_facts(policy, raw), at)
    except UnknownAsk as error:
        known = ", ".join(error.known)
        raise UsageProblem(
            Text(th=f"--ask: {policy.id} ไม่มี {ask!r} ที่มีคือ {known}", en=f"--ask: {error}")
        ) from None
    except FactProblem as error:
        said = error.said.text
        raise UsageProblem(Text(f"--fact {said.th}", f"--fact {said.en}")) from None
    except HolidayFileError as error:
        raise UsageProblem(Text(error.words.th, error.words.en)) from None
    except (NeverOpen, NeverCloses) as error:
        raise UsageProblem(str(error)) from None


def _value(policy: Policy, name: str, text: str) -> Any:
    """A typed value; yes and no, in either language, also say whether there is a record."""
    from deskui.cli.factvalues import yes_no  # noqa: PLC0415 - help needs no facts

    question = policy.questions.get(name)
    none = {"contract": {}, "machine": {"ma": True}}
    if name in none or (question is not None and question.kind == "yes_no"):
        with suppress(ValueError):
            said = yes_no(text)
            return said if name not in none else none[name] if said else None
    try:
        return json.loads(text)
    except ValueError:
        return text


def _shape(policy: Policy, decision: Decision, pauses: list[Pause], now: datetime) -> dict[str, Any]:
    return {
        "policy": policy.id,
        "version": policy.version,
        "ask": decision.ask,
        "outcome": decision.outcome,
        "needs": list(decision.needs),
        "now": now.isoformat(),
        "targets": [_clock(policy, target, pauses, now) for target in decision.targets],
    }


def _clock(policy: Policy, target: Target, pauses: list[Pause], now: datetime) -> dict[str, Any]:
    from deskui.worktime import NeverCloses, NeverOpen  # noqa: PLC0415 - help needs no calendar

    calendar = policy.calendar(target.calendar)
    stopped = any(ends is None for _, ends in pauses)
    calendar = calendar.with_breaks(
        [
            (begins, ends)
            for begins, ends in ((b, now if e is None else e) for b, e in pauses)
            if ends > begins
        ]
    )
    try:
        when = None if stopped else calendar.deadline(target.start, target.work)
        spent = calendar.elapsed(target.start, max(now, target.start))
        steps = [] if stopped else calendar.explain(target.start, target.work)
    except (NeverOpen, NeverCloses, ValueError) as error:
        raise UsageProblem(str(error)) from None
    left = target.work - spent
    paused = stopped or any(ends is not None and begins <= now < ends for begins, ends in pauses)
    return {
        "kind": target.kind,
        "rule": target.rule,
        "calendar": target.calendar,
        "start": target.start.isoformat(),
        "due": None if when is None else when.isoformat(),
        "state": _state(calendar, when, left, paused, now),
        "work_seconds": _seconds(target.work),
        "elapsed_seconds": _seconds(spent),
        "left_seconds": _seconds(left),
        "left": spoken(left),
        "pauses": [
            [begins.isoformat(), None if ends is None else ends.isoformat()] for begins, ends in pauses
        ],
        "steps": [_step(calendar, step) for step in steps],
    }


def _state(calendar: WorkCalendar, due: datetime | None, left: timedelta, paused: bool, now: datetime) -> str:
    # what was spent beyond the limit stays a breach, paused or not
    if left < timedelta(0) or (due is not None and now > due):
        return "breached"
    if due is not None and now == due:
        return "due"
    if paused:
        return "paused"
    return "running" if calendar.is_open(now) else "outside_hours"


def _step(calendar: WorkCalendar, step: Step) -> dict[str, Any]:
    from deskui.worktime import HolidaySet  # noqa: PLC0415 - help needs no calendar

    shape: dict[str, Any] = {
        "start": step.start.isoformat(),
        "end": step.end.isoformat(),
        "kind": step.kind,
        "counted_seconds": _seconds(step.counted),
        "day": step.day.isoformat(),
    }
    holiday = calendar.holidays.day(step.day) if isinstance(calendar.holidays, HolidaySet) else None
    if step.kind == "holiday" and holiday is not None:
        shape["holiday"] = {
            "th": holiday.th,
            "en": holiday.en,
            "source": holiday.source,
            "state": holiday.state,
        }
    return shape


def _seconds(length: timedelta) -> int | float:
    seconds = length.total_seconds()
    return int(seconds) if seconds == int(seconds) else seconds


def spoken(length: timedelta) -> str:
    """Working time as `3h10`, `m:ss` under an hour, with a minus when it is over."""
    sign = "-" if length < timedelta(0) else ""
    seconds = int(abs(length).total_seconds())
    if seconds < 3600:
        return f"{sign}{seconds // 60}:{seconds % 60:02}"
    return f"{sign}{seconds // 3600}h{seconds % 3600 // 60:02}"


_KINDS = {
    "counted": Text(th="นับ", en="counted"),
    "closed": Text(th="นอกเวลาทำการ", en="outside hours"),
    "day_off": Text(th="วันหยุดประจำสัปดาห์", en="day off"),
    "holiday": Text(th="วันหยุด", en="holiday"),
    "special": Text(th="เวลาพิเศษของวันนี้", en="special hours"),
    "break": Text(th="หยุดพักเวลา", en="paused"),
}


def _show(decision: Decision, shape: dict[str, Any]) -> None:
    from deskui.policy.common import common  # noqa: PLC0415 - JSON needs no words

    words = common().words
    outcome = words.get(f"outcome.{decision.outcome}", Text(decision.outcome, decision.outcome))
    click.echo(f"{decision.policy} {decision.ask}: {told(outcome)}")
    if decision.needs:
        click.echo(
            told(
                Text(
                    th=f"ต้องทราบก่อน (--fact): {', '.join(decision.needs)}",
                    en=f"needed first (--fact): {', '.join(decision.needs)}",
                )
            )
        )
    elif not shape["targets"]:
        click.echo(told(Text(th="ข้อกำหนดไม่ได้สัญญาเวลา", en="no time is promised")))
    for target in shape["targets"]:
        click.echo()
        kind = told(words.get(target["kind"], Text(target["kind"], target["kind"])))
        until = "—" if target["due"] is None else target["due"]
        state = told(words.get(target["state"], Text(target["state"], target["state"])))
        passed, left = spoken(timedelta(seconds=target["elapsed_seconds"])), target["left"]
        click.echo(f"{kind} ({target['rule']}): {until}")
        click.echo(
            told(
                Text(
                    th=f"ใช้ไป {passed} เหลือ {left} {state}",
                    en=f"{passed} passed, {left} left, {state}",
                )
            )
        )
        _show_steps(target["steps"])


def _show_steps(steps: list[dict[str, Any]]) -> None:
    rows: list[tuple[str, ...]] = []
    total = timedelta(0)
    for step in steps:
        first, last = (datetime.fromisoformat(step[end]) for end in ("start", "end"))
        counted = timedelta(seconds=step["counted_seconds"])
        total += counted
        name = step.get("holiday")
        label = told(_KINDS[step["kind"]])
        if name is not None:
            label += f": {plain_text(told(Text(name['th'], name['en'])))} ({plain_text(name['source'])})"
        same_day = first.date() == last.date()
        rows.append(
            (
                f"{first:%Y-%m-%d %H:%M}–{last:%H:%M}" if same_day else f"{first:%Y-%m-%d %H:%M}–24:00",
                spoken(counted) if counted else "",
                spoken(total) if counted else "",
                label,
            )
        )
    print_table(rows, indent="  ")
