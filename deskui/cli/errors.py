"""How a command says no: each problem knows the exit code it ends with."""

from __future__ import annotations

from typing import ClassVar

from deskui.policy.decision import Text

DONE = 0
REFUSED = 1
WRONG_USE = 2
STORE_FAILED = 3
UNEXPECTED = 70
OUTPUT_FAILED = 74
INTERRUPTED = 130
PIPE_CLOSED = 141


class CommandError(Exception):
    """Ends the command with one clear message on stderr and `exit_code`.

    The message says what is wrong, where, and what to do; a plain string is shown in either language.
    """

    exit_code: ClassVar[int]

    def __init__(self, text: Text | str) -> None:
        self.text = text if isinstance(text, Text) else Text(th=text, en=text)
        super().__init__(self.text.en)


class Refused(CommandError):
    """A rule, a state or a lost race does not allow it; nothing was changed. Exit 1."""

    exit_code = REFUSED


class UsageProblem(CommandError):
    """The command was used wrongly or its input cannot be read. Exit 2."""

    exit_code = WRONG_USE


class StoreProblem(CommandError):
    """The store cannot be reached or is damaged. Exit 3."""

    exit_code = STORE_FAILED
