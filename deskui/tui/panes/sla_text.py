"""A clock in words: the pure half of the SLA pane."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from deskui.tui.dates import time_of_day
from deskui.tui.left import time_text, urgency
from deskui.tui.panes.verdict_text import Line
from deskui.tui.telling import Teller

if TYPE_CHECKING:
    from deskui.desk.model import ClockStep, ClockView, TicketDetail

__all__ = [
    "bar",
    "cited_line",
    "clock_lines",
    "left_words",
    "one_line",
    "pause_lines",
    "step_lines",
    "style_of",
]

_STYLES = {
    "none": "$text-muted",
    "running": "$text-success",
    "warning": "$text-warning",
    "breached": "$text-error",
    "past": "$text-warning",
    "outside": "$text-muted",
    "paused": "$text-muted",
    "done": "$text-success",
}
OWN = "~"
"""Stands before the time of a goal of our own, as in the queue."""
MOST_PERCENT = 999
"""Above it the figure says nothing more."""
_SILENT = frozenset({"closed", "day_off"})
"""Kinds of steps that are joined into one line: nobody asks why a night is not counted."""


def style_of(view: ClockView) -> str:
    """The style that goes with how the clock stands; its sign says it too."""
    return _STYLES[str(urgency(view))]


def left_words(view: ClockView, tell: Teller, own: str = "") -> str:
    """What is left or over, with the seconds under an hour: "2:48 left"; `own` before the time of a goal that
    nobody promised.
    """
    if view.met_at is not None:
        return tell.say("sla.met_at", at=tell.moment(view.met_at))
    running = str(view.state) in ("running", "due")
    text = time_text(view.left, view.day_length, running and view.left < timedelta(hours=1))
    sign = urgency(view).sign.strip()
    over = view.left < timedelta(0)
    mark = "" if view.promised else own
    word = tell.say("sla.over" if over else "sla.left", time=mark + text.removeprefix("-"))
    return f"{sign} {word}".strip()


def bar(view: ClockView, width: int) -> str:
    """How much of the goal is used: blocks and a percentage."""
    share = min(max(view.spent / view.work, 0.0), 1.0) if view.work else 1.0
    # what is over is never rounded down to all of it
    whole = math.ceil if view.left < timedelta(0) else round
    used = whole(100 * (view.spent / view.work)) if view.work else 100
    percent = f" {used:3} %" if used <= MOST_PERCENT else f" >{MOST_PERCENT} %"
    cells = max(width - len(percent), 1)
    full = round(share * cells)
    return "█" * full + "░" * (cells - full) + percent


def state_words(view: ClockView, tell: Teller) -> str:
    """How the clock stands; what nobody promised is past, not breached."""
    if _begins_later(view, tell):
        return tell.say("clock.begins", at=tell.moment(view.started_at))
    if view.met_at is not None and str(view.state) == "breached":
        return tell.say("clock.met_late")
    past = str(view.state) == "breached" and not view.promised
    return tell.word("clock", "past_goal" if past else str(view.state))


def _begins_later(view: ClockView, tell: Teller) -> bool:
    """Whether the vendor is open, and the clock stands still until an hour that was named."""
    return str(view.state) == "running" and view.started_at > tell.now


def clock_lines(view: ClockView, tell: Teller) -> list[Line]:
    """What is known of one clock below its countdown and bar."""
    lines = []
    if view.met_at is None:
        due = tell.say("sla.due", due=tell.moment(view.due_at)) if view.due_at else tell.say("sla.no_due")
        lines.append(Line(due, "bold"))
    lines.append(cited_line(view, tell))
    if not view.promised:
        lines.append(Line(tell.say("sla.goal"), "$text-warning"))
    state = state_words(view, tell)
    change = ""
    if view.next_change is not None and view.met_at is None and not _begins_later(view, tell):
        change = " · " + tell.say(
            "sla.closes" if view.open_now else "sla.opens", at=tell.moment(view.next_change)
        )
    lines.append(Line(state + change, "$text-muted"))
    spent, goal = (time_text(span, view.day_length) for span in (view.spent, view.work))
    lines.append(Line(tell.say("sla.spent", spent=spent, goal=goal), "$text-muted"))
    return lines


def cited_line(view: ClockView, tell: Teller) -> Line:
    """What the clock counts towards, and by which clause."""
    cited = [view.rule, view.clause] if view.clause else [view.rule]
    return Line(tell.say("sla.rule", kind=tell.word("kind", view.kind), rule=" · ".join(cited)))


def one_line(detail: TicketDetail, tell: Teller, view: ClockView | None) -> str:
    """The SLA of a ticket in one line, for a small screen."""
    number = f"#{detail.row.number}  "
    if detail.row.deferred_until is not None:
        return number + tell.say("sla.deferred", until=tell.moment(detail.row.deferred_until))
    if view is None:
        age = tell.span(tell.now - detail.row.received_at)
        return f"{number}{tell.say('sla.none')} · {tell.say('sla.age', age=age)}"
    kind, state = tell.word("kind", view.kind), state_words(view, tell)
    when = f"{kind} {tell.moment(view.due_at)}" if view.due_at else kind
    return number + tell.say("sla.line", left=left_words(view, tell, OWN), when=when, state=state)


def pause_lines(detail: TicketDetail, tell: Teller) -> list[str]:
    """What made a ticket stand still, when, why; how much is left, and what happens when it goes on."""
    pause = detail.pause
    if pause is None:
        return []
    held = str(detail.row.state) == "on_hold"
    at, who = tell.moment(pause.since), pause.agent or "—"
    lines = [tell.say("pause.hold" if held else "pause.since", at=at, who=who)]
    lines.append(tell.say("pause.why", reason=pause.reason) if pause.reason else tell.say("pause.no_why"))
    if held:
        return [*lines, tell.say("pause.runs_on")]
    for kind, left, day_length, due in pause.clocks:
        name, time = tell.word("kind", kind), time_text(left, day_length)
        if due is not None and due < tell.now:
            # missed before it was paused: nothing is left that could be planned
            lines.append(f"{name}: {tell.say('sla.over', time=time.removeprefix('-'))}")
            continue
        lines.append(tell.say("pause.left", kind=name, left=time))
        if due is not None:
            lines += [tell.say("pause.resume", due=tell.moment(due)), tell.say("pause.planned")]
    return lines


def step_lines(steps: Sequence[ClockStep], goal: timedelta, tell: Teller) -> list[Line]:
    """How a due time comes about: one line a stretch, and the sum; a paused clock is not at its goal."""
    total = sum((step.counted for step in steps), timedelta(0))
    told = "sla.sum" if total == goal else "sla.so_far"
    lines = [Line(tell.say(told, counted=_hours(total), goal=_hours(goal)), "bold $text-success")]
    for start, end, counted, kind, label in _joined(steps, tell):
        if kind == "counted":
            span = f"{tell.moment(start)} – {_end(start, end, tell)}"
            lines.append(Line(f"{span}  +{_hours(counted)}", "bold"))
        elif kind == "closed":
            lines.append(Line(tell.say("step.closed_to", at=tell.moment(end)), "$text-muted", 2))
        else:
            day = tell.full_day(start.astimezone(tell.zone).date())
            lines.append(Line(f"{day} {tell.word('step', kind)}", "$text-warning", 2))
            lines.append(Line(label, "italic", 4))
    return lines


def _joined(
    steps: Sequence[ClockStep], tell: Teller
) -> Iterator[tuple[datetime, datetime, timedelta, str, str]]:
    at = 0
    while at < len(steps):
        step = steps[at]
        last = at
        if step.kind in _SILENT:
            while last + 1 < len(steps) and steps[last + 1].kind in _SILENT:
                last += 1
        label = "" if step.kind in _SILENT or step.kind == "counted" else tell.text(step.label)
        kind = "closed" if step.kind in _SILENT else step.kind
        yield step.start, steps[last].end, step.counted, kind, label
        at = last + 1


def _end(start: datetime, end: datetime, tell: Teller) -> str:
    same_day = start.astimezone(tell.zone).date() == end.astimezone(tell.zone).date()
    return time_of_day(end, tell.zone) if same_day else tell.moment(end)


def _hours(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    text = f"{seconds // 3600}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text
