"""What the commands about rules share: the policies of the command line, one of them, an instant."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from deskui.cli.errors import UsageProblem
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.policy.library import Library
    from deskui.policy.policy import Policy
    from deskui.policy.problems import PolicyFileError

policies_option = click.option(
    "--policies",
    "folder",
    metavar="DIR",
    callback=lambda context, _option, folder: folder or context.find_root().params.get("policies"),
    help="A folder of policy files, before those that come with deskui.",
)


def open_library(folder: str | None) -> Library:
    """The policies of `folder` before the shipped ones. Raises UsageProblem when there is no such folder."""
    from deskui.policy.library import Library  # noqa: PLC0415 - help needs no policy

    try:
        return Library.open(*([folder] if folder else []))
    except NotADirectoryError:
        raise UsageProblem(
            Text(
                th=f"--policies: ไม่มีโฟลเดอร์ {folder}: ระบุโฟลเดอร์ที่มีไฟล์ข้อกำหนด (*.toml)",
                en=f"--policies: no folder {folder}: give a folder with policy files (*.toml)",
            )
        ) from None


def get_policy(library: Library, identity: str) -> Policy:
    """The policy of that id. Raises UsageProblem when it is not known or cannot be read."""
    from deskui.policy.library import UnknownPolicy  # noqa: PLC0415 - help needs no policy
    from deskui.policy.problems import PolicyFileError  # noqa: PLC0415 - the same

    try:
        return library.get(identity)
    except UnknownPolicy as error:
        known = ", ".join(error.known)
        raise UsageProblem(Text(th=f"ไม่มีข้อกำหนดชื่อ {identity!r} ที่มีคือ {known}", en=str(error))) from None
    except PolicyFileError as error:
        raise unusable(error) from None


def unusable(error: PolicyFileError) -> UsageProblem:
    """The problems of a policy or examples file as the message of a command."""
    lines = Text(*(text.replace("\n", "\n  ") for text in (error.text.th, error.text.en)))
    return UsageProblem(
        Text(th=f"ไฟล์ข้อกำหนดใช้ไม่ได้:\n  {lines.th}", en=f"the policy file cannot be used:\n  {lines.en}")
    )


def instant(text: str, option: str, zone: ZoneInfo) -> datetime:
    """The instant an option gives. Raises UsageProblem."""
    from deskui.policy.facts import read_instant  # noqa: PLC0415 - help needs no facts

    try:
        return read_instant(text, zone)
    except (ValueError, OverflowError) as error:
        raise UsageProblem(
            Text(
                th=f"{option}: {text!r} ไม่ใช่เวลา ใช้รูปแบบ ISO 8601 เช่น 2026-11-23T10:30:00+07:00",
                en=f"{option}: {error}",
            )
        ) from None
