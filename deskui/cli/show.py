"""Prints the outline of a policy: what each plan gets at a glance, the terms one by one, the sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from deskui.cli.conditiontext import word
from deskui.cli.layout import columns, table, wrapped
from deskui.cli.output import plain_text, width
from deskui.policy.decision import Text

_TITLES = {
    "contacts": Text(th="ช่องทางติดต่อ", en="Contacts"),
    "hours": Text(th="เวลาทำการ", en="Hours"),
    "promises": Text(th="เวลาที่สัญญาไว้", en="Promised times"),
    "restricted": Text(th="วันที่งดบางงาน", en="Restricted days"),
    "grid": Text(th="บริการตามแผน", en="Services by plan"),
    "before": Text(th="ตรวจก่อนทุกบริการ", en="Asked before the services"),
    "services": Text(th="บริการทีละรายการ", en="Services one by one"),
    "tables": Text(th="ตารางราคา", en="Price tables"),
    "remarks": Text(th="สิ่งที่ต้องรู้ประกอบคำตอบ", en="Remarks"),
    "questions": Text(th="คำถามที่ใช้ตัดสิน", en="Questions"),
    "readings": Text(th="จุดที่ตีความได้หลายทาง", en="Open to interpretation"),
    "rules": Text(th="ข้อกำหนดและที่มา", en="Rules and their clauses"),
}
_LEGEND = (
    Text("“/” ขึ้นกับเงื่อนไข ดูรายละเอียดด้านล่าง", "“/” depends: see below"),
    Text(
        "“?” ต้นฉบับสูญหายหรือไม่ได้ระบุ ต้องถาม ไม่ใช่ฟรี",
        "“?” lost in the source or not stated: ask, it is never free",
    ),
    Text(
        "“5×” จำนวนที่รวมไว้  “500” บาท  “500+” ราคาเริ่มต้น",
        "“5×” so many included  “500” baht  “500+” a price from",
    ),
)
_ANYBODY = Text(th="ทุกคน", en="everybody")
_ASKED = {
    "call": Text(th="ถามผู้โทร", en="asked on the call"),
    "record": Text(th="ดูจากทะเบียนก่อน", en="looked up on file first"),
    "never": Text(th="ไม่ถาม ระบุมาเอง", en="never asked, only given"),
}
_KINDS = {
    "yes_no": Text(th="ใช่ / ไม่ใช่", en="yes / no"),
    "count": Text(th="จำนวน", en="a number"),
    "money": Text(th="บาท", en="baht"),
    "date": Text(th="วันที่", en="a date"),
    "year": Text(th="ปี", en="a year"),
    "instant": Text(th="วันเวลา", en="a date and time"),
    "province": Text(th="จังหวัด", en="a province"),
    "text": Text(th="ข้อความ", en="text"),
    "list": Text(th="รายการ", en="a list"),
    "table": Text(th="มีหรือไม่ พร้อมวันที่", en="yes or no, with dates"),
}
_SHORT = {
    "free": Text(th="ฟรี", en="free"),
    "no": Text(th="ไม่มี", en="no"),
    "quote": Text(th="ขอราคา", en="quote"),
    "defer": Text(th="เลื่อน", en="later"),
    "price": Text(th="คำนวณ", en="price"),
}
_MOST_IN_A_CELL = 3


def print_outline(shape: dict[str, Any], language: str) -> None:
    """The outline on stdout, in one language, as wide as the terminal."""
    _Printer(language).all(shape)


class _Printer:
    def __init__(self, language: str) -> None:
        self.language = language
        self.room = columns()

    def say(self, text: Text) -> str:
        return plain_text(text.in_(self.language))

    def both(self, th: str, en: str) -> str:
        return plain_text(th if self.language == "th" else en)

    def title(self, name: str) -> None:
        title = self.say(_TITLES[name])
        click.echo(f"\n{title}\n{'─' * width(title)}")

    def put(self, text: str, indent: int = 2, hanging: int = 2) -> None:
        """A paragraph; its further lines are indented by `hanging` more."""
        for number, line in enumerate(wrapped(text, self.room - indent - hanging)):
            click.echo(" " * (indent + (hanging if number else 0)) + line)

    def rows(self, rows: Sequence[Sequence[str]], indent: int = 2, **more: Any) -> None:
        for line in table(rows, self.room - indent, **more):
            click.echo((" " * indent + line).rstrip())

    def rules(self, rules: Sequence[dict[str, str]]) -> str:
        cited = "; ".join(f"{rule['rule']} {rule['clause']}" for rule in rules)
        return plain_text(f"[{cited}]") if cited else ""

    def all(self, shape: dict[str, Any]) -> None:
        version, _, digest = shape["version"].partition("+")
        click.echo(f"{self.say(shape['name'])} ({shape['id']})")
        self.put(self.both(f"ฉบับ {version} ({digest})", f"version {version} ({digest})"), 0)
        self.put(f"{self.both('ที่มา', 'source')}: {plain_text(shape['source'])}", 0)
        if not shape["vat_stated"]:
            self.put(
                self.both("ราคาไม่ได้ระบุว่ารวม VAT หรือไม่", "prices: whether VAT is included is not stated"), 0
            )
        if shape["contacts"]:
            self.title("contacts")
            self.rows([(self.say(item["text"]), plain_text(item["value"])) for item in shape["contacts"]])
        self.hours(shape)
        self.promises(shape["promises"])
        self.restricted(shape["restricted"])
        self.grid(shape)
        if shape["before"]:
            self.title("before")
            for cell in shape["before"]:
                self.put(self.cell(cell))
                self.services_of(cell["services"], shape["services"])
        self.title("services")
        self.put(
            self.both("ข้อแรกที่ตรงเงื่อนไขเป็นคำตอบ", "Of several answers the first whose condition holds counts.")
        )
        for service in shape["services"]:
            click.echo()
            self.service(service)
        self.tables(shape["tables"])
        self.remarks(shape["remarks"], shape["services"])
        self.questions(shape["questions"])
        self.doubts(shape["readings"])
        self.title("rules")
        for rule in shape["rules"]:
            basis = "" if rule["basis"] == "explicit" else f" ({self.say(word(rule['basis']))})"
            self.put(f"{rule['rule']} {plain_text(rule['clause'])}{basis}: {self.say(rule['text'])}")

    def services_of(self, services: Sequence[dict[str, Any]], every: Sequence[dict[str, Any]]) -> None:
        """Which services something is about; nothing where it is about all."""
        if not services or len(services) == len(every):
            return
        label, listed = self.both("ใช้กับ", "for"), services
        if 2 * len(services) > len(every):
            ids = {item["id"] for item in services}
            label = self.both("ใช้กับทุกบริการ เว้น", "for all but")
            listed = [item for item in every if item["id"] not in ids]
        self.put(f"{label}: {'; '.join(self.say(item['name']) for item in listed)}", 4)

    def hours(self, shape: dict[str, Any]) -> None:
        self.title("hours")
        if not shape["calendars"]:
            self.put(self.both("ข้อกำหนดไม่ได้ระบุเวลาทำการ", "the terms state no hours"))
        for calendar in shape["calendars"]:
            stretches: list[tuple[list[str], list[str]]] = []
            for day, hours in calendar["week"].items():
                if hours and stretches and stretches[-1][1] == hours:
                    stretches[-1][0].append(day)
                elif hours:
                    stretches.append(([day], hours))
            week = "; ".join(f"{self.days(days)} {', '.join(hours)}" for days, hours in stretches)
            kept = calendar["holidays"]
            set_name = f" ({self.say(word('holiday'))}: {kept})" if kept else ""
            name = self.say(word(calendar["id"]))
            self.put(f"{name}: {week}{set_name}")
            besides = Text("วันหยุดเพิ่ม", "holidays too")
            for key, label in (
                ("holiday_hours", Text("ในวันหยุด", "on a holiday")),
                ("closed", besides if calendar["holiday_hours"] else Text("หยุดเพิ่ม", "also closed")),
                ("open", Text("เปิดเพิ่ม", "also open")),
            ):
                if calendar[key]:
                    self.put(f"{self.say(label)}: {', '.join(calendar[key])}", 4)
        for item in shape["not_stated"]:
            self.put(f"{self.say(item['text'])}: {self.say(item['stands'])}")

    def days(self, days: list[str]) -> str:
        first, last = self.say(word(days[0])), self.say(word(days[-1]))
        return first if len(days) == 1 else f"{first}–{last}"

    def promises(self, promises: Sequence[dict[str, Any]]) -> None:
        self.title("promises")
        if not promises:
            self.put(
                self.both("ไม่มี: ข้อกำหนดไม่ได้สัญญาเวลาใดไว้", "none: these terms promise no time for anything")
            )
        for item in promises:
            hours = self.say(word(item["calendar"]))
            length = f"{self.say(item['text'])} ({hours})"
            only = f" — {self.conditions(item['if'])}" if item["if"] else ""
            self.put(f"{self.say(item['name'])}: {length}{only} {self.rules(item['rules'])}")

    def restricted(self, restricted: dict[str, Any] | None) -> None:
        if restricted is None:
            return
        self.title("restricted")
        days = ", ".join(self.say(word(day)) for day in restricted["days"])
        until = self.say(restricted["until"])
        waits = self.both(f"{days}: งานต่อไปนี้รอ{until}", f"{days}: what follows waits until {until}")
        self.put(f"{waits} {self.rules(restricted['rules'])}")
        for item in restricted["items"]:
            names = "; ".join(self.say(each["name"]) for each in item["services"])
            only = f" — {self.conditions(item['if'])}" if item["if"] else ""
            self.put(f"• {names}{only} {self.rules(item['rules'])}", 4)

    def grid(self, shape: dict[str, Any]) -> None:
        """Services by plan, a word or figure in each cell."""
        self.title("grid")
        names = {cover["id"]: cover["name"] for cover in shape["covers"]} or {"": _ANYBODY}
        cells = {
            service["id"]: {cover: group["cells"] for group in service["covers"] for cover in group["covers"]}
            for service in shape["services"]
        }
        # a plan whose services are nearly all answered before is told there
        own = [
            cover
            for cover in names
            if 2 * sum(row[cover][0].get("before", False) for row in cells.values()) <= len(cells)
        ] or list(names)
        rows = [("", *(self.say(names[cover]) for cover in own))]
        asked = [service for service in shape["services"] if service["call"]]
        for service in asked or shape["services"]:
            row = cells[service["id"]]
            rows.append((self.say(service["name"]), *(self.short(row[cover]) for cover in own)))
        self.rows(rows, rule=True, keep=26)
        click.echo()
        for text in _LEGEND:
            self.put(self.say(text), hanging=0)
        others = [self.say(names[cover]) for cover in names if cover not in own]
        if others:
            self.put(self.both("ดูหัวข้อถัดไป: ", "See the next part for: ") + ", ".join(others), hanging=0)

    def short(self, cells: Sequence[dict[str, Any]]) -> str:
        words = [self.short_word(cell["short"]) for cell in cells]
        # what is refused under some condition comes after what is given
        words.sort(key=lambda text: text == self.short_word("no"))
        found = list(dict.fromkeys(words))
        more = " …" if len(found) > _MOST_IN_A_CELL else ""
        return " / ".join(found[:_MOST_IN_A_CELL]) + more

    def short_word(self, name: str) -> str:
        known = _SHORT.get(name) or word(f"outcome.{name}")
        return name if known.en == f"outcome.{name}" else self.say(known)

    def service(self, service: dict[str, Any]) -> None:
        aside = "" if service["call"] else self.both(", ผู้โทรไม่ถามเอง", ", not for callers")
        self.put(f"{self.say(service['name'])} ({service['id']}{aside})")
        told = [group for group in service["covers"] if not group["cells"][0].get("before")]
        for group in told or service["covers"]:
            names = ", ".join(filter(None, map(self.say, group["names"])))
            indent = 4
            if names and len(service["covers"]) > 1:
                self.put(f"{names}:", 4)
                indent = 6
            for cell in group["cells"]:
                self.put(self.cell(cell), indent)

    def cell(self, cell: dict[str, Any]) -> str:
        # a mark besides the word: a lost cell must not pass for an answer
        mark = "? " if cell["lost"] else "• "
        only = f" — {self.conditions(cell['if'])}" if cell["if"] else ""
        return f"{mark}{self.say(cell['text'])}{only} {self.rules(cell['rules'])}".rstrip()

    def conditions(self, conditions: list[Text]) -> str:
        return self.both("ถ้า ", "if: ") + "; ".join(map(self.say, conditions))

    def tables(self, tables: list[dict[str, Any]]) -> None:
        if tables:
            self.title("tables")
        for found in tables:
            names = sorted({column for band in found["bands"] for column in band["cells"]})
            rows = [("", *names)]
            for band in found["bands"]:
                last = "+" if band["to"] is None else "" if band["to"] == band["from"] else f"–{band['to']}"
                cells = [self.price(band["cells"], column) for column in names]
                rows.append((f"{band['from']}{last}", *cells))
            since = found["since"] and self.both(f", ตั้งแต่ {found['since']}", f", from {found['since']}")
            self.put(f"{found['id']} ({self.both('บาท', 'baht')}{since or ''})")
            self.rows(rows, 4, right=range(1, len(names) + 1))
            for lost in found["lost"]:
                first, _, column = lost["cell"].partition(":")
                place = self.both(f"{column} ตั้งแต่ {first}", f"{column} from {first}")
                self.put(f"? {place}: {self.say(lost['hint'])} {self.rules(lost['rules'])}", 4)

    def price(self, cells: dict[str, Any], column: str) -> str:
        if column not in cells:
            return "—"
        cell = cells[column]
        return self.both("? สูญหาย", "? lost") if cell is None else f"{cell:,}"

    def remarks(self, remarks: Sequence[dict[str, Any]], every: Sequence[dict[str, Any]]) -> None:
        if remarks:
            self.title("remarks")
        for item in remarks:
            flags = "; ".join(map(self.say, item["flags"])) or self.both("อ้างข้อ", "cites")
            only = f" — {self.conditions(item['if'])}" if item["if"] else ""
            self.put(f"• {flags}{only} {self.rules(item['rules'])}")
            self.services_of(item["services"], every)

    def questions(self, questions: Sequence[dict[str, Any]]) -> None:
        if questions:
            self.title("questions")
        for item in questions:
            answers = " / ".join(map(self.say, item["answers"])) or self.say(_KINDS[item["kind"]])
            how = self.say(_ASKED[item["asked"]])
            self.put(f"{item['fact']}: {self.say(item['text'])} ({answers}; {how})")

    def doubts(self, readings: list[dict[str, Any]]) -> None:
        if readings:
            self.title("readings")
        for reading in readings:
            self.put(f"{reading['id']} [{reading['rule']}]")
            for option, text in reading["options"].items():
                mark = "•" if option == reading["default"] else "◦"
                self.put(f"{mark} {option}: {self.say(text)}", 4)
