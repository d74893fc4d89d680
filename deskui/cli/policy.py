"""`deskui policy`: list, show, check, test, compare and start vendors' terms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deskui.cli.errors import DONE, REFUSED, WRONG_USE, UsageProblem
from deskui.cli.language import lang_option, language, told
from deskui.cli.library import get_policy, open_library, policies_option, unusable
from deskui.cli.output import plain_text, print_json, print_table
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.policy.policy import Policy

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(help="List, show, check, test, compare and start vendors' terms.")
def policy() -> None:
    """The noun; each verb below."""


@policy.command("list", help="Every policy: id, name, version, services.")
@lang_option
@policies_option
@json_option
def list_policies(folder: str | None, as_json: bool) -> int:
    """One line a policy; those that cannot be read are named on stderr."""
    library = open_library(folder)
    if as_json:
        print_json(
            [
                {
                    "id": found.id,
                    "name": found.name.to_json(),
                    "version": found.version,
                    "file": str(library.files[found.id]),
                    "services": [
                        {"id": service.id, "name": service.name.to_json(), "call": service.call}
                        for service in found.services.values()
                    ],
                }
                for found in library.policies.values()
            ]
        )
    else:
        print_table(
            [
                (
                    found.id,
                    plain_text(told(found.name)),
                    found.version,
                    told(Text(th=f"{len(found.services)} บริการ", en=f"{len(found.services)} services")),
                )
                for found in library.policies.values()
            ]
        )
    for problem in library.problems:
        click.echo(plain_text(told(problem.text)), err=True)
    return WRONG_USE if library.problems else DONE


@policy.command(help="One vendor's terms as a person reads them: services by cover, with clauses.")
@click.argument("vendor")
@lang_option
@policies_option
@json_option
def show(vendor: str, folder: str | None, as_json: bool) -> int:
    """The outline of a policy."""
    from deskui.cli.outline import outline  # noqa: PLC0415 - help needs no policy
    from deskui.cli.show import print_outline  # noqa: PLC0415 - the same

    found = outline(_policy(vendor, folder))
    if as_json:
        print_json(_plain(found))
    else:
        print_outline(found, language())
    return DONE


def _policy(vendor: str, folder: str | None) -> Policy:
    """The policy of an id, or in a file."""
    if not _is_file(vendor):
        return get_policy(open_library(folder), vendor)
    from deskui.cli.policyfile import read_file  # noqa: PLC0415 - help needs no policy
    from deskui.policy.problems import PolicyFileError  # noqa: PLC0415 - the same

    try:
        return read_file(_existing(Path(vendor)), any_name=True)
    except PolicyFileError as error:
        raise unusable(error) from None


def _is_file(vendor: str) -> bool:
    return vendor.endswith(".toml") or "/" in vendor


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return value.to_json()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


@policy.command(
    help="Every problem of a policy FILE, of a folder, or of all, and which rules examples cover."
)
@click.argument("place", required=False, metavar="[FILE|DIR|VENDOR]")
@lang_option
@json_option
def check(place: str | None, as_json: bool) -> int:
    """Exit 2 when a file cannot be used; what no example covers is shown and allowed."""
    from deskui.cli.trying import check_file, show_conventions  # noqa: PLC0415 - help needs no policy

    checked = [check_file(file) for file in _files(place)]
    if as_json:
        print_json([item.to_json() for item in checked])
    else:
        for item in checked:
            item.show()
        if len(checked) > 1:
            show_conventions([item for item in checked if not item.problems])
    return WRONG_USE if any(item.problems for item in checked) else DONE


@policy.command(help="Run the examples beside each policy, or VENDOR's (an id or a file).")
@click.argument("vendor", required=False)
@click.option(
    "--mutate", is_flag=True, help="Also change the policy a little at a time: an example must notice."
)
@lang_option
@policies_option
@json_option
def test(vendor: str | None, mutate: bool, folder: str | None, as_json: bool) -> int:
    """Exit 1 when an example fails, or does not notice a change."""
    from deskui.cli.trying import try_file  # noqa: PLC0415 - help needs no policy

    tried = [try_file(file, mutate=mutate) for file in _policy_files(vendor, folder)]
    if as_json:
        print_json([item.to_json() for item in tried])
    else:
        for item in tried:
            item.show()
    return DONE if all(item.good for item in tried) else REFUSED


@policy.command(
    help="Start the terms of a new VENDOR (an id such as acme-pos): a commented file and its examples."
)
@click.argument("vendor")
@click.option("--out", metavar="PLACE", help="A folder, or the file VENDOR.toml; here when not given.")
@click.option("--name", metavar="TEXT", help="What the vendor is called; after its id when not given.")
@lang_option
@json_option
def new(vendor: str, out: str | None, name: str | None, as_json: bool) -> int:
    """Writes two files, over nothing that is there."""
    from deskui.cli.starter import start  # noqa: PLC0415 - help needs no policy

    files = start(vendor, None if out is None else Path(out), name, set(open_library(None).files))
    if as_json:
        print_json({"policy": str(files[0]), "examples": str(files[1])})
        return DONE
    for path in files:
        click.echo(plain_text(path))
    place = plain_text(files[0])
    told_next = Text(
        th=f"แก้ไฟล์แล้วตรวจด้วย: deskui policy check {place} และ deskui policy test {place}",
        en=f"change it, then: deskui policy check {place}; deskui policy test {place}",
    )
    click.echo(told(told_next), err=True)
    return DONE


@policy.command(help="The decisions over the examples of both that differ between two policy files (or ids).")
@click.argument("old")
@click.argument("new")
@lang_option
@policies_option
@json_option
def diff(old: str, new: str, folder: str | None, as_json: bool) -> int:
    """In words, with what each was and is."""
    from deskui.cli.comparing import compare  # noqa: PLC0415 - help needs no policy

    (after,) = _policy_files(new, folder)
    if old == after.stem and not _is_file(old) and old not in open_library(folder).files:
        raise UsageProblem(
            Text(
                th=f"{old} เป็นผู้ขายรายใหม่ ยังไม่มีฉบับก่อนให้เทียบ ตรวจด้วย deskui policy test {plain_text(after)}",
                en=f"{old} is a new vendor, with nothing before it to compare: "
                f"go on with deskui policy test {plain_text(after)}",
            )
        )
    (before,) = _policy_files(old, folder)
    compared = compare(before, after)
    if compared.old.id != compared.new.id:
        other = Text(
            th=f"{compared.old.id} กับ {compared.new.id} เป็นคนละผู้ขาย บริการที่มีรายเดียวจะต่างกันทั้งหมด",
            en=f"{compared.old.id} and {compared.new.id} are two vendors: what only one serves differs",
        )
        click.echo(told(other), err=True)
    if as_json:
        print_json(compared.to_json())
    else:
        compared.show(language())
    return DONE


def _policy_files(vendor: str | None, folder: str | None) -> list[Path]:
    """The file an id or a path names; all of the library when neither is given."""
    if vendor is not None and _is_file(vendor):
        return [_existing(Path(vendor))]
    library = open_library(folder)
    if vendor is None:
        return list(library.files.values())
    if vendor not in library.files:
        get_policy(library, vendor)
    return [library.files[vendor]]


def _existing(path: Path) -> Path:
    if path.name.endswith(".examples.toml"):
        named = path.with_name(path.name.replace(".examples.toml", ".toml"))
        raise UsageProblem(
            Text(
                th=f"{path} เป็นไฟล์ตัวอย่าง ระบุ {named} ตัวอย่างจะถูกอ่านด้วย",
                en=f"{path} holds examples: give {named}, they are read with it",
            )
        )
    if path.is_dir():
        raise UsageProblem(Text(th=f"{path} เป็นโฟลเดอร์ ระบุไฟล์", en=f"{path} is a folder: give a file of it"))
    if not path.is_file():
        raise UsageProblem(
            Text(
                th=f"ไม่มีไฟล์ {path}: ระบุไฟล์ข้อกำหนด (*.toml)", en=f"no file {path}: give a policy file (*.toml)"
            )
        )
    return path


def _files(place: str | None) -> list[Path]:
    from deskui.policy.library import policy_files  # noqa: PLC0415 - help needs no policy

    if place is None:
        return list(open_library(None).files.values())
    library = open_library(None)
    if place in library.files:
        return [library.files[place]]
    if not Path(place).is_dir():
        return [_existing(Path(place))]
    files = list(policy_files(Path(place)).values())
    if not files:
        raise UsageProblem(
            Text(th=f"ไม่มีไฟล์ข้อกำหนด (*.toml) ใน {place}", en=f"no policy files (*.toml) in {place}")
        )
    return files
