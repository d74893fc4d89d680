"""What is known besides the terms, in words: known problems, and what the supervisor said. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskui.tui.panes.sla_text import one_line, style_of
from deskui.tui.panes.verdict_text import Line

if TYPE_CHECKING:
    from deskui.desk.advicemodel import Asked, Problem
    from deskui.desk.model import TicketDetail, TicketRow
    from deskui.policy.decision import Decision, Text
    from deskui.tui.telling import Teller

__all__ = ["advice_lines", "follow_lines", "problem_name", "said_words", "same_lines", "words_first"]

MOST = 3
"""Known problems that are named; the key offers all."""
MOST_ENTRIES = 6
"""Newest lines of the history of a ticket that a call is about."""
GRANTED = "override"
"""Flag of a decision that stands as it was granted."""


def advice_lines(
    asked: Asked | None,
    problems: Sequence[Problem],
    attached: int | None,
    decision: Decision | None,
    service: Text | None,
    tell: Teller,
) -> list[Line]:
    """What stands above the verdict of a service; a problem of another service says of which."""
    lines = [] if asked is None else [_asked(asked, decision, tell)]
    about = next((one for one in problems if one.problem_id == attached), None)
    if about is not None:
        lines.append(
            Line(tell.say("problem.attached", n=about.problem_id, title=about.title), "bold $text-success")
        )
    elif problems:
        lines += [Line(problem_name(one, tell, service), "bold $text-warning") for one in problems[:MOST]]
        lines.append(Line(tell.say("problem.attach"), "$text-muted", 2))
    return lines


def problem_name(problem: Problem, tell: Teller, about: Text | None = None) -> str:
    """A known problem in one line, with the service it is of, unless that is what the line stands at."""
    named = tell.say("problem.known", n=problem.problem_id, title=problem.title)
    if problem.service_name is None or problem.service_name == about:
        return named
    return f"{named} · {tell.text(problem.service_name)}"


def same_lines(row: TicketRow, tell: Teller) -> list[Line]:
    """That the caller has an open ticket about the same service, and the key that continues it."""
    return [
        Line(tell.say("follow.same", number=row.number, title=row.title), "bold $text-warning"),
        Line(tell.say("follow.key"), "$text-muted", 2),
    ]


def follow_lines(detail: TicketDetail, tell: Teller) -> list[Line]:
    """The open ticket a call is about: who has it, what time is left, what was done."""
    row = detail.row
    who = row.assignee or tell.say("follow.nobody")
    lines = [
        Line(tell.say("follow.on", number=row.number), "bold $text-success"),
        Line(row.title, "bold"),
        Line(" · ".join((tell.text(row.service_name), tell.say(f"state.{row.state}"), who))),
    ]
    if row.clock is not None:
        lines.append(Line(one_line(detail, tell, row.clock), f"bold {style_of(row.clock)}"))
    if row.deferred_until is not None:
        lines.append(
            Line(tell.say("ticket.deferred", until=tell.moment(row.deferred_until)), "$text-warning")
        )
    for entry in detail.entries[-MOST_ENTRIES:]:
        lines.append(Line(f"{tell.moment(entry.at)} {entry.agent or ''}", "$text-muted"))
        lines.append(Line(tell.text(entry.text), "", 2))
    return [*lines, Line(tell.say("follow.own"), "$text-muted")]


def _asked(asked: Asked, decision: Decision | None, tell: Teller) -> Line:
    who = asked.answered_by or "—"
    if asked.state == "open":
        if asked.due_at is None:
            return Line(tell.say("ask.open", n=asked.question_id), "bold $text-accent")
        return Line(
            tell.say("ask.due", n=asked.question_id, due=tell.moment(asked.due_at)), "bold $text-accent"
        )
    if asked.state == "granted":
        if decision is not None and decision.outcome != "ask" and GRANTED not in decision.flags:
            return Line(tell.say("ask.granted_other", who=who), "bold $text-warning")
        return Line(said_words(asked, tell), "bold $text-success")
    if asked.state == "refused":
        return Line(said_words(asked, tell), "bold $text-error")
    if asked.state == "answered":
        return Line(said_words(asked, tell), "bold $text-accent")
    return Line(tell.say("ask.withdrawn"), "$text-muted")


def said_words(asked: Asked, tell: Teller) -> str:
    """What the supervisor said, with the price where one was named."""
    who = asked.answered_by or "—"
    if asked.state == "granted" and asked.amount:
        return tell.say("ask.granted_for", who=who, amount=tell.money(asked.amount), reply=asked.reply)
    return tell.say(f"ask.{asked.state}", who=who, reply=asked.reply)


def words_first(asked: Asked | None, problems: Sequence[Problem], attached: int | None) -> Text | None:
    """What is said before anything the terms would say: the text of the known problem, or that the
    supervisor is being asked.
    """
    about = next((one for one in problems if one.problem_id == attached), None)
    if about is not None:
        return about.say
    if asked is not None and asked.state == "open" and (asked.words.th or asked.words.en):
        return asked.words
    return None
