"""Prints a quotation: to read out or put into an e-mail on stdout, what is for the agent on stderr."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import click

from deskui.cli.layout import columns, wrapped
from deskui.cli.output import plain_text, width
from deskui.cli.quotation import Quotation
from deskui.cli.quotelines import Factor, Line, Price, counted
from deskui.policy.common import common
from deskui.policy.decision import Decision, Text
from deskui.policy.wording import value_text

_FOR_ALL = frozenset({"vat_not_stated", "interpretation", "price_from"})
"""Flags that the quotation itself puts into words."""


def print_quotation(quote: Quotation, language: str) -> None:
    """The quotation in one language."""
    _Printer(quote, language).all()


class _Printer:
    def __init__(self, quote: Quotation, language: str) -> None:
        self.quote = quote
        self.language = language
        self.room = columns(80)

    @property
    def hint(self) -> Mapping[str, Any]:
        return self.quote.decision.figures.get("hint") or {}

    def say(self, text: Text) -> str:
        return plain_text(text.in_(self.language))

    def both(self, th: str, en: str) -> str:
        return plain_text(th if self.language == "th" else en)

    def word(self, name: str) -> str:
        return self.say(common().word(name) or Text(name, name))

    def put(self, text: str, indent: int = 0, hanging: int = 0, *, err: bool = False) -> None:
        """A paragraph; its further lines are indented by `hanging` more."""
        for number, line in enumerate(wrapped(text, self.room - indent - hanging)):
            click.echo(" " * (indent + (hanging if number else 0)) + line, err=err)

    def row(self, left: str, right: str, indent: int = 0) -> None:
        """A line with something at its right end."""
        *first, last = wrapped(left, self.room - indent - width(right) - 2)
        for line in first:
            click.echo(" " * indent + line)
        if not right:
            click.echo(" " * indent + last)
            return
        gap = self.room - indent - width(last) - width(right)
        click.echo(" " * indent + last + " " * max(gap, 2) + right)

    def all(self) -> None:
        quote = self.quote
        self.row(
            f"{self.say(quote.policy.name)} — {self.say(quote.service.name)}",
            self.say(value_text(quote.at.astimezone(quote.policy.zone).date())),
        )
        if quote.customer is not None:
            self.put(plain_text(quote.customer))
        click.echo()
        for number, line in enumerate(quote.lines, 1):
            self.line(number, line)
        self.total()
        self.open_points()
        self.terms()
        self.for_the_agent()

    def line(self, number: int, line: Line) -> None:
        mark = f"{number}. " if len(self.quote.lines) > 1 else ""
        if line.free:
            amount = self.both("รวมในสิทธิ์ ไม่คิดค่าบริการ", "included, no charge")
        elif line.amount is None:
            amount = self.both("ไม่มีราคาในข้อกำหนด", "not printed in the terms")
        else:
            least = (
                self.both("ตั้งแต่ ", "from ") if self.quote.decision.figures.get("amount_is_minimum") else ""
            )
            amount = least + self.price(line.amount)
        formula = self.formula(line)
        self.row(f"{mark}{_first_up(self.say(line.what))}", amount if not formula else "")
        if formula:
            self.row(formula, amount, indent=width(mark) + 2)

    def formula(self, line: Line) -> str:
        """`1,600 − 5% = 1,520 × 3 machines`."""
        parts: list[str] = []
        if line.list_price is not None and line.unit_price is not None:
            off = self.say(value_text(line.percent))
            parts.append(f"{self.price(line.list_price)} − {off}% = {self.price(line.unit_price)}")
        elif line.unit_price is not None and line.factors:
            parts.append(self.price(line.unit_price))
        parts += [self.factor(factor) for factor in line.factors]
        if line.unit_price is None and line.free:
            return ", ".join(parts)
        return " × ".join(parts)

    def factor(self, factor: Factor) -> str:
        number = value_text(factor.number)
        if factor.of is None:
            return self.say(counted(number, factor.unit))
        if factor.unit.en == "%":
            return f"{number.en}%"
        unit = self.say(factor.unit)
        return self.both(f"{number.th} จาก {factor.of} {unit}", f"{number.en} of {factor.of} {unit}")

    def price(self, price: Price) -> str:
        low, high = (self.amount(each) for each in price)
        return low if low == high else f"{low}–{high}"

    def amount(self, baht: Decimal) -> str:
        return value_text(baht).en

    def total(self) -> None:
        quote = self.quote
        figures = quote.decision.figures
        if quote.total is not None:
            least = self.both("ตั้งแต่ ", "from ") if quote.from_on else ""
            amount = f"{least}{self.price(quote.total)} {self.both('บาท', 'baht')}"
            self.row(self.both("รวม", "Total"), amount)
        elif quote.decision.outcome == "quote":
            who = self.word(str(figures.get("refer_to")))
            self.put(
                self.both(
                    f"ข้อกำหนดไม่มีตัวเลขราคา ขอใบเสนอราคาจาก{who}",
                    f"The terms give no figure: the price comes from the {who}.",
                )
            )
        elif quote.unpriced or (
            quote.decision.outcome == "unknown" and (quote.lines or "refer_to" in self.hint)
        ):
            who = self.word(str(self.hint.get("refer_to", "supervisor")))
            self.put(
                self.both(
                    f"ยังไม่มียอดรวม ข้อกำหนดไม่มีราคานี้ ต้องถาม{who}",
                    f"No total: the terms do not print this price; ask the {who}.",
                )
            )
        elif not quote.lines:
            self.put(self.say(quote.decision.say.spoken()))
        click.echo()

    def open_points(self) -> None:
        """What is not in the total, and what the terms leave open."""
        quote = self.quote
        figures = quote.decision.figures
        if quote.put_off is not None:
            self.put(self.say(quote.put_off.say.spoken()))
        if quote.extras:
            names = ", ".join(self.word(name) for name in quote.extras)
            self.put(
                self.both(
                    f"ไม่รวม{names} ซึ่งข้อกำหนดไม่ได้ระบุตัวเลข",
                    f"Not in the price: {names}; the terms give no figure for it.",
                ),
                hanging=2,
            )
        if quote.total is not None and not quote.policy.vat_stated:
            self.put(
                self.both(
                    "ข้อกำหนดไม่ได้ระบุว่าราคารวมภาษีมูลค่าเพิ่มหรือไม่",
                    "VAT: the terms do not say whether prices include it.",
                )
            )
        for name in ("service_start", "service_end", "earliest_date", "result_by"):
            if figures.get(name) is not None:
                self.put(f"{_first_up(self.word(f'figure.{name}'))}: {self.say(value_text(figures[name]))}")

    def terms(self) -> None:
        quote = self.quote
        version, _, digest = quote.policy.version.partition("+")
        day = self.say(value_text(quote.at.astimezone(quote.policy.zone).date()))
        self.put(
            self.both(
                f"ตามข้อกำหนดฉบับ {version} ({digest}) ณ วันที่ {day}:",
                f"By the terms of version {version} ({digest}) as of {day}:",
            )
        )
        for reason in quote.decision.reasons:
            # how this desk reads what the terms leave open is nothing to send out
            if reason.basis != "convention":
                self.put(f"{reason.rule} ({reason.clause}) {self.say(reason.text)}", 2, 2)

    def for_the_agent(self) -> None:
        """What is not for the caller's eyes: doubts, hints, who may say more."""
        notes = [*self.doubts(self.quote.decision), *self.hints()]
        if not notes:
            return
        click.echo(err=True)
        click.echo(self.both("สำหรับเจ้าหน้าที่ (ไม่ต้องแจ้งผู้โทร):", "For you, not for the caller:"), err=True)
        for note in notes:
            self.put(f"- {note}", 0, 2, err=True)

    def doubts(self, decision: Decision) -> Iterable[str]:
        flags = common().flags
        for flag in decision.flags:
            if flag not in _FOR_ALL and flag in flags:
                yield self.say(flags[flag])
        for reason in decision.reasons:
            if reason.other is not None:
                yield f"{reason.rule} {self.say(reason.other)}"
        if not self.quote.answered:
            free = self.both("ไม่มีค่าใช้จ่าย", "free ")
            yield from (free + self.say(text) for text in decision.free_if)

    def hints(self) -> Iterable[str]:
        for name, value in self.hint.items():
            money = name in ("amount", "list_price", "pattern")
            shown = value_text(value) if money else common().word(value) or Text(str(value), str(value))
            more = self.both(" (อย่าแจ้งเป็นราคา)", " (do not quote it)") if money else ""
            yield f"{self.word(f'hint.{name}')} {self.say(shown)}{more}"


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
