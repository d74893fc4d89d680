"""Keeping, parking, swapping and dropping calls: the half of the Call screen that the store remembers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from deskui.desk.callmodel import MOST_CALLS
from deskui.desk.model import Call
from deskui.tui.arrivals import CallEnded, CallTaken, DraftKept, DraftsArrived, Dropped, HoursArrived
from deskui.tui.drafts import DraftKeeper, worth_keeping
from deskui.tui.panes.linebar import LineBar
from deskui.tui.panes.ticket import Option, PromptLine
from deskui.tui.panes.who import WhoPane
from deskui.tui.panes.wordsline import WordsLine
from deskui.tui.screens.call_place import CallPlace
from deskui.tui.telling import Teller

if TYPE_CHECKING:
    from datetime import datetime

    from deskui.desk.api import DeskApi

__all__ = ["CallDrafts"]

REASONS = {"a": "only_asked", "w": "wrong_number", "c": "cut_off", "n": "not_ours"}
"""Why a call needs no ticket, by the letter that says it."""


class CallDrafts(CallPlace):
    """A call as it stands, its parts on the screen, and its draft."""

    def __init__(self, phone: str | None = None, call: Call | None = None) -> None:
        super().__init__()
        if call is not None or phone is not None:
            self.call = call or Call(phone=phone)
        self._given = call
        self._sure: Call | None = None
        self._restored: Call | None = None
        """The draft the screen began with, as it was then."""
        self._offered = phone is not None or call is not None
        self._unsent: dict[datetime | None, str] = {}
        """Words to the supervisor that were typed and not sent, by when their call began."""
        self._sending = False
        """Whether they are sent as soon as the store has the call."""
        self.keeper = DraftKeeper(self, self._current)

    # --- the vendor's hours

    def ask_hours(self, policy: str) -> None:
        """Asks whether the vendor is closed now: the caller card says so."""
        self.who.hours(None)
        self.fetch("hours", lambda desk: HoursArrived(policy, desk.closed_words(policy)))

    @on(HoursArrived)
    def _hours(self, message: HoursArrived) -> None:
        if not self.gone and self.who.product is not None and self.who.product.policy == message.policy:
            self.who.hours(message.closed)

    # --- drafts

    def _drafts(self, desk: DeskApi) -> DraftsArrived:
        drafts = tuple(desk.drafts())
        tell = Teller.of(self)
        names = []
        for draft in drafts:
            who = (
                desk.customer_card(draft.customer_id).name
                if draft.customer_id
                else draft.query or draft.phone or ""
            )
            at = tell.moment(draft.started_at) if draft.started_at else ""
            names.append(self.say("call.draft", at=at, who=who, what=draft.title or draft.notes))
        return DraftsArrived(drafts, names)

    @on(DraftsArrived)
    def _offer(self, message: DraftsArrived) -> None:
        if self.gone:
            return
        first = not self._offered
        self._offered = True
        self.who.offer(message.drafts, message.names)
        # a caller who waits is gone back to by a key of its own
        kept = [draft for draft in message.drafts if draft.parked_at is None]
        if first and kept and not worth_keeping(self._current()):
            at = message.drafts.index(kept[0])
            self._resume(kept[0])
            self._restored = self._as_it_stands()
            self.query_one(LineBar).draft_of = self.say("line.draft", draft=message.names[at].strip())
            self.query_one(LineBar).tick()

    @on(WhoPane.Resumed)
    def _resumed(self, message: WhoPane.Resumed) -> None:
        self._when_kept(partial(self._resume, message.call))

    def _resume(self, call: Call) -> None:
        """Goes on with a call of the store, where it was left."""
        self._empty()
        waited = call.parked_at is not None
        self._left = place = call.place
        self.looked_at = call.service
        chosen = call.service if place is None or place.taken else None
        self.call = replace(call, parked_at=None, service=chosen)
        self.keeper.resume(call)
        self.query_one(LineBar).ring_id = call.ring_id
        self.desk_app.phone.taken_up(call.draft_id)
        self.who.field.value = call.query
        self.notes.put(call.title, call.notes)
        if call.customer_id is not None:
            self._awaits = "card"
            machine = call.answers.get("machine_id")
            self.who.load(
                call.customer_id, call.contact_id, call.product_id, machine_id=machine, asks_machine=False
            )
        else:
            self._stand(place)
            self._arrived()
        if waited:
            self.keeper.save()

    def _current(self) -> Call:
        return replace(
            self.call,
            query=self.who.text,
            service=self.call.service or self.what.leaning,
            title=self.notes.title_field.value,
            notes=self.notes.area.text,
            place=self._place(),
        )

    @on(DraftKept)
    def _kept(self, message: DraftKept) -> None:
        if self.gone:
            return
        self.keeper.kept(message.call)
        self.desk_app.phone.read()
        self.desk_app.type_on()

    # --- another call

    def _full(self) -> bool:
        """Whether no more callers may wait; says so."""
        full = len(self.desk_app.phone.waiting) >= MOST_CALLS - 1 and worth_keeping(self._current())
        if full:
            self.desk_app.toast(self.say("line.full", n=MOST_CALLS), severe=True)
        return full

    def _park(self, then: Callable[[], None]) -> None:
        """Lets the caller wait, and does what comes next once the store has the call."""
        if worth_keeping(self._current()):
            self.call = replace(self.call, parked_at=self.now())
        self._when_kept(then)

    def _unpark(self) -> None:
        """The caller does not wait after all."""
        if self.call.parked_at is not None:
            self.call = replace(self.call, parked_at=None)
            self.keeper.save()

    def take_ring(self, ring_id: int) -> None:
        """Takes the call that rings; this one waits meanwhile."""
        if self._awaits is None and not self._sending and not self._full():
            self._park(partial(self._take, lambda desk: CallTaken(desk.take_ring(ring_id))))

    def take_up(self, draft_id: int) -> None:
        """Goes on with a caller who waits; this one waits meanwhile."""

        def job(desk: DeskApi) -> CallTaken:
            return CallTaken(draft_of(desk, draft_id))

        if self._awaits is None and not self._sending:
            self._park(partial(self._take, job))

    def _take(self, job: Callable[[DeskApi], CallTaken]) -> None:
        self._awaits = "call"
        self.fetch("take", job, keep=True)

    @on(CallTaken)
    def _taken(self, message: CallTaken) -> None:
        self._resume(message.call)

    def _not_kept(self, why: str) -> None:
        self.call = replace(self.call, parked_at=None)
        self._sending = self._told_ending = False
        self.who.heard()
        self.desk_app.toast(self.say("call.not_kept", why=why), severe=True)

    @property
    def _ending(self) -> bool:
        """Whether the call is just being logged, dropped or ended: a draft of it would be a second call."""
        return self._awaits in ("log", "drop", "end")

    def keeps_first(self, after: Callable[[], None]) -> bool:
        """The call as it stands, unless it is just being logged, dropped or ended."""
        return not self._ending and self.keeper.when_kept(after)

    def _when_kept(self, after: Callable[[], None]) -> None:
        """Does what takes the call off the screen once the store has it."""
        if not self.keeper.when_kept(after):
            self._not_kept(self.say("app.connecting"))

    def action_keep(self) -> None:
        """Puts the list of rules away; else back to the desk, and the draft stays."""
        if self.verdict.near:
            self.verdict.toggle_near()
        elif not (self._ending or self._sending or self._awaits == "ask"):
            self._when_kept(self._leave)
        elif self._told_ending:
            self.off_the_screen()
        else:
            # nothing typed is lost: whether it is in the store is not known yet
            self._told_ending = True
            self.desk_app.toast(self.say("call.ending" if self._ending else "call.asking"), severe=True)

    def off_the_screen(self) -> None:
        """Back to what is below, whatever lies over the call; nothing where it was left already."""
        while self in self.desk_app.screen_stack:
            self.desk_app.pop_screen()

    def _leave(self) -> None:
        if self.is_current:
            self.desk_app.pop_screen()
            if self.keeper.draft_id is not None:
                self.desk_app.toast(self.say("call.kept"))

    def action_fresh(self) -> None:
        """Lets this caller wait and starts another call; a draft that was only looked at stays one."""
        if self._restored is not None and self._restored == self._as_it_stands():
            self._when_kept(partial(self._start_over, told="call.kept_for_later"))
        elif not self._full():
            self._park(self._start_over)

    def _as_it_stands(self) -> Call:
        """The call without where the cursor is."""
        return replace(self._current(), place=None, parked_at=None)

    # --- the end of a call that becomes no ticket

    def action_forget(self) -> None:
        """Throws the draft away and goes back to the desk, at the second press."""
        if self._sure != self._current():
            self._sure = self._current()
            self.desk_app.toast(self.say("call.forget_sure"), severe=True)
            return
        self.keeper.when_still(self._drop)

    def _drop(self) -> None:
        draft_id = self.keeper.draft_id

        def job(desk: DeskApi) -> Dropped:
            if draft_id is not None:
                desk.drop_draft(draft_id)
            return Dropped()

        self._awaits = "drop"
        self.fetch("drop", job, keep=True)

    @on(Dropped)
    def _dropped(self) -> None:
        self._awaits = None
        self.keeper.fresh()
        self._end("call.thrown")

    def _end(self, told: str, **values: object) -> None:
        """Back to the desk: every end of a call leads there, whoever still waits."""
        self.off_the_screen()
        self.desk_app.toast(self.say(told, **values))
        self.desk_app.phone.read()
        self.desk_app.type_on()

    def action_no_ticket(self) -> None:
        """Asks why the call needs no ticket; a letter logs it."""
        if not worth_keeping(self._current()):
            self.desk_app.toast(self.say("end.nothing"))
            return
        options = [
            Option(letter, self.say(f"end.{reason}"), partial(self._end_as, reason))
            for letter, reason in REASONS.items()
        ]
        self.prompt(self.say("end.ask"), options)

    # --- questions before something is done

    def prompt(self, question: str, options: Sequence[Option]) -> None:
        """Asks something that one letter answers, below the panes."""
        self.prompt_gone()
        # what was said before would lie over the question
        self.desk_app.clear_notifications()
        self._prompted_from = self.focused
        prompt = self.query_one("#call-prompt", PromptLine)
        prompt.put(question, options)
        prompt.display = True
        self.set_focus(prompt)

    def ask_words(self, label: str, hint: str) -> None:
        """Asks for words below the panes; those that were typed before and not sent stand there again."""
        line = self.query_one(WordsLine)
        if not line.asks:
            self.prompt_gone()
            self.desk_app.clear_notifications()
            self._prompted_from = self.focused
            line.ask(label, self._unsent.get(self.call.started_at, ""), hint)
            self.set_focus(line.field)

    @on(WordsLine.Left)
    @on(PromptLine.Gone)
    def prompt_gone(self) -> None:
        """Takes the question away; the cursor is where it was before."""
        line = self.query_one(WordsLine)
        if line.asks:
            self._unsent[self.call.started_at] = line.put_away()
        self.query_one("#call-prompt").display = False
        if self._prompted_from is not None:
            self._focus_as_it_is(self._prompted_from)
            self._prompted_from = None

    def _end_as(self, reason: str) -> None:
        self._awaits = "end"
        self.keeper.when_still(partial(self._log_as, reason))

    def _log_as(self, reason: str) -> None:
        call = replace(self._current(), draft_id=self.keeper.draft_id)
        self.fetch("end", lambda desk: CallEnded(desk.end_call(call, reason)), keep=True)

    @on(CallEnded)
    def _ended(self, message: CallEnded) -> None:
        self._awaits = None
        self._end("end.done", reason=self.say(f"end.{message.logged.reason}"))

    def on_unmount(self) -> None:
        """No call is on the screen any more, unless another screen has one already."""
        if self.desk_app.phone.current == self.keeper.draft_id:
            self.desk_app.phone.current = None

    # --- an empty screen

    def _empty(self) -> None:
        self.prompt_gone()
        self.keeper.fresh()
        self._sure = None
        self._left = None
        self._before = None
        self._awaits = None
        self.looked_at = None
        self._restored = None
        bar = self.query_one(LineBar)
        bar.ring_id, bar.draft_of = None, ""
        bar.tick()
        self.desk_app.phone.current = None
        self.who.closed = None
        self.who.clear()
        self.what.clear()
        self.questions.forget()
        self.verdict.show(None)
        self.notes.put("", "")

    def _start_over(self, told: str = "") -> None:
        self.call = Call(started_at=self.now())
        # another call was wanted: no draft takes its place
        self._offered = True
        self._empty()
        self.keeper.fresh()
        self.set_focus(self.who.field)
        self._arrived()
        self.desk_app.phone.read()
        self.fetch("drafts", self._drafts)
        if told:
            self.desk_app.toast(self.say(told))


def draft_of(desk: DeskApi, draft_id: int) -> Call:
    """A draft of mine; raises NotFound."""
    # in the thread: the first screen is painted before any of the desk is imported
    from deskui.desk.errors import NotFound  # noqa: PLC0415
    from deskui.policy.decision import Text  # noqa: PLC0415

    found = next((draft for draft in desk.drafts() if draft.draft_id == draft_id), None)
    if found is None:
        raise NotFound(Text("สายที่รออยู่จบไปแล้ว", "The call that waited has ended already"))
    return found
