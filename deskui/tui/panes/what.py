"""WHAT: the services of the vendor, filtered as one types, in either language and either keyboard layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from deskui.policy.decision import Text
from deskui.tui.panes.choices import ChoiceList, Item
from deskui.tui.service_filter import found_by, matching
from deskui.tui.speaking import Speaking
from deskui.tui.thai import ThaiInput

if TYPE_CHECKING:
    from deskui.desk.model import ServiceInfo

__all__ = ["WhatPane"]


class WhatPane(Vertical, Speaking):
    """The second step of a call."""

    class Highlighted(Message):
        """The cursor is on another service: its verdict is wanted."""

        def __init__(self, service: str) -> None:
            super().__init__()
            self.service = service

    class Unmatched(Message):
        """No service is called what is typed: there is nothing to judge."""

    class Chosen(Highlighted):
        """This service is what the call is about."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the widgets' own name for it
        super().__init__(id=id)
        self._services: Sequence[ServiceInfo] = ()
        self._shown: Sequence[ServiceInfo] = ()
        self._told: str | None = None
        self._named: str | None = None
        self._walked = False

    def compose(self) -> ComposeResult:
        """The field and the list."""
        yield ThaiInput(id="what-text", compact=True)
        yield ChoiceList(id="services")

    def on_mount(self) -> None:
        """Empty until the caller is known."""
        self.relabel()

    @property
    def field(self) -> ThaiInput:
        """The field one types into."""
        return self.query_one("#what-text", ThaiInput)

    @property
    def highlighted(self) -> str | None:
        """The service under the cursor."""
        index = self.query_one("#services", ChoiceList).index
        return self._shown[index].service if self._shown else None

    @property
    def services(self) -> tuple[str, ...]:
        """All that may be chosen among, in their order."""
        return tuple(info.service for info in self._services)

    @property
    def leaning(self) -> str | None:
        """The service under the cursor where the agent's keys brought it, though none was taken yet."""
        typed = self._named is None and bool(self.field.value.strip())
        return self.highlighted if typed or self._walked else None

    def offer(self, services: Sequence[ServiceInfo], chosen: str | None = None) -> None:
        """The services of the product's vendor."""
        self._services = services
        self._told = None
        self._walked = False
        self._list(chosen)

    def clear(self) -> None:
        """An empty step for another call."""
        self.field.value = ""
        self._services = ()
        self._told = None
        self._walked = False
        self._list()

    def look_at(self, typed: str, service: str | None) -> None:
        """Goes on with a choice that was not made yet: what was typed, and the service under the cursor."""
        with self.prevent(ThaiInput.Changed):
            self.field.value = typed
        self._named = None
        self._walked = service is not None
        self._list(service)

    def named(self, service: str) -> Text:
        """The name of a service."""
        known = (info.name for info in self._services if info.service == service)
        return next(known, Text(service, service))

    def write(self, service: str) -> None:
        """Writes the chosen service into the field: one sees what was taken, and typing replaces it."""
        info = next((info for info in self._services if info.service == service), None)
        if info is not None:
            self._named = self.words(info.name)
            self.field.value = self._named
            self._list(service)

    @on(ThaiInput.Changed, "#what-text")
    def _typing(self, event: ThaiInput.Changed) -> None:
        event.stop()
        if event.value != self._named:
            self._named = None
            self._list()

    @on(ChoiceList.Moved)
    def _moved(self, event: ChoiceList.Moved) -> None:
        event.stop()
        self._tell()

    @on(ChoiceList.Chosen)
    def _clicked(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        self.choose()

    def move(self, by: int) -> str | None:
        """Walks the list; the service under the cursor where it is another one now, and no message of it."""
        self._walked = True
        services = self.query_one("#services", ChoiceList)
        with services.prevent(ChoiceList.Moved):
            services.move(by)
        before, self._told = self._told, self.highlighted
        return self._told if self._told != before else None

    def choose(self) -> None:
        """Takes the highlighted service."""
        if self.highlighted is not None:
            self.post_message(self.Chosen(self.highlighted))

    def relabel(self) -> None:
        """Says everything in the language that is on."""
        self.border_title = Content(self.say("call.what"))
        self.field.placeholder = self.say("call.what_hint")
        if self._named is not None and self.highlighted is not None:
            self.write(self.highlighted)
        else:
            self._list(self.highlighted)

    def _list(self, chosen: str | None = None) -> None:
        typed = "" if self._named is not None else self.field.value
        self._shown = matching(self._services, typed)
        index = next((at for at, info in enumerate(self._shown) if info.service == chosen), 0)
        empty = self.say("call.no_service", text=typed) if self._services else ""
        # the name in the other language takes room: it stands there only when it is what was found
        items = [Item(self.words(info.name), found_by(info, typed, self.language)) for info in self._shown]
        self.query_one("#services", ChoiceList).show(items, index=index, empty=empty)
        self._tell()

    def _tell(self) -> None:
        if self.highlighted == self._told:
            return
        self._told = self.highlighted
        if self.highlighted is not None:
            self.post_message(self.Highlighted(self.highlighted))
        elif self._services:
            self.post_message(self.Unmatched())
