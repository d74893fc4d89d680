"""A made-up store of any size, the same for the same numbers: what the benches look at.

    python -m tests.bench store FILE [--tickets 1000000] [--customers 100000] [--open 100000]

Rows are written past the desk, for a million calls take a day; search keys, hashes, clocks and due instants
are what the desk itself would have written. Every open ticket has its decision, a closed one has none, which
keeps a million of them at a size a laptop holds.
"""

from __future__ import annotations

import json
import random
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from deskui.desk.fold import contact_key, customer_key, place_key
from deskui.desk.instants import microseconds
from deskui.desk.records import AgentRecord, EventRecord
from deskui.policy import Library
from deskui.policy.codec import decision_to_json
from deskui.policy.decide import decide
from deskui.policy.policy import Policy
from deskui.store import open_store
from deskui.store.repositories.tickets import chained

AT: Final = datetime(2026, 11, 23, 3, 42, 5, tzinfo=UTC)
"""The instant the store is made for: a Monday, 10:42:05 in Bangkok, all vendors open."""
AGENT: Final = "nok"
_MINUTE: Final = timedelta(minutes=1)
_PAGE: Final = 20_000
_FIRST_NUMBER: Final = 1001
_LATE: Final = ("ticket", "event", "note", "clock", "change", "contact", "customer", "product")
"""Tables whose indexes are made once their rows are in."""
_FIRMS = (
    "Suksai",
    "Navy",
    "Siam",
    "Thonburi",
    "Chao Phraya",
    "Test",
    "บ้านไร่",
    "รุ่งเรือง",
    "ทวีทรัพย์",
    "เจริญผล",
    "น้ำทิพย์",
)
_TRADES = (
    "Foods",
    "Clinic",
    "Parts",
    "Trading",
    "Stores",
    "Logistics",
    "การค้า",
    "คลินิก",
    "อะไหล่ยนต์",
    "โภชนา",
    "ขนส่ง",
)
_PEOPLE = ("สมศรี", "ประยูร", "วิภา", "กิตติ", "Danai", "Malee", "Arthit", "สมชาย", "นงลักษณ์", "Preecha", "ธนา")
_TITLES = (
    "payroll run stops at 40 %",
    "พิมพ์สลิปเงินเดือนไม่ออก",
    "report shows last month",
    "เข้าโปรแกรมไม่ได้",
    "move to a new machine",
    "ยอดคงเหลือไม่ตรงกับบัญชี",
    "[INC-42] printer asks for a password",
)


@dataclass(frozen=True)
class Sizes:
    """How many of what; half of the open tickets have a promise or goal running, unless `running` says."""

    tickets: int = 1_000_000
    customers: int = 100_000
    open_tickets: int = 100_000
    running: float = 0.5
    """Share of the open tickets that have a clock."""
    soon: int = 0
    """So many of the clocks end within five minutes of AT."""


@dataclass(frozen=True)
class _Kind:
    """A service of a vendor as tickets have it."""

    policy: Policy
    service: str
    plan: str
    decision: str
    outcome: str
    calendar: str | None


def make(path: Path, sizes: Sizes) -> None:
    """Makes the store; raises FileExistsError where there is one."""
    if path.exists():
        raise FileExistsError(f"{path} is there already: name another file, or delete it")
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    store = open_store(f"sqlite:///{half}")
    with store.uow(write=True) as uow:
        for code in (AGENT, "art", "ploy"):
            uow.agents.add(AgentRecord(0, code, code.capitalize(), supervisor=code == AGENT, language="en"))
        uow.commit()
    store.close()
    with closing(sqlite3.connect(half, isolation_level=None)) as connection:
        for pragma in (
            "synchronous = OFF",
            "cache_size = -400000",
            "temp_store = MEMORY",
            "foreign_keys = OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        later = _without_indexes(connection)
        _People(connection, sizes).write()
        _Tickets(connection, sizes).write()
        for statement in later:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for left in ("-wal", "-shm"):
        # of a store of that name that was deleted while somebody had it open
        path.with_name(path.name + left).unlink(missing_ok=True)
    half.rename(path)


def _without_indexes(connection: sqlite3.Connection) -> list[str]:
    """Takes the indexes of the large tables away; the statements that bring them back."""
    marks = ",".join("?" * len(_LATE))
    found = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        f" AND tbl_name IN ({marks})",
        _LATE,
    ).fetchall()
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    return [sql for _, sql in found]


def insert(connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Any]) -> None:
    """Writes rows; a column not named here gets its default."""
    marks = ", ".join("?" * len(columns))
    quoted = ", ".join(f'"{column}"' for column in columns)
    connection.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", rows)


@dataclass
class _People:
    """Customers, each with a contact and a product, most with an agreement."""

    connection: sqlite3.Connection
    sizes: Sizes

    def write(self) -> None:
        """All of them."""
        chance = random.Random(1)
        policies = list(Library.load().policies)
        count = self.sizes.customers
        names = [f"{chance.choice(_FIRMS)} {chance.choice(_TRADES)} {n}" for n in range(1, count + 1)]
        codes = [f"C-{n:06}" for n in range(1, count + 1)]
        insert(
            self.connection,
            "customer",
            ("customer_id", "code", "name", "province", "facts", "folded"),
            (
                (n, code, name, "กรุงเทพมหานคร", "{}", customer_key(code, name))
                for n, (code, name) in enumerate(zip(codes, names, strict=True), 1)
            ),
        )
        insert(
            self.connection,
            "contact",
            ("contact_id", "customer_id", "name", "phone", "folded"),
            (
                (n, n, name, phone, contact_key(name, phone))
                for n in range(1, count + 1)
                for name, phone in [(f"{chance.choice(_PEOPLE)} {n}", _phone(chance))]
            ),
        )
        insert(
            self.connection,
            "product",
            ("product_id", "customer_id", "policy", "name", "purchased_on", "facts", "serial", "folded"),
            (
                (
                    n,
                    n,
                    policies[n % len(policies)],
                    "licence",
                    "2024-05-01",
                    "{}",
                    serial,
                    place_key(serial, None),
                )
                for n in range(1, count + 1)
                for serial in [f"SN-{n * 7919 % 10_000_019:08}"]
            ),
        )
        insert(
            self.connection,
            "contract",
            ("contract_id", "product_id", "start_on", "end_on"),
            ((n, n, date(2026, 1, 1 + n % 28), date(2026, 12, 31)) for n in range(1, count + 1) if n % 4),
        )


def _phone(chance: random.Random) -> str:
    return f"08{chance.randrange(10)}-{chance.randrange(1000):03}-{chance.randrange(10_000):04}"


def _is_open(policy: Policy, calendar: str) -> bool:
    return policy.calendar(calendar).elapsed(AT - 20 * _MINUTE, AT) == 20 * _MINUTE


def _kinds() -> list[_Kind]:
    """Services of all vendors; those of a vendor with hours first, for only they have clocks."""
    found = []
    for policy in Library.load().policies.values():
        for service in [one for one in policy.services.values() if one.call][:4]:
            decision = decide(policy, service.id, {}, AT)
            words = json.dumps(decision_to_json(decision), ensure_ascii=False)
            plan = json.dumps({"th": "มี MA", "en": "M/A"}, ensure_ascii=False)
            calendar = next((name for name in policy.calendars if _is_open(policy, name)), None)
            found.append(_Kind(policy, service.id, plan, words, decision.outcome, calendar))
    return sorted(found, key=lambda kind: kind.calendar is None)


class _Tickets:
    """Closed ones first, then the open ones: as they lie in a desk that has been at work for years."""

    COLUMNS = (
        *("ticket_id", "number", "version", "policy", "policy_version", "service", "customer_id"),
        *("contact_id", "product_id", "channel", "title", "plan", "covered", "state", "assignee_id"),
        *("received_at", "changed_at", "rank", "outcome", "promise_due_at", "goal_due_at", "due_kind"),
        *("facts", "decision"),
    )
    CLOCK_COLUMNS = (
        *("ticket_id", "kind", "rule", "clause", "promised", "policy", "calendar", "work", "spent"),
        *("started_at", "running_since", "due_at", "breached_at", "stretches"),
    )

    def __init__(self, connection: sqlite3.Connection, sizes: Sizes) -> None:
        self.connection = connection
        self.sizes = sizes
        self._chance = random.Random(2)
        self._kinds = _kinds()
        self._timed = [kind for kind in self._kinds if kind.calendar is not None]
        self._clocks: list[tuple[Any, ...]] = []

    def write(self) -> None:
        """Tickets with their clocks, events and notes, and the feed of what was done."""
        insert(self.connection, "ticket", self.COLUMNS, self._rows())
        insert(self.connection, "clock", self.CLOCK_COLUMNS, self._clocks)
        insert(
            self.connection,
            "breach",
            ("clock_id", "ticket_id", "kind", "promised", "due_at", "recorded_at", "void_reason"),
            self.connection.execute(
                "SELECT clock_id, ticket_id, kind, promised, due_at, due_at, '' FROM clock WHERE breached_at"
                " IS NOT NULL"
            ).fetchall(),
        )
        insert(
            self.connection, "event", ("ticket_id", "at", "agent_id", "kind", "data", "hash"), self._events()
        )
        self.connection.execute(
            "INSERT INTO note (ticket_id, at, agent_id, kind, text, salt) SELECT ticket_id, received_at, 1,"
            " 'description', 'run for branch 2 stops at 40 %', 'salt' FROM ticket"
            " WHERE state IN ('new', 'open', 'waiting')"
        )
        self.connection.execute(
            "INSERT INTO change (at, kind, entity_id) SELECT received_at, 'ticket', ticket_id FROM ticket"
        )

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        total, opened = self.sizes.tickets, min(self.sizes.open_tickets, self.sizes.tickets)
        chance, customers = self._chance, self.sizes.customers
        running, soon = round(opened * self.sizes.running), self.sizes.soon
        now = microseconds(AT)
        for n in range(1, total + 1):
            place = n - (total - opened) - 1
            timed = 0 <= place < running
            kind = chance.choice(self._timed if timed else self._kinds)
            customer = chance.randrange(customers) + 1
            if place < 0:
                state, decision = "closed", "{}"
                received = now - (total - n) * 60_000_000 - 40 * 86_400_000_000
            else:
                state = chance.choice(("new", "open", "open", "open" if timed else "waiting"))
                decision = kind.decision
                received = now - chance.randrange(60_000_000, 30 * 86_400_000_000)
            promised = goal = due_kind = None
            if timed:
                received, due = self._clock(n, kind, promised=place % 3 != 0, soon=place < soon)
                promised, goal = (due, None) if place % 3 or place < soon else (None, due)
                due_kind = "callback"
            yield (
                *(n, _FIRST_NUMBER + n - 1, 1, kind.policy.id, kind.policy.version, kind.service, customer),
                *(customer, customer, "phone", chance.choice(_TITLES), kind.plan, n % 4 > 0, state),
                *(None if state == "new" else 1 + n % 3, received, received, n % 4, kind.outcome),
                *(promised, goal, due_kind, "{}", decision),
            )

    def _clock(self, ticket_id: int, kind: _Kind, *, promised: bool, soon: bool) -> tuple[int, int]:
        """A running clock; when it started, and when it is due."""
        assert kind.calendar is not None
        calendar = kind.policy.calendar(kind.calendar)
        received = AT - self._chance.randrange(5, 20_000) * _MINUTE
        if soon:
            received = AT - 20 * _MINUTE
            work = 20 * _MINUTE + timedelta(seconds=self._chance.randrange(120, 290))
        else:
            # two in a hundred are missed, the others spread over the next two weeks
            left = self._chance.randrange(-100, 4_900)
            work = max(calendar.elapsed(received, AT) + left * _MINUTE, _MINUTE)
        due = calendar.deadline(received, work)
        start, end = microseconds(received), microseconds(due)
        self._clocks.append(
            (
                *(ticket_id, "callback", "rule", "1.1", promised or soon, kind.policy.id, kind.calendar),
                *(work // timedelta(microseconds=1), 0, start, start, end, end if due < AT else None, "[]"),
            )
        )
        return start, end

    def _events(self) -> Iterator[tuple[Any, ...]]:
        found = self.connection.execute("SELECT ticket_id, received_at FROM ticket ORDER BY ticket_id")
        epoch = datetime(1970, 1, 1, tzinfo=UTC)
        data = {"channel": "phone", "outcome": "free"}
        words = json.dumps(data, separators=(",", ":"))
        while page := found.fetchmany(_PAGE):
            for ticket_id, received in page:
                at = epoch + timedelta(microseconds=received)
                seal = chained("", EventRecord(0, ticket_id, at, 1, "opened", data))
                yield (ticket_id, received, 1, "opened", words, seal)
