"""Who hears later what the supervisor says: nobody was on duty when it was asked, and the caller was told
when somebody will be. The ticket counts towards that by a goal of the desk's own (X-16).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from deskui.desk import clocks as running
from deskui.desk.advicerecords import QuestionRecord
from deskui.desk.goals import OWN_RULE
from deskui.desk.records import ClockRecord
from deskui.desk.terms import Terms
from deskui.desk.work import Work
from deskui.worktime import WorkCalendar

WITHIN = timedelta(hours=1)
"""Working time after the supervisor is there again within which the caller is told."""


def told_by(terms: Terms, policy: str, looked_at: datetime) -> datetime:
    """By when a caller is told what the supervisor, who looks at it at `looked_at`, said."""
    _, calendar = _hours(terms, policy)
    return calendar.deadline(looked_at, WITHIN)


def told_clock(
    terms: Terms, question: QuestionRecord, ticket_id: int, clocks: Iterable[ClockRecord]
) -> ClockRecord | None:
    """The clock of a ticket about which `question` waits for another day; None for any other question.

    It is a call-back; where the ticket has one to make already, the result that is told by another.
    """
    if question.state != "open" or question.due_at is None:
        return None
    name, calendar = _hours(terms, question.policy)
    calls = any(clock.kind == "callback" and running.is_open(clock) for clock in clocks)
    goal = running.Goal("result" if calls else "callback", OWN_RULE, "", False, name, WITHIN)
    return running.start_clock(goal, ticket_id, question.policy, calendar, question.due_at)


def start_told(work: Work, question: QuestionRecord) -> bool:
    """Starts that clock on a ticket that is there already; whether there is one. `work` is planned by the
    caller.
    """
    clock = told_clock(work.terms, question, work.ticket.ticket_id, work.clocks)
    if clock is None:
        return False
    if work.ticket.state.category == "paused":
        clock = running.pause(clock, work.calendar(clock), work.at)
    work.start(clock)
    return True


def stop_told(work: Work, question: QuestionRecord) -> bool:
    """Stops it when nobody has to be told any more; whether it ran. `work` is planned by the caller."""
    if question.due_at is None:
        return False
    began, found = question.due_at.astimezone(UTC), False
    for place, clock in enumerate(work.clocks):
        if clock.rule == OWN_RULE and clock.started_at == began and running.is_open(clock):
            work.put(place, running.stop(clock, work.last_hours(clock), work.at), None)
            found = True
    return found


def _hours(terms: Terms, policy: str) -> tuple[str, WorkCalendar]:
    # terms without hours have no calendar: the wall clock counts
    name = terms.policy(policy).main_calendar or ""
    return name, terms.calendar(policy, name)
