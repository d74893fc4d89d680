"""What may be copied out of a screen: by a letter into the clipboard, or with the mouse, without borders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from deskui.dataclass import dataclass
from deskui.tui.keys import both
from deskui.tui.modals.window import Window
from deskui.tui.panes.verdict_text import headline
from deskui.tui.telling import Teller
from deskui.tui.text import assembled, clean

if TYPE_CHECKING:
    from deskui.desk.model import TicketDetail
    from deskui.policy.decision import Decision, Text

__all__ = ["CopyScreen", "Piece", "pieces_of"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One text that may be copied."""

    letter: str
    name: str
    """Key of the message that says what it is."""
    text: str


class CopyScreen(Window[None]):
    """Each text below its letter and its name, from the first column on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]
    AUTO_FOCUS = "#copy-page"

    def __init__(self, pieces: Sequence[Piece]) -> None:
        super().__init__()
        self._pieces = pieces

    def compose(self) -> ComposeResult:
        """One page that scrolls."""
        page = VerticalScroll(Static(id="copy-text"), id="copy-page")
        page.can_focus = True
        yield page
        yield Static(id="copy-hint")

    def on_mount(self) -> None:
        """Writes the page."""
        self._write()

    def relabel(self) -> None:
        """Has the same of the screen below in the language that is on."""
        stack = self.app.screen_stack
        self._pieces = pieces_of(stack[stack.index(self) - 1]) or self._pieces
        self._write()

    def _write(self) -> None:
        lines = []
        for piece in self._pieces:
            lines.append(
                assembled(
                    [(f"{piece.letter}  ", "bold $text-accent"), (self.say(piece.name), "bold $text-accent")]
                )
            )
            lines += [assembled([(line, "")]) for line in piece.text.split("\n")]
            lines.append(Content(""))
        self.query_one("#copy-text", Static).update(Content("\n").join(lines))
        self.query_one("#copy-hint", Static).update(assembled([(self.say("copy.hint"), "$text-muted")]))

    def on_key(self, event: events.Key) -> None:
        """A letter copies, on either layout."""
        for piece in self._pieces:
            if event.key in both(piece.letter).split(","):
                event.stop()
                self.app.copy_to_clipboard(piece.text)
                self.dismiss()
                self.desk_app.toast(self.say("copy.done", what=self.say(piece.name)))
                return


def pieces_of(screen: Screen[object]) -> list[Piece]:
    """What may be copied out of a screen as it stands; nothing where it is about nothing."""
    from deskui.tui.screens.call import CallScreen  # noqa: PLC0415 - the screens know this window
    from deskui.tui.screens.desk import DeskScreen  # noqa: PLC0415 - the same

    if isinstance(screen, DeskScreen) and screen.detail is not None:
        return list(_ticket(screen.detail, Teller.of(screen), screen.desk_app.particle))
    if isinstance(screen, CallScreen):
        pane = screen.verdict
        return list(_verdict(pane.decision, pane.about, pane.words_to_say, Teller.of(screen)))
    return []


def _ticket(detail: TicketDetail, tell: Teller, particle: str) -> Iterator[Piece]:
    row = detail.row
    yield Piece("n", "copy.number", str(row.number))
    contact = " ".join(filter(None, (detail.contact, detail.phone)))
    parts = (f"#{row.number}", row.customer, contact, tell.text(row.service_name), row.title)
    yield Piece("t", "copy.summary", " · ".join(clean(part) for part in parts if part))
    say = detail.decision.say.spoken(particle) if detail.decision is not None else None
    # a time that was named then may be past
    yield from _verdict(detail.decision, row.service_name, say, tell, ("copy.said", "copy.said_other"))


NOW = ("copy.say", "copy.say_other")
"""Names of the words to say, in the language that is on and in the other."""


def _verdict(
    decision: Decision | None,
    about: Text | None,
    say: Text | None,
    tell: Teller,
    names: tuple[str, str] = NOW,
) -> Iterator[Piece]:
    if say is not None and (said := clean(tell.text(say), 2000)):
        yield Piece("s", names[0], said)
        other = say.en if tell.language == "th" else say.th
        if other and other != tell.text(say):
            yield Piece("o", names[1], clean(other, 2000))
    if decision is not None and decision.outcome != "ask":
        lines = [
            tell.text(about) if about else "",
            headline(decision, tell),
            *(
                f"{tell.text(reason.text)} ({reason.rule}, {tell.clause(reason)})"
                for reason in decision.reasons
            ),
        ]
        text = "\n".join(clean(line) for line in lines if line)
        yield Piece("q", "copy.quote" if decision.outcome in _PRICED else "copy.answer", text)


_PRICED = frozenset({"charge", "discount", "price", "quote"})
