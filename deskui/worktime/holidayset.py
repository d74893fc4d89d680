"""A named set of holidays: reviewed days, the desk's own changes, provisional days of other years (X-11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Literal, get_args

from deskui.dataclass import dataclass
from deskui.worktime.hours import plain_date

State = Literal["confirmed", "provisional", "awaited"]
STATES: tuple[State, ...] = get_args(State)

Language = Literal["th", "en"]


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day of a set. `date` is None only for an awaited day whose date is not known; `year` always is.

    State: confirmed; provisional (counts as a holiday, shown as not certain); awaited (does not count).
    """

    year: int
    date: date | None
    th: str
    en: str
    state: State
    source: str

    @property
    def counts(self) -> bool:
        """Whether the day is taken off the working time."""
        return self.date is not None and self.state != "awaited"

    def name(self, language: Language = "en") -> str:
        """The name in Thai or English."""
        return self.th if language == "th" else self.en


@dataclass(frozen=True, slots=True)
class OtherYears:
    """What the `holidays` package is asked for years that nobody has reviewed.

    `leave_out` are names as the package gives them in English; a substitution day goes with its day.
    """

    country: str
    categories: tuple[str, ...]
    leave_out: frozenset[str]


@lru_cache(maxsize=256)
def computed_days(rule: OtherYears, year: int) -> Mapping[date, Holiday]:
    """The days of `year` from the `holidays` package, all provisional; none outside the years it knows."""
    # 50 ms and 14 MB that a desk in a reviewed year never pays
    import holidays  # noqa: PLC0415
    from holidays.version import __version__  # noqa: PLC0415

    def names(language: str) -> Mapping[date, str]:
        return holidays.country_holidays(
            rule.country, years=year, categories=rule.categories, language=language, expand=False
        )

    source = f"holidays {__version__}, computed; {year} has not been reviewed"
    thai = names("th")
    found: dict[date, Holiday] = {}
    for day, text in sorted(names("en_US").items()):
        kept = [name for name in text.split("; ") if name.removesuffix(" (in lieu)") not in rule.leave_out]
        if kept:
            found[day] = Holiday(year, day, thai.get(day, text), "; ".join(kept), "provisional", source)
    return found


class HolidaySet:
    """Dates that are holidays, which is all a WorkCalendar asks. Immutable, hashable, equal by content.

    Days of a reviewed year come from the file; every other year comes from the `holidays` package, imported
    when the first such date is asked about. `add` and `remove` give a new set with the desk's own changes,
    which win in any year.
    """

    __slots__ = ("_changes", "_days", "_hash", "_undated", "id", "names", "other_years", "reviewed_years")

    def __init__(
        self,
        *,
        set_id: str,
        names: tuple[str, str],
        days: Iterable[Holiday],
        reviewed_years: Iterable[int],
        other_years: OtherYears | None = None,
        changes: Mapping[date, Holiday | None] | None = None,
    ) -> None:
        self.id = set_id
        self.names = names
        """The name of the set in Thai and in English."""
        self.reviewed_years = frozenset(reviewed_years)
        self.other_years = other_years
        dated: dict[date, Holiday] = {}
        undated: list[Holiday] = []
        for holiday in days:
            if holiday.date is None:
                undated.append(holiday)
            else:
                dated[holiday.date] = holiday
        self._days = dict(sorted(dated.items()))
        self._undated = tuple(undated)
        self._changes = dict(sorted((changes or {}).items()))
        self._hash = hash(
            (set_id, tuple(self._days.items()), tuple(self._changes.items()), self.reviewed_years)
        )

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date) or isinstance(day, datetime):
            return False
        found = self.day(day)
        return found is not None and found.state != "awaited"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, HolidaySet):
            return NotImplemented
        return self is other or self._content() == other._content()

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return (
            f"HolidaySet({self.id!r}, reviewed {sorted(self.reviewed_years)}, {len(self._changes)} changes)"
        )

    def day(self, day: date) -> Holiday | None:
        """The row of a date, also when it is awaited and does not count; None when there is none."""
        if day in self._changes:
            return self._changes[day]
        if day.year in self.reviewed_years:
            return self._days.get(day)
        if self.other_years is None:
            return None
        return computed_days(self.other_years, day.year).get(day)

    def name(self, day: date, language: Language = "en") -> str | None:
        """The name of a date in Thai or English; None when it is no day of the set."""
        found = self.day(day)
        return None if found is None else found.name(language)

    def source(self, day: date) -> str | None:
        """Where a date of the set comes from; None when it is no day of the set."""
        found = self.day(day)
        return None if found is None else found.source

    def state(self, day: date) -> State | None:
        """Whether a date is confirmed, provisional or awaited; None when it is no day of the set."""
        found = self.day(day)
        return None if found is None else found.state

    def days(self, year: int) -> tuple[Holiday, ...]:
        """Every dated row of a year in order, awaited ones too."""
        rows: dict[date, Holiday | None] = {}
        if year in self.reviewed_years:
            rows.update((day, row) for day, row in self._days.items() if day.year == year)
        elif self.other_years is not None:
            rows.update(computed_days(self.other_years, year))
        rows.update((day, row) for day, row in self._changes.items() if day.year == year)
        return tuple(row for _, row in sorted(rows.items()) if row is not None)

    def awaited(self, year: int) -> tuple[Holiday, ...]:
        """The rows of a year that are expected and not announced; those without a date come last."""
        dated = [row for row in self.days(year) if row.state == "awaited"]
        return (*dated, *(row for row in self._undated if row.year == year))

    def removed(self, year: int) -> tuple[date, ...]:
        """The dates of a year that the desk took out of the set."""
        return tuple(day for day, row in self._changes.items() if row is None and day.year == year)

    def add(self, day: date, *, th: str, en: str, source: str, state: State = "confirmed") -> HolidaySet:
        """The set with one more day, in place of the row it may have; raises ValueError for bad values."""
        plain_date(day, "holiday")
        if state not in STATES:
            raise ValueError(f"state of {day}: found {state!r}, expected one of {', '.join(STATES)}")
        for key, text in (("th", th), ("en", en), ("source", source)):
            if not text.strip():
                raise ValueError(f"{key} of {day}: found nothing, expected a text")
        return self._with({**self._changes, day: Holiday(day.year, day, th, en, state, source)})

    def remove(self, day: date) -> HolidaySet:
        """The set without a day. Raises ValueError when the day is not in it."""
        if self.day(plain_date(day, "holiday")) is None:
            raise ValueError(f"{day} is no holiday of {self.id}: there is nothing to remove")
        return self._with({**self._changes, day: None})

    def review(self, year: int, days: Iterable[Holiday]) -> HolidaySet:
        """The set with `days` as the reviewed rows of `year`, in place of all it said about that year.

        Raises ValueError for a day of another year.
        """
        rows = tuple(days)
        for row in rows:
            if row.year != year or (row.date is not None and row.date.year != year):
                raise ValueError(f"review of {year}: found {row.en} on {row.date or row.year}")
        kept = [row for row in (*self._days.values(), *self._undated) if row.year != year]
        return HolidaySet(
            set_id=self.id,
            names=self.names,
            days=(*kept, *rows),
            reviewed_years=self.reviewed_years | {year},
            other_years=self.other_years,
            changes={day: row for day, row in self._changes.items() if day.year != year},
        )

    def rows(self) -> tuple[Holiday, ...]:
        """Every reviewed row, those without a date last; the desk's changes are not among them."""
        return (*self._days.values(), *self._undated)

    def _with(self, changes: Mapping[date, Holiday | None]) -> HolidaySet:
        return HolidaySet(
            set_id=self.id,
            names=self.names,
            days=self.rows(),
            reviewed_years=self.reviewed_years,
            other_years=self.other_years,
            changes=changes,
        )

    def _content(self) -> tuple[object, ...]:
        return (
            self.id,
            self.names,
            self.reviewed_years,
            self.other_years,
            self._days,
            self._undated,
            self._changes,
        )
