"""How one agent has the desk: keys, colours, bell, plain mode, and what goes to the clipboard."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.color import Color
from textual.command import CommandPalette
from textual.filter import LineFilter, Monochrome
from textual.geometry import Offset
from textual.screen import Screen

from deskui.config import BELLS
from deskui.dataclass import dataclass
from deskui.policy.decision import Text
from deskui.tui.filters import NoColours, PlainSigns
from deskui.tui.keymap import Keys
from deskui.tui.messages import Say
from deskui.tui.painting import Painted
from deskui.tui.speaking import Speaking
from deskui.tui.themes import DEFAULT, SIXTEEN, THEMES, all_themes, theme_name

if TYPE_CHECKING:
    from deskui.desk.api import DeskApi

__all__ = ["Comfort", "Comfortable"]


@dataclass(frozen=True, slots=True)
class Comfort:
    """What an agent has chosen."""

    keys: Mapping[str, str] = field(default_factory=dict)
    """Comma separated keys by command, as `chosen_keys` lets them through."""
    theme: str | None = None
    """One of THEMES; None is what suits the terminal."""
    plain: bool = False
    """For a screen reader: no borders, states in words, one pane below the other."""
    bell: frozenset[str] = frozenset(BELLS)
    problems: Sequence[Text] = ()
    """What of the settings could not be used."""


class Comfortable(Painted, inherit_bindings=False):
    """The half of the app that is the same for every screen and another for every agent."""

    BINDINGS: ClassVar[list[BindingType]] = []
    say: Say
    desk: DeskApi | None

    def __init__(self, comfort: Comfort | None = None) -> None:
        bare = "NO_COLOR" in os.environ
        self.comfort = comfort or Comfort()
        """What the agent has chosen."""
        super().__init__()
        self.keys = Keys(self.comfort.keys, spelled=self.comfort.plain)
        """Every command with its keys."""
        self._rung: set[tuple[str, object]] = set()
        self._plain_filters: list[LineFilter] = []
        for theme in all_themes():
            self.register_theme(theme)
        self._start_with(theme_name(self.comfort.theme or self._suits(bare)))
        if bare:
            # the grey that Textual makes of colours is colour too
            self._filters = [one for one in self._filters if not isinstance(one, Monochrome)]
            background = self.current_theme.background
            self._plain_filters.append(NoColours(Color.parse(background or "#000000")))
        if self.comfort.plain:
            self._plain_filters.append(PlainSigns())
            self.add_class("-plain")
            # one pane below the other, however wide: a line is read from its left to its right
            narrow = [(0, "-tiny-width"), (60, "-narrow-width")]
            self.HORIZONTAL_BREAKPOINTS = narrow
        if self.keys.chosen:
            self.set_keymap(self.keys.keymap)

    def _start_with(self, theme: str) -> None:
        """Has a theme from the start: one that is set later has all style sheets read and applied again."""
        self.set_reactive(App.theme, theme)
        dark = self.current_theme.dark
        for name, on in ((f"-theme-{theme}", True), ("-dark-mode", dark), ("-light-mode", not dark)):
            self.set_class(on, name, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def _suits(self, bare: bool) -> str:
        if bare:
            return "contrast"
        return SIXTEEN if self.console.color_system == "standard" else DEFAULT

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, then ours."""
        return [*super().get_line_filters(), *self._plain_filters]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """For a theme that is not ours."""
        return {"border-muted": "#808080"}

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor stands: in a list at its line, for a screen reader follows it."""
        focused = self.focused if self.comfort.plain and self._running else None
        spot = getattr(focused, "cursor_spot", None)
        return self._cursor_position if spot is None else spot

    @cursor_position.setter
    def cursor_position(self, at: Offset) -> None:
        self._cursor_position = at

    @property
    def plain(self) -> bool:
        """Whether a screen reader reads along."""
        return self.comfort.plain

    @property
    def particle(self) -> str:
        """The polite word of who is working; both while that is not known."""
        return self.desk.agent.particle if self.desk is not None else self.say("say.particle")

    # --- language

    def action_language(self) -> None:
        """Switches between Thai and English, in every screen and every window over it."""
        self.say.language = "en" if self.say.language == "th" else "th"
        self.say_anew()

    def say_anew(self) -> None:
        """Every screen and window says everything in the language that is on; what is typed stays."""
        for screen in self.standing():
            if isinstance(screen, Speaking):
                screen.relabel()

    def standing(self) -> Iterable[Screen[object]]:
        """Screens and windows that have their panes: none on its way, and none once the app is being left."""
        return (one for one in self.screen_stack if one.is_mounted and self.is_running)

    # --- themes

    def action_theme(self, name: str = "") -> None:
        """Puts a theme on, the next one if none is named; a cursor, a scroll and what is typed stay."""
        names = [theme_name(theme) for theme in THEMES]
        at = names.index(self.theme) if self.theme in names else -1
        self.theme = theme_name(name) if name else names[(at + 1) % len(names)]

    def theme_commands(self) -> Iterable[SystemCommand]:
        """The palette's lines for each theme."""
        for name in THEMES:
            title = self.say("theme.use", name=self.say(f"theme.{name}"))
            yield SystemCommand(
                title, self.say(f"theme.{name}.help"), lambda name=name: self.action_theme(name)
            )

    # --- the bell

    def ring_bell(self, reason: str, event: object = None) -> None:
        """Rings the terminal's bell for one of BELLS, if the agent wants it, and once for an `event`."""
        if reason not in self.comfort.bell:
            return
        if event is not None:
            if (reason, event) in self._rung:
                return
            self._rung.add((reason, event))
        self.bell()

    # --- the clipboard

    def copy_to_clipboard(self, text: str) -> None:
        """Copies by the terminal (OSC 52), through tmux as well where that lets it."""
        super().copy_to_clipboard(text)
        if os.environ.get("TMUX"):
            from deskui.tui.clipboard import into_tmux  # noqa: PLC0415 - only inside tmux

            self.run_worker(lambda: into_tmux(text), thread=True, exit_on_error=False, group="clipboard")

    async def action_copy(self) -> None:
        """Opens the window of what may be copied out of this screen."""
        from deskui.tui.modals.copy import CopyScreen, pieces_of  # noqa: PLC0415

        pieces = pieces_of(self.screen)
        if pieces:
            await self.push_screen(CopyScreen(pieces))
        else:
            self.toast(self.say("copy.nothing"))

    def action_command_palette(self) -> None:
        """Opens the palette."""
        from deskui.tui.modals.palette import Palette  # noqa: PLC0415 - on use

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(self.say("commands.hint")))

    def toast(self, text: str, *, severe: bool = False) -> None:
        """Says something in passing."""
        raise NotImplementedError

    # --- settings

    def chosen_problems(self) -> str:
        """What of the settings could not be used, for the agent; nothing if all could."""
        problems = self.comfort.problems
        if not problems:
            return ""
        first = problems[0].in_(self.say.language)
        return self.say("config.problems", n=len(problems), first=first)
