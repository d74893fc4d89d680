"""Clock views for tests of what ticks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from deskui.desk.model import ClockState, ClockView

AT = datetime(2026, 11, 23, 3, 42, tzinfo=UTC)
"""Monday 10:42 in Bangkok."""
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def clock_view(
    left: timedelta,
    work: timedelta = 8 * HOUR,
    state: ClockState = ClockState.RUNNING,
    next_change: datetime | None = None,
    *,
    promised: bool = True,
    open_now: bool = True,
    met: bool = False,
    clock_id: int = 1,
) -> ClockView:
    """A clock with `left` of its `work`, read at AT; open eight hours a day, closed sixteen."""
    due = AT + left
    if not open_now and next_change is not None:
        due = next_change + left
    elif next_change is not None and due > next_change:
        due += 16 * HOUR
    return ClockView(
        clock_id=clock_id,
        kind="callback",
        rule="BP-03",
        clause="§2",
        promised=promised,
        state=state,
        started_at=AT - (work - left),
        work=work,
        spent=work - left,
        left=left,
        due_at=None if state is ClockState.PAUSED else due,
        met_at=AT if met else None,
        breached_at=AT + left if left < timedelta(0) else None,
        day_length=8 * HOUR,
        next_change=next_change,
        open_now=open_now,
    )
