"""The ticket under the cursor: what was said, decided and done, and a line to write a note on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from deskui.dataclass import dataclass
from deskui.tui.keymap import READING
from deskui.tui.keys import both
from deskui.tui.panes.sla_text import pause_lines
from deskui.tui.panes.verdict_text import headline, outcome_style
from deskui.tui.panes.who_card import thing_words
from deskui.tui.panes.wordsline import WordsLine
from deskui.tui.speaking import Speaking
from deskui.tui.telling import Teller
from deskui.tui.text import assembled, shown, side_by_side
from deskui.tui.thai import ThaiInput

if TYPE_CHECKING:
    from deskui.desk.callmodel import Ring
    from deskui.desk.model import TicketDetail

__all__ = ["Option", "PromptLine", "TicketPane"]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a prompt."""

    key: str
    text: str
    then: Callable[[], None]


class PromptLine(Widget, Speaking, can_focus=True):
    """A question under the ticket, answered by one letter; anything else takes it away."""

    class Gone(Message):
        """The prompt is over."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the widgets' own name for it
        super().__init__(id=id)
        self._question = ""
        self._options: Sequence[Option] = ()

    def put(self, question: str, options: Sequence[Option]) -> None:
        """Asks."""
        self._question, self._options = question, options
        self.refresh()

    def relabel(self) -> None:
        """Asks the same in the language that is on."""
        again = self.say.again
        self._question = again(self._question)
        self._options = [replace(option, text=again(option.text)) for option in self._options]
        self.refresh()

    def render(self) -> Content:
        """Question and answers, side by side as far as there is room."""
        return Content("\n").join(assembled(line) for line in self._laid(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines that it takes in so many columns."""
        return sum(len(assembled(line).wrap(max(width, 1))) for line in self._laid(width))

    def _laid(self, width: int) -> list[list[tuple[str, str]]]:
        question = [(self._question, "bold $text-warning")]
        answers = [
            [(option.key, "bold $text-accent"), (f" {option.text}", "")]
            for option in self._options
            if option.text
        ]
        return side_by_side([question, *answers], width, gap="  ")

    def on_key(self, event: events.Key) -> None:
        """A letter answers on either layout; any other key means no, but for those that only help to read."""
        chosen = next((one for one in self._options if event.key in both(one.key).split(",")), None)
        if chosen is None and event.key in self.desk_app.keys.of(*READING):
            return
        event.stop()
        event.prevent_default()
        self.post_message(self.Gone())
        if chosen is not None:
            chosen.then()


class History(VerticalScroll):
    """What was done on the ticket: with less room its newest line stays, unless one reads further up."""

    at_end = True
    """Whether it stands at its newest line."""

    def to_end(self) -> None:
        """Shows the newest line."""
        self.at_end = True
        self.scroll_end(animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Somebody scrolls, or it does so for its text."""
        super().watch_scroll_y(old_value, new_value)
        self.at_end = new_value >= self.max_scroll_y

    def on_resize(self) -> None:
        """Another size."""
        if self.at_end:
            self.call_after_refresh(self.to_end)


class TicketPane(Vertical, Speaking):
    """History, description and the note line of one ticket."""

    class NoteWritten(Message):
        """Enter on the note line."""

        def __init__(self, ticket_id: int, text: str) -> None:
            super().__init__()
            self.ticket_id = ticket_id
            self.text = text

    class NoteLeft(Message):
        """The note line is done with."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the widgets' own name for it
        super().__init__(id=id)
        self.detail: TicketDetail | None = None
        self._lookers: tuple[str, ...] = ()
        self._behind = False
        self._half_written: dict[int, str] = {}
        """Notes that were begun, by ticket: a ring may come first."""
        self._whole = False
        self.missed: Ring | None = None
        """The missed call that is shown instead."""

    def compose(self) -> ComposeResult:
        """The history, which scrolls."""
        with History(id="history", can_focus=False):
            yield Static(id="history-text")

    async def complete(self) -> None:
        """Below it, where they stay, the lines that one answers and writes on: the first frame needs none."""
        prompt = PromptLine(id="prompt")
        prompt.display = False
        await self.mount(ThaiInput(id="note", compact=True), WordsLine(id="words"), prompt)
        self._whole = True

    def on_mount(self) -> None:
        """Nothing is chosen yet."""
        self.relabel()

    @property
    def note(self) -> ThaiInput:
        """The note line."""
        return self.query_one("#note", ThaiInput)

    @property
    def prompt(self) -> PromptLine:
        """The line that asks before something is done."""
        return self.query_one("#prompt", PromptLine)

    @property
    def words_line(self) -> ThaiInput:
        """The line on which a reason is written."""
        return self.query_one(WordsLine).field

    def show(self, detail: TicketDetail | None) -> None:
        """Shows a ticket, at its newest line; one that is shown already keeps its half-written note, and its
        scroll where the agent has scrolled up to read and the new lines are somebody else's.
        """
        before, history = self.detail, self.query_one("#history", History)
        same = _number(before) == _number(detail) and self.missed is None
        read = not history.at_end
        mine = self.desk_app.desk.agent.code if self.desk_app.desk else ""
        self.detail = detail
        self.missed = None
        self._show()
        if not same:
            self._change_notes(before, detail)
        else:
            newer = before is not None and detail is not None and len(detail.entries) > len(before.entries)
            if not newer or detail is None or (read and detail.entries[-1].agent != mine):
                return
        self._behind = not self.screen.is_current
        self.call_after_refresh(history.to_end)

    def _change_notes(self, before: TicketDetail | None, detail: TicketDetail | None) -> None:
        if not self._whole:
            return
        if before is not None and self.note.value.strip():
            self._half_written[before.row.ticket_id] = self.note.value
        self.note.value = self._half_written.pop(detail.row.ticket_id, "") if detail is not None else ""

    def put_back(self, ticket_id: int, text: str) -> None:
        """A note that was not kept stands on the line of its ticket again, before what was typed since."""
        if self.detail is not None and self.detail.row.ticket_id == ticket_id:
            self.note.value = f"{text} {self.note.value}".strip()
        else:
            self._half_written[ticket_id] = f"{text} {self._half_written.get(ticket_id, '')}".strip()

    def catch_up(self) -> None:
        """Shows what was said last, where it came under another screen: nothing was laid out then."""
        if self._behind:
            self._behind = False
            self.call_after_refresh(self.query_one("#history", History).to_end)

    def show_lookers(self, lookers: Sequence[str]) -> None:
        """Who else is looking at the ticket."""
        if tuple(lookers) != self._lookers:
            self._lookers = tuple(lookers)
            self._show()

    def show_missed(self, ring: Ring) -> None:
        """Shows a missed call in place of a ticket."""
        self.missed = ring
        self._show()

    def ask(self, question: str, options: Sequence[Option]) -> None:
        """Puts a question where the note line is."""
        self.asked()
        self.prompt.put(question, options)
        self.prompt.display = True
        self.note.display = False

    def ask_words(self, label: str, text: str = "", hint: str = "") -> None:
        """Puts a line for words where the note line is; a half-written note stays as it is."""
        self.asked()
        self.query_one(WordsLine).ask(label, text, hint)
        self.note.display = False

    def asked(self) -> None:
        """Takes the question away."""
        if not self._whole:
            return
        self.prompt.display = False
        self.query_one(WordsLine).put_away()
        self.note.display = True

    @on(ThaiInput.Submitted, "#note")
    def _written(self, event: ThaiInput.Submitted) -> None:
        event.stop()
        if self.detail is not None and event.value.strip():
            self.post_message(self.NoteWritten(self.detail.row.ticket_id, event.value))
        else:
            self.post_message(self.NoteLeft())

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self._show()
        if self._whole:
            self.prompt.relabel()
            self.query_one(WordsLine).relabel()

    def _show(self) -> None:
        text = self.query_one("#history-text", Static)
        # no ticket, or a missed call, takes no note
        takes = self.missed is None and self.detail is not None
        if self._whole:
            self.note.placeholder = self.say("ticket.note_hint") if takes else ""
        detail = self.detail
        if self.missed is not None:
            self.border_title = shown(self.say("missed.title", number=self.missed.number), 120)
            text.update(Content("\n").join(self._missed_lines(self.missed)))
            return
        if detail is None:
            self.border_title = Content(self.say("ticket.title"))
            text.update(assembled([(self.say("ticket.none"), "$text-muted")]))
            return
        self.border_title = shown(f"#{detail.row.number} {detail.row.title}", 120)
        text.update(Content("\n").join(self._lines(detail)))

    def _missed_lines(self, ring: Ring) -> list[Content]:
        tell = Teller.of(self)
        who = ring.who if ring.customer else self.say("missed.nobody")
        product = f"  {ring.product}" if ring.product else ""
        first, last = tell.moment(ring.rang_at), tell.moment(ring.last_at)
        lines = [
            assembled([(who, "bold"), (product, "$text-muted")]),
            shown(self.say("missed.since", times=ring.times, first=first, last=last)),
        ]
        if ring.to:
            lines.append(shown(self.say("missed.for", who=ring.to)))
        if ring.taken_by and ring.taken_at:
            at = tell.moment(ring.taken_at)
            lines.append(shown(self.say("missed.taken", who=ring.taken_by, at=at)))
        return [*lines, assembled([(self.say("missed.do"), "$text-muted")])]

    def _lines(self, detail: TicketDetail) -> list[Content]:
        tell = Teller.of(self)
        lines = []
        about = thing_words(detail, self.say)
        caller = " · ".join(part for part in (detail.contact, detail.phone, *about) if part)
        lines.append(
            assembled([(self.words(detail.row.service_name), "bold"), (f"  {caller}", "$text-muted")])
        )
        if detail.row.deferred_until is not None:
            until = tell.long_moment(detail.row.deferred_until)
            lines.append(assembled([(self.say("ticket.deferred", until=until), "bold $text-warning")]))
        if detail.decision is not None:
            rules = ", ".join(detail.decision.rules)
            decided = headline(detail.decision, tell)
            style = outcome_style(detail.decision.outcome)
            lines.append(assembled([(decided, f"bold {style}"), (f"  {rules}", "$text-muted")]))
        if detail.description and not any(entry.text.en == detail.description for entry in detail.entries):
            lines.append(shown(detail.description))
        for entry in detail.entries:
            when = tell.moment(entry.at)
            who = f" {entry.agent}" if entry.agent else ""
            of = self.say("ticket.entry_of", number=entry.number) if entry.number is not None else ""
            lines.append(
                assembled([(f"{when}{who}  ", "$text-muted"), (of, "bold"), (self.words(entry.text), "")])
            )
        lines += self._last_lines(detail, tell)
        return lines

    def _last_lines(self, detail: TicketDetail, tell: Teller) -> list[Content]:
        """Last, where it is seen first: where the ticket went, who else called, why it stands still, who is
        looking.
        """
        lines = []
        if detail.merged_into is not None:
            went = self.say("ticket.merged_into", number=detail.merged_into)
            lines.append(assembled([(went, "bold $text-warning")]))
        for part in detail.merged:
            who = " · ".join(text for text in (part.customer, part.contact, part.phone) if text)
            lines.append(shown(self.say("ticket.also", number=part.number, who=who), style="bold"))
        if detail.pause is not None:
            lines += [assembled([(line, "$text-warning")]) for line in pause_lines(detail, tell)[:2]]
        if self._lookers:
            looked = self.say("ticket.looked_at", who=", ".join(self._lookers))
            lines.append(assembled([(looked, "bold $text-accent")]))
        return lines


def _number(detail: TicketDetail | None) -> int | None:
    return detail.row.number if detail is not None else None
