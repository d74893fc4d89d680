"""What the Desk looks at: its views, what is found in them, their order, and the tickets that are marked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.timer import Timer

from deskui.desk.look import SORTS, Look
from deskui.tui.arrivals import BulkArrived, Said, ViewsArrived
from deskui.tui.keymap import shown_key
from deskui.tui.modals.pick import Choice, Dropped, PickScreen
from deskui.tui.panes.queue import OWN, VIEWS, FindLine, QueuePane, View, ViewLine
from deskui.tui.panes.ticket import Option
from deskui.tui.screens.team import TeamCommands, key_of
from deskui.tui.thai import ThaiInput

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi
    from deskui.desk.workmodel import SavedView

__all__ = ["ViewCommands"]

SETTLE = 0.15
"""Seconds after the last key before the view is searched."""
MOST_MARKED = 500
MANY = 0
"""Stands for all that are marked, among the words that were refused."""
NAMED = 3
"""How many tickets that were refused are named in one message."""


class ViewCommands(TeamCommands):
    """The commands of the Desk that choose what is seen, and those that do one thing to many tickets."""

    def __init__(self) -> None:
        super().__init__()
        self.view = View("all", Look())
        """The view that is on."""
        self.look = Look()
        """The view with what is looked for in it, in which order."""
        self._listed = (self.view, self.look)
        """What the list on the screen is of; something else than `look` while that is being read."""
        self._coming: bool | None = None
        """Whether another list is on its way, and the cursor stays on its ticket in it."""
        self._own: tuple[View, ...] = ()
        self._settling: Timer | None = None
        self._last_mark: int | None = None
        self._words_of: frozenset[int] = frozenset()
        """Tickets that the words of the newest bulk step were typed for."""

    # --- views

    def views(self) -> list[View]:
        """Every view: those of the desk, one for each vendor in use, the agent's own."""
        vendors = [View(one.policy, Look(one.policy), one.short) for one in self.desk_app.hours]
        return [*(View(name, Look(name)) for name in VIEWS), *vendors, *self._own]

    def view_name(self, view: View) -> str:
        """What a view is called, without a count."""
        return view.name or self.say(f"queue.{view.key}", n="").strip()

    def read_views(self) -> None:
        """Asks for the agent's own views."""
        self.fetch("views", lambda desk: ViewsArrived(tuple(desk.saved_views())))

    @on(ViewsArrived)
    def _views_here(self, message: ViewsArrived) -> None:
        self._own = tuple(_own(view) for view in message.views)
        if message.kept:
            self.desk_app.toast(self.say("view.saved", name=message.kept))
            kept = next((view for view in self._own if view.name == message.kept), None)
            if kept is not None:
                self.show_view(kept)

    def show_view(self, view: View) -> None:
        """Shows a view as it is kept."""
        self.view = view
        self._end_find()
        self.look_at(view.look)

    def look_at(self, look: Look, *, stay: bool = False) -> None:
        """Reads the queue by another look; the cursor starts at the top of what comes, or is to `stay` on
        its ticket.
        """
        self.look = look
        self.keep(None)
        self.query_one("#queue", QueuePane).show_view(self.view, look)
        if self.desk is not None:
            self._coming = stay
        self.refetch()

    def holds_back(self, key: str) -> bool:
        """Whether a key waits: the heading of another view stands before its list, and what is typed then
        is about that list.
        """
        if super().holds_back(key):
            return True
        typing = isinstance(self.focused, ThaiInput)
        return self._coming is not None and not typing and key not in self.desk_app.keys.before_list

    def list_stays(self) -> bool:
        """Whether the cursor stays on its ticket in the list that is here now, the one of `look`."""
        stays = self._coming is not False
        self._coming, self._listed = None, (self.view, self.look)
        return stays

    @on(Said)
    def _not_listed(self, message: Said) -> None:
        if message.group == "queue" and self._coming is not None:
            # back to what the list is of: a heading above another list would be wrong about each of its rows
            self._coming = None
            self.view, self.look = self._listed
            self.query_one("#queue", QueuePane).show_view(self.view, self.look)
            self.desk_app.type_on()

    def action_next_view(self) -> None:
        """Goes to the next view."""
        views = self.views()
        at = next((at for at, view in enumerate(views) if view.key == self.view.key), 0)
        self.show_view(views[(at + 1) % len(views)])

    async def action_pick_view(self) -> None:
        """Chooses a view from a list."""

        def load(_desk: DeskApi) -> list[Choice]:
            details = {True: self.say("view.mine_kept"), False: self.say("view.vendor")}
            counts = self.desk_app.counts
            return [
                Choice(
                    view.key,
                    self.view_name(view),
                    str(counts.get(view.key, "–")) if view.key in VIEWS else details[view.own],
                    view.own,
                )
                for view in self.views()
            ]

        await self._pick("view", load, self.view.key, self._view_chosen)

    def _view_chosen(self, picked: str | Dropped | None) -> None:
        if isinstance(picked, Dropped):
            self._drop_view(str(picked.value))
        elif picked is not None:
            self.show_key(picked)

    def show_key(self, key: str) -> None:
        """Shows the view of that key."""
        found = next((view for view in self.views() if view.key == key), None)
        if found is not None:
            self.show_view(found)

    def _drop_view(self, key: str) -> None:
        name = key.removeprefix(OWN)

        def job(desk: DeskApi) -> ViewsArrived:
            desk.drop_view(name)
            return ViewsArrived(tuple(desk.saved_views()))

        self.fetch("views", job, keep=True)
        self.desk_app.toast(self.say("view.dropped", name=name))
        if self.view.key == key:
            self.show_view(View("all", Look()))

    async def _pick(
        self, what: str, load: Callable[[DeskApi], list[Choice]], start: object, then: Callable[[Any], None]
    ) -> None:
        title = {"view": "view.pick", "sort": "sort.pick"}[what]
        hint = {"view": "view.pick_hint", "sort": "sort.pick_hint"}[what]
        screen = PickScreen(self.say(title), self.say(hint), load, start=start)
        await self.desk_app.push_screen(screen, then)

    def action_save_view(self) -> None:
        """Keeps what is looked at under a name."""
        look = self.look

        def save(name: str) -> None:
            def job(desk: DeskApi) -> ViewsArrived:
                kept = desk.save_view(name, look)
                return ViewsArrived(tuple(desk.saved_views()), kept.name)

            self.fetch("views", job, keep=True)

        self.ask_words(self.say("view.save"), save, text=self.view.name if self.view.own else "")

    async def action_sort(self) -> None:
        """Chooses the order."""
        await self._pick(
            "sort",
            lambda _desk: [Choice(sort, self.say(f"sort.{sort}")) for sort in SORTS],
            self.look.sort,
            self._sort_by,
        )

    def _sort_by(self, sort: str | None) -> None:
        if sort is not None and sort != self.look.sort:
            self.look_at(Look(self.look.view, self.look.find, sort))

    @on(ViewLine.Picked)
    def _view_picked(self, message: ViewLine.Picked) -> None:
        self.show_key(message.view)

    # --- finding within the view

    def action_find_within(self) -> None:
        """The cursor goes to the field to find in."""
        self.set_focus(self.query_one("#queue", QueuePane).open_find(self.look.find))

    @on(FindLine.Typed)
    def _typed(self, message: FindLine.Typed) -> None:
        if self._settling is not None:
            self._settling.stop()
        text = message.text.strip()
        if text != self.look.find:
            self._settling = self.set_timer(SETTLE, partial(self._find, text))

    def _find(self, text: str) -> None:
        self._settling = None
        self.look_at(Look(self.look.view, text, self.look.sort))

    @on(FindLine.Done)
    def _found(self) -> None:
        line = self.query_one(FindLine)
        text = line.field.value.strip()
        if self._settling is not None:
            self._settling.stop()
        if text != self.look.find:
            self._find(text)
        if not text:
            self._end_find()
        self.set_focus(self.queue)

    def end_find(self) -> bool:
        """Ends the search; False when nothing is looked for."""
        looked = bool(self.look.find) or bool(self.query("#within.-on"))
        self._end_find()
        if self.look.find:
            self.look_at(Look(self.look.view, "", self.look.sort), stay=True)
        return looked

    def _end_find(self) -> None:
        if self._settling is not None:
            self._settling.stop()
            self._settling = None
        with self.prevent(FindLine.Typed):
            self.query_one("#queue", QueuePane).close_find()

    # --- marks

    def set_marks(self, marks: frozenset[int]) -> None:
        """Marks these tickets and no others."""
        if len(marks) > MOST_MARKED:
            self.desk_app.toast(self.say("marks.too_many", n=MOST_MARKED), severe=True)
            return
        self.queue.set_marked(marks)
        self.query_one("#queue", QueuePane).show_marked(len(marks))

    def action_mark(self) -> None:
        """Marks the ticket, or takes its mark away, and goes on to the next."""
        ticket_id = self.queue.ticket_id
        if ticket_id is None or ticket_id < 0:
            self.desk_app.toast(self.say("ticket.select" if ticket_id is None else "marks.no_call"))
            return
        self._last_mark = ticket_id
        self.set_marks(self.queue.marked ^ {ticket_id})
        self.queue.action_move(1)

    def action_mark_range(self) -> None:
        """Marks all from the ticket marked last to this one."""
        ids, here = self.queue.ticket_ids, self.queue.cursor
        start = ids.index(self._last_mark) if self._last_mark in ids else here
        chosen = ids[min(start, here) : max(start, here) + 1]
        if chosen:
            self.set_marks(self.queue.marked | {one for one in chosen if one > 0})
            self._last_mark = ids[here] if ids[here] > 0 else self._last_mark

    def action_mark_all(self) -> None:
        """Marks all in the view, or none if all are."""
        every = frozenset(one for one in self.queue.ticket_ids if one > 0)
        self.set_marks(frozenset() if every == self.queue.marked else every)

    def drop_marks(self) -> bool:
        """Takes all marks away; False when there is none."""
        marked = bool(self.queue.marked)
        self._last_mark = None
        self.set_marks(frozenset())
        return marked

    # --- one thing to many tickets

    def action_claim(self) -> None:
        """Makes it mine, or all that are marked."""
        marked = len(self.queue.marked)
        if not marked:
            super().action_claim()
            return
        key = key_of(self.desk_app.keys, "claim")
        words = self.say("marks.sure", what=self.say("marks.claim"), n=marked, key=shown_key(key))
        self.ask(words, [Option(key, "", partial(self._bulk, "claim"))])

    def action_resolve(self) -> None:
        """Solved: this one, or all that are marked."""
        marked = len(self.queue.marked)
        if not marked:
            super().action_resolve()
            return
        label = self.say("marks.resolve", n=marked)
        self._ask_bulk(label, "resolve")

    def action_pause(self) -> None:
        """Waits for the customer or goes on; with marks, all of them wait."""
        marked = len(self.queue.marked)
        if not marked:
            super().action_pause()
            return
        label = self.say("marks.wait", n=marked)
        self._ask_bulk(label, "wait")

    async def action_assign(self) -> None:
        """Gives it to somebody else, or all that are marked."""
        marked = len(self.queue.marked)
        if not marked:
            await super().action_assign()
            return

        def chosen(code: str | None) -> None:
            if code is not None:
                label = self.say("assign.reason", who=code)
                self._ask_bulk(label, "assign", code)

        await self.pick_agent(self.say("marks.assign", n=marked), None, chosen)

    def _ask_bulk(self, label: str, act: str, agent: str = "") -> None:
        """Asks for words about all that are marked; those of a refused try stand there again."""
        same = self.queue.marked <= self._words_of
        before = self.refused_words.get((act, MANY), "") if same else ""
        self.ask_words(label, lambda words: self._bulk(act, words, agent), optional=True, text=before)

    def _bulk(self, act: str, reason: str = "", agent: str = "") -> None:
        self.refused_words[act, MANY] = reason
        marked = self.queue.marked
        ids = [one for one in self.queue.ticket_ids if one in marked]
        self._words_of = frozenset(ids)
        # the version the agent saw, where it was seen
        seen = {one: row.version for one in ids if (row := self.queue.row_of(one)) is not None}

        def job(desk: DeskApi) -> BulkArrived:
            fresh = {row.ticket_id: row.version for row in desk.rows([one for one in ids if one not in seen])}
            wanted = [(one, seen.get(one) or fresh.get(one, 0)) for one in ids]
            return BulkArrived(act, tuple(desk.bulk(act, wanted, reason=reason, agent=agent)))

        self.question_under_way("bulk", job, changes=True)

    @on(BulkArrived)
    def _bulk_done(self, message: BulkArrived) -> None:
        self.question_here()
        done = [one for one in message.done if one.row is not None]
        refused = [one for one in message.done if one.row is None]
        rows = [one.row for one in done if one.row is not None]
        self.last_done = () if message.act == "undo" else rows
        self.queue.set_rows(rows, self.now())
        self.set_marks(frozenset(one.ticket_id for one in refused))
        if refused:
            told = [(f"#{one.number}", self.words(one.refused)) for one in refused[:NAMED] if one.refused]
            named = [why if number in why else f"{number} {why}" for number, why in told]
            if len(refused) > NAMED:
                named.append(self.say("bulk.more", n=len(refused) - NAMED))
            words = self.say("bulk.partly", n=len(done), m=len(refused), why=" · ".join(named))
            self.desk_app.toast(words, severe=True)
        else:
            self.refused_words.pop((message.act, MANY), None)
            self.desk_app.toast(self.say("bulk.done", n=len(done)))
        self.refetch()

    @on(Said)
    def _no_bulk(self, message: Said) -> None:
        if message.group == "bulk":
            self.question_here()
            self.refetch()


def _own(view: SavedView) -> View:
    return View(f"{OWN}{view.name}", view.look, view.name)
