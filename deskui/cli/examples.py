"""One example for each command, shown at the end of its help. VENDOR stands for the id of a policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from deskui.policy.decision import Text

__all__ = ["EXAMPLES", "with_examples"]

TITLE: Final = Text("ตัวอย่าง", "Example")

EXAMPLES: Final[Mapping[str, str]] = {
    "decide": """echo '{"policy": "VENDOR", "ask": "SERVICE", "at": "2026-11-23T10:30"}' | deskui decide""",
    "due": "deskui due --policy VENDOR --ask SERVICE --at 2026-11-23T10:30 --fact severity=system_down",
    "quote": "deskui quote VENDOR onsite --fact province=Chonburi",
    "policy list": "deskui policy list",
    "policy show": "deskui policy show VENDOR --lang th",
    "policy check": "deskui policy check my-terms/VENDOR.toml",
    "policy test": "deskui policy test VENDOR --policies my-terms",
    "policy diff": "deskui policy diff old/VENDOR.toml new/VENDOR.toml",
    "policy new": "deskui policy new sixth --out my-terms",
    "ticket": "deskui ticket list --view mine",
    "ticket list": "deskui ticket list --view breached --json",
    "ticket show": "deskui ticket show 1042 --why",
    "ticket open": "deskui ticket open --customer AR-0001 --service remote-install --fact same_machine=yes",
    "ticket claim": "deskui ticket claim 1042",
    "ticket release": "deskui ticket release 1042",
    "ticket assign": "deskui ticket assign 1042 art --reason 'knows this customer'",
    "ticket take-over": "deskui ticket take-over 1042 --reason 'nok is at lunch'",
    "ticket wait": "deskui ticket wait 1042 --reason 'sends the file tomorrow'",
    "ticket hold": "deskui ticket hold 1042 --reason 'the bank answers on Friday'",
    "ticket resume": "deskui ticket resume 1042",
    "ticket resolve": "deskui ticket resolve 1042 --note 'installed again, tried with the caller'",
    "ticket reopen": "deskui ticket reopen 1042",
    "ticket close": "deskui ticket close 1042",
    "ticket meet": "deskui ticket meet 1042 callback",
    "ticket merge": "deskui ticket merge 1043 --into 1042",
    "ticket note": "deskui ticket note 1042 'the caller tries again at two'",
    "ticket severity": "deskui ticket severity 1042 system_down",
    "ticket undo": "deskui ticket undo 1042 --look",
    "ring": "deskui ring 0812345678 --to nok",
    "call": "deskui call missed",
    "call list": "deskui call list --limit 20",
    "call missed": "deskui call missed --json",
    "call undo": "deskui call undo",
    "customer": "deskui customer find 5670",
    "customer find": "deskui customer find สุขใส",
    "customer add": "deskui customer add SX-001 'Test Trading' --contact Somsri --phone 02-123-4567",
    "customer import": "deskui customer import customers.csv",
    "customer authority": "deskui customer authority SX-001 Somsri yes",
    "customer erase": "deskui customer erase SX-001 --yes",
    "problem": "deskui problem list",
    "problem list": "deskui problem list --closed",
    "problem show": "deskui problem show 3",
    "problem open": "deskui problem open 'cloud login fails' --say-en 'We know of it.' --ticket 1042",
    "problem attach": "deskui problem attach 3 --ticket 1043",
    "problem close": "deskui problem close 3 'the certificate was renewed'",
    "problem told": "deskui problem told 12 13",
    "question": "deskui question list",
    "question list": "deskui question list --all",
    "question ask": "deskui question ask 1042 'may this be free once more?'",
    "question answer": "deskui question answer 5 'offer Thursday, on site'",
    "question withdraw": "deskui question withdraw 5",
    "question grant": "deskui question grant 5 'good customer, last time' --amount 0",
    "question refuse": "deskui question refuse 5 'the quota was used twice over'",
    "agent": "deskui agent list",
    "agent list": "deskui agent list --json",
    "agent add": "deskui agent add nok Nok --particle ค่ะ",
    "reading": "deskui reading list",
    "reading list": "deskui reading list --policy VENDOR",
    "reading settle": "deskui reading settle VENDOR READING OPTION --reason 'asked the vendor on 3 March'",
    "reading unsettle": "deskui reading unsettle VENDOR READING --reason 'the vendor takes it back'",
    "goal": "deskui goal list",
    "goal list": "deskui goal list --policy VENDOR",
    "goal set": "deskui goal set VENDOR SERVICE callback 2h",
    "goal drop": "deskui goal drop VENDOR SERVICE callback",
    "holiday": "deskui holiday list",
    "holiday list": "deskui holiday list",
    "holiday add": "deskui holiday add 2026-10-16 'วันหยุดพิเศษ' --source 'Cabinet, 1 September 2026'",
    "holiday remove": "deskui holiday remove 2026-10-16 --source 'withdrawn on 2 October 2026'",
    "policy": "deskui policy show VENDOR",
    "config": "deskui config init",
    "config path": "deskui config path",
    "config init": "deskui config init",
    "config check": "deskui config check",
    "config show": "deskui config show",
    "completion": "deskui completion bash > ~/.local/share/bash-completion/completions/deskui",
    "demo": "deskui demo --at 2026-11-28T10:42 --lang en",
}
"""The command line by the words that name the command."""


def with_examples(command: click.Command, path: str, language: str) -> click.Command:
    """Puts the example of `path` at the end of the command's help, and so for its subcommands."""
    example = EXAMPLES.get(path)
    if example is not None:
        command.epilog = f"\b\n{TITLE.in_(language)}:\n  {example}"
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            with_examples(below, f"{path} {name}", language)
    return command
