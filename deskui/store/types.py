"""Column types that keep exactly what they are given, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import TIMESTAMP, BigInteger, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from deskui.desk.instants import microseconds
from deskui.desk.model import TicketState
from deskui.desk.records import Stretch
from deskui.policy.decision import Text as Sentence

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SATANG = Decimal("0.01")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, exact to the microsecond; comes back in UTC.

    PostgreSQL keeps a timestamptz, SQLite whole microseconds since 1970, so that both compare and sort as
    instants. Raises ValueError for a naive value.
    """

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column each database gets."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuses a naive instant."""
        if value is None:
            return None
        stored = microseconds(value)
        return value if dialect.name == "postgresql" else stored

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """Answers in UTC. Called for every row of a queue: a step less than `process_result_value`."""
        if dialect.name == "postgresql":
            return lambda value: None if value is None else value.astimezone(UTC)
        epoch, span = _EPOCH, timedelta
        return lambda value: None if value is None else epoch + span(0, 0, value)


class Span(TypeDecorator[timedelta]):
    """A duration in whole microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        """Whole microseconds."""
        return None if value is None else value // _MICROSECOND

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], timedelta | None]:
        """A timedelta again."""
        span = timedelta
        return lambda value: None if value is None else span(0, 0, value)


class Money(TypeDecorator[Decimal]):
    """Baht, kept as whole satang.

    Raises ValueError for a float, or for an amount finer than a satang.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Whole satang."""
        if value is None:
            return None
        if isinstance(value, float):
            raise ValueError(f"money is Decimal baht, not the float {value!r}")
        satang = Decimal(value) / _SATANG
        if not satang.is_finite() or satang != satang.to_integral_value():
            raise ValueError(f"{value} baht is finer than a satang")
        return int(satang)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Baht with two decimals."""
        return None if value is None else Decimal(value) * _SATANG


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"JSON cannot hold {value!r}: give text or a number")


def _document(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


class JsonText(TypeDecorator[Any]):
    """A JSON document as text, Thai readable, keys in order.

    Raises TypeError for what JSON cannot hold, such as a date or a Decimal.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Compact JSON."""
        return None if value is None else _document(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The document again: dict, list, str, int, float, bool or None."""
        return None if value is None else json.loads(value)


class JsonValue(JsonText):
    """A JSON document where null is a value like any other."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Compact JSON."""
        return _document(value)


@lru_cache(maxsize=1024)
def _sentence(value: str | None) -> Sentence | None:
    """Names of plans repeat all over a queue."""
    if value is None:
        return None
    words = json.loads(value)
    return Sentence(words["th"], words["en"])


class Words(TypeDecorator[Sentence]):
    """A sentence in both languages, as one JSON document."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sentence | None, dialect: Dialect) -> str | None:
        """`{"en": …, "th": …}`."""
        return None if value is None else json.dumps(value.to_json(), ensure_ascii=False, sort_keys=True)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Sentence | None]:
        """A sentence again."""
        return _sentence


class State(TypeDecorator[TicketState]):
    """Where a ticket stands."""

    impl = String(16)
    cache_ok = True

    def process_bind_param(self, value: TicketState | None, dialect: Dialect) -> str | None:
        """Its name; raises ValueError for what is none."""
        return None if value is None else TicketState(value).value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], TicketState | None]:
        """A member of TicketState, by a step less than `process_result_value`."""
        return {state.value: state for state in TicketState}.get


class Stretches(TypeDecorator[tuple[Stretch, ...]]):
    """The finished stretches of a clock: a JSON list of [start, stop, counted, calendar] in microseconds."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Stretch, ...] | None, dialect: Dialect) -> str | None:
        """Whole microseconds; raises ValueError for a naive instant."""
        if value is None:
            return None
        rows = [
            [microseconds(one.start), microseconds(one.stop), one.counted // _MICROSECOND, one.calendar]
            for one in value
        ]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], tuple[Stretch, ...] | None]:
        """Stretches again; most clocks have none."""
        return _stretches


def _stretches(value: str | None) -> tuple[Stretch, ...] | None:
    if value is None:
        return None
    return (
        ()
        if value == "[]"
        else tuple(
            Stretch(
                _EPOCH + timedelta(microseconds=start),
                _EPOCH + timedelta(microseconds=stop),
                timedelta(microseconds=counted),
                calendar,
            )
            for start, stop, counted, calendar in json.loads(value)
        )
    )
