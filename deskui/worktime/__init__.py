"""Working time: opening hours, holidays, deadlines and date periods; pure, standard library only."""

from __future__ import annotations

from deskui.worktime.errors import NeverCloses, NeverOpen
from deskui.worktime.holidays import HolidayFileError, HolidayProblem, load_holiday_set
from deskui.worktime.holidayset import Holiday, HolidaySet
from deskui.worktime.periods import (
    add_working_days,
    contract_year,
    contract_years,
    last_day,
    next_working_day,
    started_months_left,
)
from deskui.worktime.steps import Step
from deskui.worktime.workcalendar import HORIZON_YEARS, WorkCalendar

__all__ = [
    "HORIZON_YEARS",
    "Holiday",
    "HolidayFileError",
    "HolidayProblem",
    "HolidaySet",
    "NeverCloses",
    "NeverOpen",
    "Step",
    "WorkCalendar",
    "add_working_days",
    "contract_year",
    "contract_years",
    "last_day",
    "load_holiday_set",
    "next_working_day",
    "started_months_left",
]
