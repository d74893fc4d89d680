"""Prints the outline of a policy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from deskui.cli.outline import word
from deskui.cli.output import plain_text, print_table
from deskui.policy.decision import Text

_TITLES = {
    "contacts": Text(th="ช่องทางติดต่อ", en="Contacts"),
    "hours": Text(th="เวลาทำการ", en="Hours"),
    "restricted": Text(th="วันที่งดบางงาน", en="Restricted days"),
    "before": Text(th="ตรวจก่อนทุกบริการ", en="Asked first"),
    "services": Text(th="บริการ", en="Services"),
    "tables": Text(th="ตารางราคา", en="Price tables"),
    "readings": Text(th="จุดที่ตีความได้หลายทาง", en="Open to interpretation"),
    "cards": Text(th="ข้อมูลประกอบ", en="Information"),
}


def print_outline(shape: dict[str, Any], language: str) -> None:
    """The outline on stdout, in one language."""
    _Printer(language).all(shape)


class _Printer:
    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, text: Text) -> str:
        return plain_text(text.in_(self.language))

    def title(self, name: str) -> None:
        click.echo(f"\n{self.say(_TITLES[name])}")

    def rules(self, rules: Sequence[dict[str, str]]) -> str:
        cited = "; ".join(f"{rule['rule']} {rule['clause']}" for rule in rules)
        return plain_text(f"[{cited}]") if cited else ""

    def all(self, shape: dict[str, Any]) -> None:
        click.echo(f"{self.say(shape['name'])} ({shape['id']}) {shape['version']}")
        click.echo(plain_text(shape["source"]))
        if shape["contacts"]:
            self.title("contacts")
            print_table(
                [(self.say(item["text"]), plain_text(item["value"])) for item in shape["contacts"]],
                indent="  ",
            )
        self.hours(shape)
        self.restricted(shape["restricted"])
        if shape["before"]:
            self.title("before")
            for cell in shape["before"]:
                about = f" ({', '.join(cell['services'])})" if cell["services"] else ""
                click.echo(f"  {self.cell(cell)}{about}")
        self.title("services")
        for service in shape["services"]:
            self.service(service)
        self.tables(shape["tables"])
        self.doubts(shape["readings"])
        if shape["cards"]:
            self.title("cards")
            for card in shape["cards"]:
                click.echo(f"  {card['rule']} {plain_text(card['clause'])}: {self.say(card['text'])}")

    def hours(self, shape: dict[str, Any]) -> None:
        if not shape["calendars"] and not shape["not_stated"]:
            return
        self.title("hours")
        for calendar in shape["calendars"]:
            stretches: list[tuple[list[str], list[str]]] = []
            for day, hours in calendar["week"].items():
                if hours and stretches and stretches[-1][1] == hours:
                    stretches[-1][0].append(day)
                elif hours:
                    stretches.append(([day], hours))
            week = "; ".join(f"{self.days(days)} {', '.join(hours)}" for days, hours in stretches)
            set_name = (
                f" ({self.say(word('holiday'))}: {calendar['holidays']})" if calendar["holidays"] else ""
            )
            click.echo(f"  {calendar['id']}: {week}{set_name}")
            for key in ("closed", "open"):
                if calendar[key]:
                    click.echo(f"    {self.say(word(key))}: {', '.join(calendar[key])}")
        for item in shape["not_stated"]:
            click.echo(f"  {self.say(item['text'])}: {self.say(item['stands'])}")

    def days(self, days: list[str]) -> str:
        first, last = self.say(word(days[0])), self.say(word(days[-1]))
        return first if len(days) == 1 else f"{first}–{last}"

    def restricted(self, restricted: dict[str, Any] | None) -> None:
        if restricted is None:
            return
        self.title("restricted")
        days = ", ".join(self.say(word(day)) for day in restricted["days"])
        click.echo(f"  {days} → {self.say(restricted['until'])} {self.rules(restricted['rules'])}")
        for item in restricted["items"]:
            only = f" ({self.conditions(item['if'])})" if item["if"] else ""
            click.echo(f"    {', '.join(item['services'])}{only} {self.rules(item['rules'])}")

    def service(self, service: dict[str, Any]) -> None:
        click.echo(f"  {service['id']}: {self.say(service['name'])}")
        for group in service["covers"]:
            names = ", ".join(filter(None, map(self.say, group["names"])))
            if len(service["covers"]) == 1:
                names = ""
            for cell in group["cells"]:
                click.echo(f"    {names + ': ' if names else ''}{self.cell(cell)}")

    def cell(self, cell: dict[str, Any]) -> str:
        # a mark besides the word: a lost cell must not pass for an answer
        mark = "? " if cell["lost"] else ""
        only = f" — {self.conditions(cell['if'])}" if cell["if"] else ""
        return f"{mark}{self.say(cell['text'])}{only} {self.rules(cell['rules'])}".rstrip()

    def conditions(self, conditions: list[Text]) -> str:
        return "; ".join(map(self.say, conditions))

    def tables(self, tables: list[dict[str, Any]]) -> None:
        if tables:
            self.title("tables")
        for table in tables:
            columns = sorted({column for band in table["bands"] for column in band["cells"]})
            rows = [("", *columns)]
            for band in table["bands"]:
                last = "+" if band["to"] is None else "" if band["to"] == band["from"] else f"–{band['to']}"
                cells = [self.price(band["cells"], column) for column in columns]
                rows.append((f"{band['from']}{last}", *cells))
            click.echo(f"  {table['id']}")
            print_table(rows, indent="    ")

    def price(self, cells: dict[str, Any], column: str) -> str:
        if column not in cells:
            return "—"
        cell = cells[column]
        return f"? {self.say(word('lost'))}" if cell is None else f"{cell:,}"

    def doubts(self, readings: list[dict[str, Any]]) -> None:
        if readings:
            self.title("readings")
        for reading in readings:
            click.echo(f"  {reading['id']} [{reading['rule']}]")
            for option, text in reading["options"].items():
                mark = "•" if option == reading["default"] else " "
                click.echo(f"    {mark} {option}: {self.say(text)}")
