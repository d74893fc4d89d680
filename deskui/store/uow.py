"""One transaction and its repositories; rolls back unless it is committed."""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from deskui.store import failure
from deskui.store.engine import WRITES, where
from deskui.store.repositories.advice import Duty, Problems, SupervisorQuestions
from deskui.store.repositories.calls import CallLog, Rings
from deskui.store.repositories.desk import Agents, Changes, Drafts, Settings, Usage
from deskui.store.repositories.erasure import Erasure
from deskui.store.repositories.people import Contacts, Contracts, Customers, Machines, Products
from deskui.store.repositories.terms import Replans, SettledReadings
from deskui.store.repositories.tickets import Events, Notes, Tickets
from deskui.store.repositories.times import Breaches, Clocks, Holidays
from deskui.store.repositories.together import Finding, Merges, Notices, Presences, SavedViews, Steps
from deskui.store.work import Work


class UnitOfWork:
    """The port `deskui.desk.ports.UnitOfWork`. Made for one use by one thread.

    On SQLite a writing one holds the file's only write lock from its start; on PostgreSQL it reads what is
    committed and locks the rows its `lock` methods name. A reading one sees one unchanging state.
    """

    def __init__(self, engine: Engine, *, write: bool) -> None:
        self._engine = engine
        self._writes = write
        self._work: Work | None = None

    def __enter__(self) -> Self:
        sqlite = self._engine.dialect.name == "sqlite"
        try:
            connection = self._engine.connect()
        except PoolTimeout as error:
            raise failure.pool_empty(where(self._engine.url)) from error
        try:
            if sqlite:
                connection = connection.execution_options(**{WRITES: self._writes})
            elif not self._writes:
                connection = connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            connection.begin()
        except BaseException:
            connection.close()
            raise
        self._work = Work(connection, writes=self._writes)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        work, self._work = self._work, None
        if work is not None:
            # a connection goes back without its transaction
            work.connection.close()
        if isinstance(error, SQLAlchemyError):
            # the full text would show the values that were being stored
            raise failure.unexpected(where(self._engine.url), str(error.args[0])) from error

    def commit(self) -> None:
        """Makes everything done so far last; the unit of work is over."""
        work = self._open
        self.changes.flush()
        work.connection.commit()
        work.connection.close()
        self._work = None

    @property
    def _open(self) -> Work:
        """Raises RuntimeError outside the with block and after commit."""
        if self._work is None:
            raise RuntimeError("the unit of work is not open: use it in a with block, before commit")
        return self._work

    @cached_property
    def customers(self) -> Customers:
        """Customers, and the search over them and their contacts."""
        return Customers(self._open)

    @cached_property
    def contacts(self) -> Contacts:
        """The people who call."""
        return Contacts(self._open)

    @cached_property
    def products(self) -> Products:
        """What customers bought."""
        return Products(self._open)

    @cached_property
    def machines(self) -> Machines:
        """Machines of products."""
        return Machines(self._open)

    @cached_property
    def contracts(self) -> Contracts:
        """Maintenance agreements."""
        return Contracts(self._open)

    @cached_property
    def tickets(self) -> Tickets:
        """Tickets."""
        return Tickets(self._open)

    @cached_property
    def notes(self) -> Notes:
        """Free text on tickets."""
        return Notes(self._open)

    @cached_property
    def events(self) -> Events:
        """What happened; append-only."""
        return Events(self._open)

    @cached_property
    def erasure(self) -> Erasure:
        """What is erased on request."""
        return Erasure(self._open)

    @cached_property
    def usage(self) -> Usage:
        """The quota ledger; append-only."""
        return Usage(self._open)

    @cached_property
    def clocks(self) -> Clocks:
        """Clocks of tickets."""
        return Clocks(self._open)

    @cached_property
    def breaches(self) -> Breaches:
        """Missed targets."""
        return Breaches(self._open)

    @cached_property
    def drafts(self) -> Drafts:
        """Unfinished calls."""
        return Drafts(self._open)

    @cached_property
    def rings(self) -> Rings:
        """Numbers that rang."""
        return Rings(self._open)

    @cached_property
    def call_log(self) -> CallLog:
        """Calls that needed no ticket."""
        return CallLog(self._open)

    @cached_property
    def problems(self) -> Problems:
        """Known problems and who called about them."""
        return Problems(self._open)

    @cached_property
    def questions(self) -> SupervisorQuestions:
        """Questions to the supervisor."""
        return SupervisorQuestions(self._open)

    @cached_property
    def duty(self) -> Duty:
        """Whose desk is open."""
        return Duty(self._open)

    @cached_property
    def readings(self) -> SettledReadings:
        """Readings a supervisor settled; append-only."""
        return SettledReadings(self._open)

    @cached_property
    def agents(self) -> Agents:
        """People of the desk."""
        return Agents(self._open)

    @cached_property
    def holidays(self) -> Holidays:
        """What the desk changed in the shipped holiday sets."""
        return Holidays(self._open)

    @cached_property
    def replans(self) -> Replans:
        """Changes of hours after which open clocks are planned anew."""
        return Replans(self._open)

    @cached_property
    def merges(self) -> Merges:
        """Which tickets became part of another one."""
        return Merges(self._open)

    @cached_property
    def steps(self) -> Steps:
        """The newest step of each ticket."""
        return Steps(self._open)

    @cached_property
    def presences(self) -> Presences:
        """Who is looking at what."""
        return Presences(self._open)

    @cached_property
    def saved_views(self) -> SavedViews:
        """Views that agents keep under a name."""
        return SavedViews(self._open)

    @cached_property
    def notices(self) -> Notices:
        """Messages of the desk to an agent."""
        return Notices(self._open)

    @cached_property
    def finding(self) -> Finding:
        """Looking for something among the open tickets."""
        return Finding(self._open)

    @cached_property
    def changes(self) -> Changes:
        """The change feed."""
        return Changes(self._open)

    @cached_property
    def settings(self) -> Settings:
        """Named settings of the desk."""
        return Settings(self._open)
