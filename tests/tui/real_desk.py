"""The screens over a real desk: the shipped terms, an SQLite store copied from a template, a fixed clock."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from deskui.clock import FixedClock
from deskui.desk.desk import Desk
from deskui.desk.model import Agent, Call, TicketDetail
from deskui.desk.records import (
    AgentRecord,
    ContactRecord,
    ContractRecord,
    CustomerRecord,
    MachineRecord,
    ProductRecord,
)
from deskui.policy.library import Library
from deskui.store import open_store
from deskui.store.store import Store
from deskui.tui.app import DeskApp
from tests.tui.driving import WIDE, Driver, ready
from tests.tui.fake_desk import MONDAY

YEAR = (date(2026, 8, 1), date(2027, 7, 31))

PEOPLE = (
    ("EM-0031", "บริษัท สุขใสฟู้ดส์ จำกัด", "กรุงเทพมหานคร", "คุณสมศรี", "081-234-5678", "emwork", "EM Payroll", None),
    ("AR-0107", "ร้านธนบุรีสโตร์", "กรุงเทพมหานคร", "คุณแอน", "02-412-2345", "aristosoft", "Aristo POS", None),
    ("BP-0042", "Siam Parts", "Samut Prakan", "Khun Arthit", "02-345-6789", "business-plus", "BP", "Beyond"),
    ("M5-0009", "คลินิกเนวี่", "ชลบุรี", "คุณอารี", "038-111-234", "mac-5", "MAC-5 Legacy", None),
    ("PS-0003", "ร้านยาเพื่อนบ้าน", "นนทบุรี", "เภสัชกรปุ๊ก", "085-777-1212", "pharmasys", "PharmaSys Std", None),
)  # fmt: skip
"""Code, name, province, contact, number, vendor, product, plan: one customer of each vendor, all in force."""


@cache
def library() -> Library:
    """The shipped terms, read once."""
    return Library.open()


def _fill(store: Store) -> None:
    with store.uow(write=True) as uow:
        uow.agents.add(AgentRecord(0, "nok", "Nok", "ค่ะ", "en"))
        uow.agents.add(AgentRecord(0, "art", "Art", "ครับ", "en"))
        uow.agents.add(AgentRecord(0, "ploy", "Ploy", "ค่ะ", "th", supervisor=True))
        for code, name, province, contact, phone, policy, product, plan in PEOPLE:
            customer = uow.customers.add([CustomerRecord(0, code, name, province)])[0]
            uow.contacts.add([ContactRecord(0, customer, contact, phone)])
            product_id = uow.products.add(
                [ProductRecord(0, customer, policy, product, date(2026, 3, 2), {})]
            )[0]
            if policy == "pharmasys":
                uow.machines.add([MachineRecord(0, product_id, "POS-1", True, *YEAR)])
            else:
                uow.contracts.add([ContractRecord(0, product_id, *YEAR, plan, paid=True)])
        uow.commit()


@cache
def _template() -> Path:
    """A store with those customers and no ticket, made once in this process."""
    keep = TemporaryDirectory(prefix="deskui-tests-")
    _ALIVE.enter_context(keep)
    path = Path(keep.name) / "template.sqlite"
    store = open_store(f"sqlite:///{path}")
    _fill(store)
    store.close()
    return path


_ALIVE = ExitStack()


@dataclass
class RealDesk:
    """A store of one test, its clock, and desks of its agents over it."""

    store: Store
    url: str
    """For a command of the command line on the same store."""
    clock: FixedClock
    library: Library
    _desks: dict[str, Desk] = field(default_factory=dict)

    def of(self, code: str) -> Desk:
        """The desk of an agent: nok, art, or ploy who is a supervisor."""
        if code not in self._desks:
            with self.store.uow() as uow:
                record = next(one for one in uow.agents.all() if one.code == code)
            person = (record.agent_id, record.code, record.name, record.particle, record.language)
            agent = Agent(*person, record.supervisor)
            self._desks[code] = Desk(
                self.store.uow, self.library, self.clock, agent, last_change=self.store.last_change
            )
        return self._desks[code]

    def call(self, customer: str, service: str, title: str = "", **answers: object) -> Call:
        """A call of a customer, by code, about a service of what they bought."""
        with self.store.uow() as uow:
            (record,) = uow.customers.by_codes([customer])
            contact = uow.contacts.of_customers([record.customer_id])[0]
            product = uow.products.of_customers([record.customer_id])[0]
        return Call(
            customer_id=record.customer_id,
            contact_id=contact.contact_id,
            product_id=product.product_id,
            service=service,
            answers=answers,
            title=title or service,
        )

    def log(self, customer: str, service: str, title: str = "", **answers: object) -> TicketDetail:
        """Logs such a call at nok's desk."""
        return self.of("nok").open_ticket(self.call(customer, service, title, **answers))

    def later(self, **by: float) -> None:
        """Moves the clock on."""
        self.clock.advance(timedelta(**by))


@asynccontextmanager
async def real_desk(policies: Path | None = None) -> AsyncIterator[RealDesk]:
    """A store of its own with one customer of each vendor, on Monday 23 November 2026, 10:42 in Bangkok.

    Files of the folder `policies` stand before the shipped ones.
    """
    terms = library() if policies is None else Library.open(policies)
    # a thread that still asks while the app ends may leave a file of its own behind
    with TemporaryDirectory(prefix="deskui-test-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "desk.sqlite"
        shutil.copy(_template(), path)
        url = f"sqlite:///{path}"
        store = open_store(url)
        try:
            yield RealDesk(store, url, FixedClock(MONDAY), terms)
        finally:
            store.close()


@asynccontextmanager
async def real_app(
    desk: RealDesk, agent: str = "nok", *, size: tuple[int, int] = WIDE, language: str = "en"
) -> AsyncIterator[tuple[DeskApp, Driver]]:
    """The app of one agent over it, ready for keys."""
    app = DeskApp(lambda: desk.of(agent), clock=desk.clock, language=language, poll_seconds=0.05)
    async with app.run_test(size=size, notifications=True) as pilot:
        await ready(app, pilot)
        yield app, pilot
