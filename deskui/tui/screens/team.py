"""Tickets that change hands, are merged, are taken back; and what others did with mine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on

from deskui.tui.arrivals import BulkArrived, NoticesArrived, Said, StepArrived, TargetArrived, Told
from deskui.tui.keymap import Keys
from deskui.tui.modals.pick import Choice, Numbered, PickScreen
from deskui.tui.panes.notices import NoticeLine
from deskui.tui.panes.ticket import Option
from deskui.tui.screens.desk_advice import AdviceCommands
from deskui.tui.telling import Teller
from deskui.tui.text import cut

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi
    from deskui.desk.model import TicketRow

__all__ = ["TeamCommands"]

HANDS = 24
"""Columns of a customer's name in a question."""


class TeamCommands(AdviceCommands):
    """The commands of the Desk that concern two agents or two tickets."""

    def _row(self) -> TicketRow | None:
        """The ticket under the cursor; says what to do when there is none, or a missed call."""
        if self.refuses_missed():
            return None
        row = self.queue.row
        if row is None:
            self.desk_app.toast(self.say("ticket.select"))
        return row

    # --- another's

    async def action_assign(self) -> None:
        """Picks who is to have it, then asks why."""
        row = self._row()
        if row is not None:
            await self.pick_agent(
                self.say("assign.pick", number=row.number), row.assignee, partial(self._assign_to, row)
            )

    async def pick_agent(self, title: str, holder: str | None, then: Any) -> None:
        """Picks somebody other than me and `holder`."""

        def load(desk: DeskApi) -> Sequence[Choice]:
            out = (desk.agent.code, holder)
            return [Choice(a.code, a.code, a.name) for a in desk.agents() if a.code not in out]

        screen = PickScreen(title, self.say("assign.hint"), load)
        await self.desk_app.push_screen(screen, then)

    def _assign_to(self, row: TicketRow, code: str | None) -> None:
        if code is None:
            return
        self.change_with_words(
            "assign",
            row.ticket_id,
            self.say("assign.reason", who=code),
            lambda desk, seen, reason: desk.assign(seen.ticket_id, seen.version, code, reason),
            optional=True,
        )

    def action_take_over(self) -> None:
        """Asks why, then makes another agent's ticket mine."""
        row = self._row()
        if row is None:
            return
        desk = self.desk
        if row.assignee is None:
            self.desk_app.toast(self.say("take.claim", number=row.number))
        elif desk is not None and row.assignee == desk.agent.code:
            self.desk_app.toast(self.say("take.mine", number=row.number))
        else:
            self.change_with_words(
                "take_over",
                row.ticket_id,
                self.say("take.reason", number=row.number, who=row.assignee),
                lambda desk, seen, reason: desk.take_over(seen.ticket_id, seen.version, reason),
            )

    def action_hold(self) -> None:
        """Asks whom it waits for; its clocks run on."""
        row = self._row()
        if row is not None:
            self.change_with_words(
                "hold",
                row.ticket_id,
                self.say("hold.reason", number=row.number),
                lambda desk, seen, reason: desk.hold(seen.ticket_id, seen.version, reason),
            )

    # --- duplicates

    async def action_merge(self) -> None:
        """Picks the ticket it is the same as, then asks whether that is meant."""
        row = self._row()
        if row is None:
            return

        def load(desk: DeskApi) -> Sequence[Choice]:
            tell = Teller.of(self)
            return [
                Choice(one, f"#{one.number} {one.title}", tell.moment(one.received_at))
                for one in desk.merge_targets(row.ticket_id)
            ]

        screen = PickScreen(
            self.say("merge.pick", number=row.number),
            self.say("merge.hint"),
            load,
            empty=self.say("merge.none"),
            field=self.say("merge.field"),
        )
        await self.desk_app.push_screen(screen, partial(self._merge_with, row))

    def _merge_with(self, row: TicketRow, picked: TicketRow | Numbered | None) -> None:
        if picked is None:
            return

        def job(desk: DeskApi) -> TargetArrived:
            if not isinstance(picked, Numbered):
                return TargetArrived(row, picked, True)
            target = desk.rows([desk.ticket_id(picked.number)])[0]
            same = {desk.ticket(one).customer_id for one in (row.ticket_id, target.ticket_id)}
            return TargetArrived(row, target, len(same) == 1)

        self.question_under_way("target", job)

    @on(TargetArrived)
    def _confirm_merge(self, message: TargetArrived) -> None:
        self.question_here()
        row, target = message.row, message.target
        if target.ticket_id == row.ticket_id:
            self.desk_app.toast(self.say("merge.itself"), severe=True)
            return
        values = {"number": row.number, "into": target.number, "customer": cut(target.customer, HANDS)}
        sure = "merge.sure" if message.same_customer else "merge.other"
        words = self.say(sure, **values)
        other = not message.same_customer

        def merge() -> None:
            self.change(
                "merge",
                lambda desk, seen: desk.merge(seen.ticket_id, seen.version, target.ticket_id, other),
                row.ticket_id,
            )

        self.ask(words, [Option(key_of(self.desk_app.keys, "merge"), "", merge)])

    # --- taking back

    def action_undo(self) -> None:
        """Says what would be taken back; the second press does it.

        It is what was done last here, wherever the cursor went since; once that was offered, the newest step
        of the ticket under the cursor.
        """
        last, self.last_done = self.last_done, ()
        if len(last) > 1:
            words = self.say("undo.many", n=len(last))
            key = key_of(self.desk_app.keys, "undo")
            self.ask(words, [Option(key, "", partial(self._undo_many, last))])
            return
        row = last[0] if last else self._row()
        if row is not None:
            about = row
            self.question_under_way("step", lambda desk: StepArrived(about, desk.last_step(about.ticket_id)))

    def _undo_many(self, rows: Sequence[TicketRow]) -> None:
        wanted = [(row.ticket_id, row.version) for row in rows]
        self.question_under_way(
            "bulk", lambda desk: BulkArrived("undo", tuple(desk.bulk("undo", wanted))), changes=True
        )

    @on(StepArrived)
    def _confirm_undo(self, message: StepArrived) -> None:
        self.question_here()
        step, number, about = message.step, message.row.number, message.row.ticket_id
        if step is None:
            self.desk_app.toast(self.say("undo.none", number=number))
            return
        did = self.words(step.did)
        if not step.mine:
            self.desk_app.toast(
                self.say("undo.theirs", number=number, who=step.agent or "—", did=did), severe=True
            )
            return
        done = "undo"
        if step.kind == "opened":
            done, words = (
                "withdraw",
                self.say("undo.withdraw", number=number, at=Teller.of(self).moment(step.at)),
            )
        else:
            words = self.say("undo.sure", number=number, did=did, at=Teller.of(self).moment(step.at))

        def undo() -> None:
            self.change(
                done, lambda desk, seen: desk.undo(seen.ticket_id, seen.version), about, step=step.did
            )

        self.ask(words, [Option(key_of(self.desk_app.keys, "undo"), "", undo)])

    # --- messages

    def read_notices(self) -> None:
        """Asks what happened to my tickets without me."""
        self.fetch("notices", lambda desk: NoticesArrived(tuple(desk.notices())))

    @on(NoticesArrived)
    def _notices(self, message: NoticesArrived) -> None:
        self.query_one(NoticeLine).show(message.notices)

    def put_notices_away(self) -> bool:
        """Marks the messages that are shown as seen; False when there is none."""
        line = self.query_one(NoticeLine)
        ids = [notice.notice_id for notice in line.notices]
        if not ids:
            return False

        def job(desk: DeskApi) -> Told:
            desk.put_away(ids)
            return Told("notices")

        line.show(())
        self.fetch("away", job, keep=True)
        return True

    @on(Said)
    def _not_asked(self, message: Said) -> None:
        if message.group in ("step", "target"):
            self.question_here()


def key_of(keys: Keys, action: str) -> str:
    """The comma separated keys of a command of the Desk."""
    return next(command.keys for command in keys.commands("desk") if command.action == action)
