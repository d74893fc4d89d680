"""The Desk: the queue, the ticket under the cursor, its clock and its customer's cover, always in view."""

from __future__ import annotations

import logging
from array import array
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from deskui.tui.arrivals import (
    DetailArrived,
    Glimpsed,
    MissedArrived,
    QueueArrived,
    RowsArrived,
    TermsArrived,
)
from deskui.tui.catalogue import bindings
from deskui.tui.panes.commandline import CommandLine
from deskui.tui.panes.cover import CoverPane
from deskui.tui.panes.linebar import LineBar
from deskui.tui.panes.notices import NoticeLine
from deskui.tui.panes.queue import QueuePane
from deskui.tui.panes.sla import SlaPane
from deskui.tui.panes.small import PaneTabs, SlaLine
from deskui.tui.panes.ticket import TicketPane
from deskui.tui.panes.topline import TopLine
from deskui.tui.screens.authority import AuthorityCommands
from deskui.tui.text import cut
from deskui.tui.widgets.queue_list import QueueList

if TYPE_CHECKING:
    from datetime import datetime

    from deskui.desk.api import DeskApi
    from deskui.desk.model import QueueSnapshot, TicketDetail

__all__ = ["DeskScreen"]

_log = logging.getLogger(__name__)
FIRST_ROWS = 60
"""Rows brought along with the order of a view; the list asks for others as they come into sight."""
CODE = 20
"""Columns of an agent's code in a sentence."""
SERVED_LAST = 4
"""Band of tickets without an agreement while covered customers wait."""


class DeskScreen(AuthorityCommands):
    """Where an agent sits all day."""

    SCOPES = ("desk", "app")
    BINDINGS: ClassVar[list[BindingType]] = bindings("desk")
    AUTO_FOCUS = "QueueList"

    def __init__(self) -> None:
        super().__init__()
        self.detail: TicketDetail | None = None
        """The ticket under the cursor, once read."""
        self.tab = "ticket"
        """The pane below the queue on a small screen."""
        self._whole = self._ready = False
        self._kept: int | None = None
        self._minute: datetime | None = None

    def compose(self) -> ComposeResult:
        """The frame, without the lines one types on; it is whole before the desk is open."""
        # before the parts are there: a class that comes later has all of them styled again
        self.size_up()
        self.set_class(True, f"-tab-{self.tab}", update=False)
        yield TopLine()
        yield NoticeLine()
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield QueuePane(id="queue")
                yield SlaLine()
                yield PaneTabs()
                yield TicketPane(id="ticket")
            with Vertical(id="right"):
                yield SlaPane(id="sla")
                yield CoverPane(id="cover")
        yield LineBar()
        yield CommandLine(("desk", "app"))
        yield Static(id="tiny")

    def on_mount(self) -> None:
        """The desk is opened once this frame is on the screen."""
        self._minute = _minute(self.now())
        self._mark_tab()
        self.set_interval(1, self._tick)
        self.call_after_refresh(self._framed)

    def on_screen_resume(self) -> None:
        """Another screen is left."""
        self.pane.catch_up()

    # --- the parts

    @property
    def queue(self) -> QueueList:
        """The list of tickets."""
        return self.query_one(QueueList)

    @property
    def pane(self) -> TicketPane:
        """The ticket pane."""
        return self.query_one("#ticket", TicketPane)

    @property
    def sla(self) -> SlaPane:
        """The SLA pane."""
        return self.query_one("#sla", SlaPane)

    @property
    def cover(self) -> CoverPane:
        """The entitlements pane."""
        return self.query_one("#cover", CoverPane)

    def waits(self, key: str) -> bool:
        """Before the queue is here, a key about a ticket waits; the cursor moves among the rows there are."""
        if not self._whole:
            return True
        if self._ready or key in self.desk_app.keys.early:
            return self.holds_back(key)
        return not self.queue.moves_within(key) or self.holds_back(key)

    # --- the queue

    async def _framed(self) -> None:
        """The frame is seen: what it did without is added, and keys may go on."""
        for pane in (self.query_one("#queue", QueuePane), self.pane):
            await pane.complete()
        self._whole = True
        self.desk_app.type_on()
        self._glimpse()

    def _glimpse(self) -> None:
        """Shows the top of the queue, where that can be read before the desk is open; then opens the desk."""
        glimpse = self.desk_app.glimpse
        if glimpse is None:
            self.desk_app.open_desk()
            return

        def look() -> None:
            try:
                found = glimpse()
            except Exception:
                # whatever it is, the desk meets it too and says so
                _log.exception("the top of the queue could not be read")
                found = None
            self.post_message(Glimpsed(found))

        self.run_worker(look, thread=True, group="glimpse", exit_on_error=False)

    @on(Glimpsed)
    def _glimpsed(self, message: Glimpsed) -> None:
        found = message.glimpse
        if found is not None:
            self.queue.set_order([row.ticket_id for row in found.rows], found.at)
            self.queue.set_rows(found.rows, found.at)
            self.desk_app.type_on()
        # first the rows and the keys that wait for them: opening the desk takes the processor
        self.call_after_refresh(self.desk_app.open_desk)

    def connected(self) -> None:
        """Reads the queue for the first time, and whose terms cannot be read."""
        self.refetch()
        self.read_views()
        self.read_notices()
        self.fetch("terms", lambda desk: TermsArrived(desk.unusable_terms()))

    @on(TermsArrived)
    def _terms_arrived(self, message: TermsArrived) -> None:
        app = self.desk_app
        app.unusable = message.unusable
        if app.unusable:
            why = "\n".join(self.words(text) for text in app.unusable.values())
            app.toast(self.say("app.unusable_why", why=why), severe=True)
            self.query_one(TopLine).refresh()

    def changed(self, change: int) -> None:
        """Reads the queue and the ticket again; cursor, scroll and typed text stay."""
        self.refetch()
        self.read_notices()

    def refetch(self, select: int | None = None) -> None:
        """Reads the view that is on; `select` puts the cursor on a ticket."""
        if select is not None:
            # a newer reading may overtake this one, and must not lose it
            self._select = select
        look, kept, wanted = self.look, self._kept, self._select

        def job(desk: DeskApi) -> QueueArrived:
            snapshot = desk.look(look).snapshot
            first = list(snapshot.entries.ticket_ids[:FIRST_ROWS])
            if kept is not None:
                first.append(kept)
            hours = tuple(desk.hours_line(snapshot.at))
            last = snapshot.entries.in_band(SERVED_LAST)
            return QueueArrived(look, snapshot, tuple(desk.rows(first)), hours, last, wanted)

        self.fetch("queue", job)

    @on(QueueArrived)
    def _queue_arrived(self, message: QueueArrived) -> None:
        snapshot = message.snapshot
        if message.look != self.look:
            return
        app = self.desk_app
        self.served_last = message.served_last
        app.hours, app.counts = message.hours, snapshot.counts
        queue = self.queue
        queue.set_empty(self._nothing())
        queue.set_order(self._order(snapshot), snapshot.at, keep_cursor_by_id=self.list_stays())
        if queue.marked:
            # what is out of sight is not changed unseen
            self.set_marks(queue.marked & set(queue.ticket_ids))
        queue.set_rows(message.rows, snapshot.at)
        if self._select is not None and (queue.move_to(self._select) or message.select == self._select):
            # there now, or not in this view: no later list moves the cursor by surprise
            self._select = None
        pane = self.query_one("#queue", QueuePane)
        pane.show_view(self.view, self.look, snapshot.counts, len(snapshot.entries))
        self.query_one(TopLine).refresh()
        self.read_detail()
        self._ready = True
        app.type_on()

    def keep(self, ticket_id: int | None) -> None:
        """A ticket that stays in the list while the cursor is on it, though it left the view or was never
        in it: the next key is about the ticket the agent has in mind.
        """
        self._kept = ticket_id

    def _order(self, snapshot: QueueSnapshot) -> array[int]:
        ids = snapshot.entries.ticket_ids
        kept = self._kept
        if kept is not None and kept not in ids:
            ids, shown = ids[:], self.queue.ticket_ids
            ids.insert(shown.index(kept) if kept in shown else self.queue.cursor, kept)
        return ids

    @on(QueueList.RowsWanted)
    def _rows_wanted(self, message: QueueList.RowsWanted) -> None:
        wanted = message.ticket_ids
        self.fetch("rows", lambda desk: RowsArrived(tuple(desk.rows(wanted)), desk.now()))

    @on(RowsArrived)
    def _rows_arrived(self, message: RowsArrived) -> None:
        self.queue.set_rows(message.rows, message.at)

    # --- the panes follow the cursor

    @on(QueueList.Highlighted)
    def _rested(self) -> None:
        # where it is now: what it rested on may have been left while this was on its way
        self.leaves_found(self.queue.ticket_id, waits=self._select is not None)
        if self._kept not in (None, self.queue.ticket_id) and self._select is None:
            self.keep(None)
            self.refetch()
        self.read_detail()
        self.look_soon()

    @on(QueueList.Selected)
    def _selected(self) -> None:
        if self.missed is not None:
            self.take_ring(self.missed)
        else:
            self.read_detail()

    def read_detail(self) -> None:
        """Reads the ticket under the cursor, or the missed call."""
        ticket_id = self.queue.ticket_id
        if self.visiting:
            return
        if ticket_id is None:
            self._show_detail(None)
            return
        if self.missed is not None:
            self._read_missed(self.missed)
            return

        def job(desk: DeskApi) -> DetailArrived:
            at = desk.now()
            detail = desk.ticket(ticket_id)
            return DetailArrived(detail, desk.customer_card(detail.customer_id, detail.product_id), at)

        self.fetch("detail", job)

    @on(DetailArrived)
    def _detail_arrived(self, message: DetailArrived) -> None:
        # one that was on its way when a customer was looked for is not that customer's
        if message.detail.row.ticket_id == self.queue.ticket_id and not self.visiting:
            self._show_detail(message)

    def _read_missed(self, ring_id: int) -> None:
        def job(desk: DeskApi) -> MissedArrived:
            # it may have ended meanwhile: the queue without it is on its way
            ring = next((ring for ring in desk.rings() if ring.ring_id == ring_id), None)
            known = ring.customer_id if ring is not None else None
            return MissedArrived(ring, desk.customer_card(known) if known is not None else None)

        self.fetch("detail", job)

    @on(MissedArrived)
    def _missed_arrived(self, message: MissedArrived) -> None:
        if message.ring is not None and message.ring.ring_id == self.missed and not self.visiting:
            self._show_detail(None)
            self.pane.show_missed(message.ring)
            self.sla.show(None, self.now(), message.ring)
            self.cover.show(message.card)

    def show_nothing(self) -> None:
        """No ticket in the panes."""
        self._show_detail(None)

    def _show_detail(self, message: DetailArrived | None) -> None:
        self.detail = message.detail if message else None
        self.pane.show(self.detail)
        self.pane.show_lookers(self.lookers_at(self.queue.ticket_id))
        self.sla.show(self.detail, message.at if message else self.now())
        if not self.visiting:
            self.cover.show(message.card if message else None)
        self.query_one(SlaLine).show(self.detail, self.sla.clock)
        self.followed()

    # --- tabs

    def action_next_tab(self) -> None:
        """The next pane below the queue, on a small screen."""
        self.show_tab({"ticket": "sla", "sla": "cover", "cover": "ticket"}[self.tab])

    @on(PaneTabs.Picked)
    def _tab_picked(self, message: PaneTabs.Picked) -> None:
        self.show_tab(message.tab)

    def show_tab(self, tab: str) -> None:
        """Shows a pane below the queue on a small screen; a large one shows all."""
        self.tab = tab
        self._mark_tab()

    def _mark_tab(self) -> None:
        for tab in ("ticket", "sla", "cover"):
            self.set_class(tab == self.tab, f"-tab-{tab}")
        self.query_one(PaneTabs).show(self.tab)

    # --- time and language

    def _tick(self) -> None:
        now = self.now()
        self.sla.tick()
        self.stay_present()
        self.query_one(SlaLine).show(self.detail, self.sla.clock)
        if self._minute != _minute(now):
            self._minute = _minute(now)
            self.query_one(TopLine).refresh()
            # bands and counts depend on the time
            self.refetch()

    def lines_changed(self, *, silent: bool) -> None:
        """Somebody rings or waits; what was missed is a row of the queue now."""
        super().lines_changed(silent=silent)
        if silent:
            self.refetch()

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.query_one(LineBar).relabel()
        self.query_one(NoticeLine).relabel()
        self.query_one(TopLine).relabel()
        self.query_one(QueuePane).relabel()
        self.query_one(SlaLine).relabel()
        self.query_one(PaneTabs).relabel()
        self.query_one(CommandLine).relabel()
        for part in (self.pane, self.sla, self.cover):
            part.relabel()
        self.on_resize()
        if self._ready:
            self.queue.set_empty(self._nothing())

    def _nothing(self) -> str:
        """What an empty list says."""
        if self.look.find:
            return self.say("view.nothing", text=self.look.find)
        if self.desk_app.counts.get("all"):
            return self.say("queue.none")
        first = self.say("queue.first")
        agent = self.desk.agent if self.desk is not None else None
        if agent is None or not agent.supervisor:
            return first
        return f"{first}\n\n{self.say('queue.supervisor', who=cut(agent.code, CODE))}"


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
