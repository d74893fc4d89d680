"""The only place that builds engine, store and desk. Importing it loads none of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from deskui.clock import Clock
    from deskui.desk.desk import Desk
    from deskui.desk.model import Agent, Glimpse
    from deskui.desk.records import AgentRecord
    from deskui.policy.decision import Text
    from deskui.store.store import Store

FILE = "desk.sqlite"


def default_db_url() -> str:
    """The URL of this user's own desk: an SQLite file in the folder for application data; nothing is
    created.
    """
    from platformdirs import user_data_path  # noqa: PLC0415 - only where no URL was given

    return f"sqlite:///{user_data_path('deskui', appauthor=False) / FILE}"


def agent_of(agents: Sequence[AgentRecord], code: str | None) -> Agent:
    """The agent of that code; the only one there is when none is named. Raises NotFound naming the
    known.
    """
    from deskui.desk.errors import NotFound  # noqa: PLC0415
    from deskui.desk.model import Agent  # noqa: PLC0415
    from deskui.policy.decision import Text  # noqa: PLC0415

    for record in agents:
        if record.code == code or (code is None and len(agents) == 1):
            return Agent(
                record.agent_id,
                record.code,
                record.name,
                record.particle,
                record.language,
                record.supervisor,
            )
    known = ", ".join(record.code for record in agents) or "—"
    if code is None:
        raise NotFound(
            Text(f"ระบุว่าใครเป็นผู้ทำงาน (--agent): {known}", f"Say who is working (--agent): {known}")
        )
    raise NotFound(Text(f"ไม่มีเจ้าหน้าที่ {code!r} มี: {known}", f"There is no agent {code!r}; there are: {known}"))


def set_clock(clock: Clock, store: Store) -> None:
    """Sets a clock that follows the store by what that says; any other stays as it is."""
    from deskui.clock import StoreClock  # noqa: PLC0415

    if isinstance(clock, StoreClock):
        from deskui.store.plain import CLOCK_AHEAD  # noqa: PLC0415 - only with a store

        with store.uow() as uow:
            seconds = uow.settings.read([CLOCK_AHEAD]).get(CLOCK_AHEAD)
        if isinstance(seconds, int | float):
            clock.offset = timedelta(seconds=seconds)


def _first_agent(
    store: Store, code: str | None, told: Callable[[Text], None] | None
) -> Sequence[AgentRecord]:
    """Makes whoever opens an empty store its first agent and supervisor, and says so; everybody there is.

    Where two open it at once, the one who comes second finds the first.
    """
    from getpass import getuser  # noqa: PLC0415

    from deskui.desk.records import AgentRecord  # noqa: PLC0415
    from deskui.policy.decision import Text  # noqa: PLC0415

    name = code or getuser()
    with store.uow(write=True) as uow:
        known = uow.agents.hold()
        if known:
            return known
        agent_id = uow.agents.add(AgentRecord(0, name, name, supervisor=True))
        uow.commit()
    if told is not None:
        told(
            Text(
                f"โต๊ะนี้ยังไม่มีใคร: {name} เป็นคนแรกและเป็นหัวหน้า · เพิ่มคนอื่น: deskui agent add CODE NAME",
                f"nobody was on this desk yet: {name} is the first, and its supervisor; "
                "others come in with deskui agent add CODE NAME",
            )
        )
    return [AgentRecord(agent_id, name, name, supervisor=True)]


def build_demo(
    db_url: str, clock: Clock | None = None, agent_code: str = "nok", policies_dir: Path | None = None
) -> Desk:
    """A desk over a new store at `db_url`, filled with the demo as of the clock's instant.

    With a RunningClock the store keeps its time: what opens it later, without one of its own, follows that.
    Raises StoreFailure when the store cannot be made, Refused when it already holds customers' tickets.
    """
    from deskui.clock import RunningClock, SystemClock  # noqa: PLC0415
    from deskui.desk.demo import Demo  # noqa: PLC0415
    from deskui.desk.desk import Desk  # noqa: PLC0415
    from deskui.desk.errors import Refused  # noqa: PLC0415
    from deskui.paths import data_dir  # noqa: PLC0415
    from deskui.policy import Library  # noqa: PLC0415
    from deskui.policy.decision import Text  # noqa: PLC0415
    from deskui.store import open_store  # noqa: PLC0415

    clock = clock or SystemClock()
    library = Library.open() if policies_dir is None else Library.open(policies_dir)
    store = open_store(db_url)
    try:
        with store.uow() as uow:
            if uow.agents.all():
                raise Refused(
                    Text(
                        f"{db_url} มีข้อมูลอยู่แล้ว โต๊ะตัวอย่างต้องใช้ที่เก็บใหม่ ระบุ --db อื่น",
                        f"{db_url} is in use already; the demo needs a new store: name another with --db",
                    )
                )
        Demo(data_dir() / "demo", library).seed(lambda: store.uow(write=True), clock.now())
        if isinstance(clock, RunningClock):
            from deskui.store.plain import CLOCK_AHEAD  # noqa: PLC0415 - only with a store

            ahead = (clock.now() - SystemClock().now()).total_seconds()
            with store.uow(write=True) as uow:
                uow.settings.write(CLOCK_AHEAD, round(ahead))
                uow.commit()
        with store.uow() as uow:
            agent = agent_of(uow.agents.all(), agent_code)
        return Desk(store.uow, library, clock, agent, last_change=store.last_change, close=store.close)
    except BaseException:
        store.close()
        raise


def build_store(db_url: str | None = None, *, create: bool = True) -> Store:
    """The store at `db_url`, this user's own if left out; a missing file is made unless `create` is False.

    Raises StoreFailure when it cannot be opened.
    """
    from deskui.store import open_store  # noqa: PLC0415

    return open_store(db_url or default_db_url(), create=create)


def glimpse_ahead(db_url: str | None, clock: Clock) -> Callable[[], Glimpse | None]:
    """Begins to read the top of the queue in a thread, if the store is an SQLite file; what it answers waits
    for that and gives the rows, or None.
    """
    from deskui.store import glimpse  # noqa: PLC0415 - only where a desk is opened

    address = db_url or default_db_url()
    # anything more than a path is for SQLAlchemy to understand
    kind, _, place = address.partition(":///")
    found: list[glimpse.Reading | None] = []
    if kind != "sqlite" or not place or set(place) & set("?#%:"):
        return lambda: None
    reader = Thread(target=lambda: found.append(glimpse.begin(Path(place), clock)), daemon=True)
    reader.start()

    def finish() -> Glimpse | None:
        reader.join()
        reading = found.pop() if found else None
        return None if reading is None else reading.finish()

    return finish


def _nobody() -> Agent:
    """Who only looks."""
    from deskui.desk.model import Agent  # noqa: PLC0415
    from deskui.desk.records import AgentRecord  # noqa: PLC0415

    default = AgentRecord(0, "", "")
    return Agent(0, "", "", default.particle, default.language)


def build_desk(
    db_url: str | None = None,
    policies_dir: Path | None = None,
    clock: Clock | None = None,
    agent_code: str | None = None,
    *,
    create: bool = True,
    look_only: bool = False,
    told: Callable[[Text], None] | None = None,
) -> Desk:
    """A desk over the store at `db_url`, made unless `create` is False, and migrated when needed.

    Left out, these are this user's own desk, the shipped policies, the store's clock, and the only
    agent; with `look_only` nobody needs to be named, and the desk may only be read. Whoever opens an empty
    desk is its first agent, which is `told`. Raises StoreFailure when the store cannot be opened and
    NotFound for an unknown agent.
    """
    from deskui.clock import StoreClock  # noqa: PLC0415
    from deskui.desk.desk import Desk  # noqa: PLC0415
    from deskui.policy import Library  # noqa: PLC0415

    store = build_store(db_url, create=create)
    clock = clock or StoreClock()
    try:
        set_clock(clock, store)
        if look_only and agent_code is None:
            agent = _nobody()
        else:
            with store.uow() as uow:
                known = uow.agents.all()
            if not known and not look_only:
                known = _first_agent(store, agent_code, told)
            agent = agent_of(known, agent_code)
        library = Library.open() if policies_dir is None else Library.open(policies_dir)
        desk = Desk(
            store.uow,
            library,
            clock,
            agent,
            last_change=store.last_change,
            close=store.close,
        )
        # due times follow from them, and a command may never look at the queue
        desk.read_holidays()
        return desk
    except BaseException:
        store.close()
        raise
