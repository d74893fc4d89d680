"""How far tickets that are planned anew have come, on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from deskui.cli.language import told
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.desk.desk import Desk

_LONG = 500
"""Fewer tickets than this are planned before anybody could read how many."""


@dataclass
class Progress:
    """How many of how many tickets were gone through; called with both."""

    done: int = 0
    of: int = 0

    def __call__(self, done: int, of: int) -> None:
        """Shows both on a terminal, in place of what was shown before."""
        self.done, self.of = done, of
        if of > _LONG and sys.stderr.isatty():
            click.echo(f"\r{done:,} / {of:,} ", nl=done == of, err=True)


@contextmanager
def replanning() -> Iterator[Progress]:
    """Shows how far it has come; whoever stops it is told what becomes of the rest."""
    progress = Progress()
    try:
        yield progress
    except KeyboardInterrupt:
        if progress.done < progress.of:
            if sys.stderr.isatty():
                # what was shown, and ^C, stand on a line of their own
                click.echo(err=True)
            _say(
                Text(
                    f"หยุดที่ {progress.done:,} จาก {progress.of:,} เรื่อง: เวลาทำการเปลี่ยนแล้ว "
                    "คำสั่งหรือโต๊ะถัดไปที่เปิดฐานข้อมูลนี้จะทำส่วนที่เหลือต่อ",
                    f"stopped after {progress.done:,} of {progress.of:,} tickets: the hours are changed, and"
                    " the next command or desk that opens this store goes on with the rest",
                )
            )
        raise


def catch_up(desk: Desk) -> None:
    """Plans what an earlier change of hours left to be planned anew, and says so."""
    with replanning() as progress:
        desk.finish_replans(progress)
    if progress.of:
        _say(
            Text(
                f"วางแผนใหม่ต่อจากการเปลี่ยนเวลาทำการครั้งก่อน: {progress.of:,} เรื่อง",
                f"tickets planned anew that an earlier change of hours had left: {progress.of:,}",
            )
        )


def say_unfinished(desk: Desk) -> None:
    """Says that not all due times follow the hours yet, where that is so."""
    for one in desk.unfinished_replans():
        what = one.policy if one.day is None else f"{one.holiday_set} {one.day}"
        _say(
            Text(
                f"{what}: ยังวางแผนใหม่ไม่ครบ เปลี่ยนแล้ว {one.moved:,} เรื่อง บางเรื่องยังใช้เวลาทำการเดิม",
                f"{what}: not all tickets are planned anew yet, {one.moved:,} moved so far; some due times"
                " are by the hours before",
            )
        )


def _say(text: Text) -> None:
    click.echo(f"deskui: {told(text)}", err=True)
