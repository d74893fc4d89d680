"""Working time: opening hours, holidays, deadlines and date periods; pure, standard library only."""

from __future__ import annotations

from deskui.worktime.errors import NeverCloses, NeverOpen
from deskui.worktime.steps import Step
from deskui.worktime.workcalendar import HORIZON_YEARS, WorkCalendar

__all__ = ["HORIZON_YEARS", "NeverCloses", "NeverOpen", "Step", "WorkCalendar"]
