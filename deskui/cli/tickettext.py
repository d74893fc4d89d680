"""Tickets for people at a terminal: aligned, in the command's language, cleaned of control characters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from deskui.cli.due import spoken
from deskui.cli.language import told
from deskui.cli.output import plain_text, print_table
from deskui.desk.terms import HOME_ZONE
from deskui.desk.words import STATES, kind_name
from deskui.policy.common import common
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.desk.callmodel import Ring
    from deskui.desk.model import ClockStep, ClockView, TicketDetail, TicketRow

_HEAD = (
    Text("#", "#"),
    Text("เหลือ", "LEFT"),
    Text("กำหนด", "DUE"),
    Text("ลูกค้า", "CUSTOMER"),
    Text("แผน", "PLAN"),
    Text("เรื่อง", "WHAT"),
    Text("สถานะ", "STATE"),
    Text("ผู้ทำ", "WHO"),
)
_STOPPED = Text("หยุดแล้ว", "stopped")
_OWN_GOAL = Text("เป้าของเรา ไม่ใช่คำสัญญา", "our goal, not promised")


def say(th: str, en: str) -> str:
    """One of the two, by the language of the command."""
    return told(Text(th, en))


def clock_time(at: datetime | None) -> str:
    """An instant by the desk's clock, to the minute."""
    return "—" if at is None else f"{at.astimezone(HOME_ZONE):%Y-%m-%d %H:%M}"


def print_rows(rows: Sequence[TicketRow]) -> None:
    """The queue as a table, with a heading."""
    print_table([tuple(told(text) for text in _HEAD), *(_cells(row) for row in rows)])


def _cells(row: TicketRow) -> tuple[str, ...]:
    left = "—" if row.clock is None else spoken(row.clock.left)
    # a goal of our own must not pass for a promise
    mark = "" if row.promised or row.due_at is None else "~"
    return (
        "☎" if row.ring else str(row.number),
        left,
        mark + clock_time(row.due_at),
        plain_text(row.customer),
        plain_text(told(row.plan)),
        plain_text(row.title) if row.ring is None else _missed(row.ring),
        told(STATES[row.state]),
        plain_text(row.assignee or "—"),
    )


def _missed(ring: Ring) -> str:
    told_as = say(f"ไม่ได้รับสาย {ring.number} ×{ring.times}", f"missed call {ring.number} ×{ring.times}")
    return f"{plain_text(told_as)} {clock_time(ring.rang_at)}"


def print_done(row: TicketRow) -> None:
    """What became of a ticket, in one line."""
    parts = [f"#{row.number}", told(STATES[row.state]), plain_text(row.assignee or "—")]
    if row.due_at is not None and row.clock_kind is not None:
        parts.append(f"{told(kind_name(row.clock_kind))} {clock_time(row.due_at)}")
    click.echo("  ".join(parts))


def print_opened(detail: TicketDetail, particle: str) -> None:
    """Number, verdict, words to say and what is due, of a ticket just logged."""
    row = detail.row
    click.echo(f"#{row.number}  {plain_text(row.title)}")
    _print_verdict(detail, particle)
    for clock in detail.clocks:
        click.echo(_clock_line(clock))


def print_detail(
    detail: TicketDetail, particle: str, steps: Sequence[tuple[ClockView, Sequence[ClockStep]]]
) -> None:
    """A whole ticket, with the way to each due time where `steps` has it."""
    row = detail.row
    click.echo(f"#{row.number}  {plain_text(row.title)}")
    who = " · ".join(plain_text(part) for part in (row.customer, detail.contact, detail.phone) if part)
    print_table(
        [
            (say("ลูกค้า", "customer"), who),
            (say("แผน", "plan"), plain_text(told(row.plan))),
            (say("บริการ", "service"), plain_text(f"{told(row.service_name)} ({row.policy} {row.service})")),
            *_things(detail),
            (say("สถานะ", "state"), told(STATES[row.state])),
            (say("ผู้ทำ", "agent"), plain_text(row.assignee or "—")),
            (say("รับเมื่อ", "received"), clock_time(row.received_at)),
            (say("รุ่นที่", "version"), str(row.version)),
        ],
        indent="  ",
    )
    _print_verdict(detail, particle)
    _print_parts(detail)
    explained = {clock.clock_id: found for clock, found in steps}
    for clock in detail.clocks:
        click.echo(_clock_line(clock))
        _print_steps(explained.get(clock.clock_id, ()))
    click.echo()
    for entry in detail.entries:
        first, *others = told(entry.text).split("\n")
        who = plain_text(entry.agent or "—")
        of = f"#{entry.number}: " if entry.number else ""
        click.echo(f"  {clock_time(entry.at)}  {who}  {of}{plain_text(first)}")
        for line in others:
            click.echo(f"      {plain_text(line)}")


def _things(detail: TicketDetail) -> list[tuple[str, str]]:
    """The product it is about, and its machine."""
    named = ((say("สินค้า", "product"), detail.product), (say("เครื่อง", "machine"), detail.machine))
    lines = []
    for label, thing in named:
        if thing is not None:
            serial = f"S/N {thing.serial}" if thing.serial else ""
            branch = say(f"สาขา {thing.branch}", f"branch {thing.branch}") if thing.branch else ""
            parts = (thing.name, branch, serial)
            lines.append((label, plain_text(" · ".join(part for part in parts if part))))
    return lines


def _print_parts(detail: TicketDetail) -> None:
    """Where it went, what is part of it, and why it stands still."""
    if detail.merged_into is not None:
        click.echo("  " + say(f"รวมอยู่ใน #{detail.merged_into}", f"part of #{detail.merged_into}"))
    for part in detail.merged:
        who = " · ".join(plain_text(text) for text in (part.customer, part.contact, part.phone) if text)
        click.echo("  " + say(f"รวม #{part.number} ไว้", f"holds #{part.number}") + f"  {who}")
    pause = detail.pause
    if pause is not None:
        who, since = plain_text(pause.agent or "—"), clock_time(pause.since)
        why = f": {plain_text(pause.reason)}" if pause.reason else ""
        click.echo("  " + say(f"หยุดรอตั้งแต่ {since} โดย {who}", f"waiting since {since}, {who}") + why)
        for kind, left, _day, due in pause.clocks:
            if due is None:
                continue
            told_kind, when = told(kind_name(kind)), clock_time(due)
            th = f"{told_kind}เหลือ {spoken(left)} ถ้าทำต่อตอนนี้ครบกำหนด {when}"
            en = f"{told_kind}: {spoken(left)} left, due {when} if it went on now"
            click.echo("    " + say(th, en))


def _print_verdict(detail: TicketDetail, particle: str) -> None:
    decision = detail.decision
    if decision is None:
        return
    outcome = common().words.get(f"outcome.{decision.outcome}", Text(decision.outcome, decision.outcome))
    rules = "; ".join(plain_text(f"{reason.rule} {reason.clause}") for reason in decision.reasons)
    click.echo(f"  {say('คำตอบ', 'verdict')}: {told(outcome)}  [{rules}]")
    words = plain_text(told(decision.say.spoken(particle)))
    if words:
        click.echo(f"  {say('พูดว่า', 'say')}: {words}")


def _clock_line(clock: ClockView) -> str:
    word = clock.state.value
    state = told(_STOPPED if word == "stopped" else common().words.get(word, Text(word, word)))
    parts = [
        f"  {told(kind_name(clock.kind))}: {clock_time(clock.met_at or clock.due_at)}",
        say(f"เหลือ {spoken(clock.left)}", f"{spoken(clock.left)} left"),
        plain_text(state),
        plain_text(f"[{clock.rule} {clock.clause}]") if clock.promised else f"({told(_OWN_GOAL)})",
    ]
    return "  ".join(parts)


def _print_steps(steps: Sequence[ClockStep]) -> None:
    print_table(
        [
            (
                f"{clock_time(step.start)} – {clock_time(step.end)}",
                spoken(step.counted) if step.counted else "",
                plain_text(told(step.label)),
            )
            for step in steps
        ],
        indent="      ",
    )
