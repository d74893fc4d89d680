"""The rules core: a vendor's terms as data, and the decision for one request."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deskui.policy.codec import decision_from_json, decision_to_json
    from deskui.policy.decide import UnknownAsk, decide
    from deskui.policy.decision import Decision, Text
    from deskui.policy.facts import FactProblem, read_facts
    from deskui.policy.library import Library, UnknownPolicy
    from deskui.policy.policy import Policy, Service
    from deskui.policy.problems import PolicyFileError, Problem

_HOME = {
    "Decision": "decision",
    "FactProblem": "facts",
    "Library": "library",
    "Policy": "policy",
    "PolicyFileError": "problems",
    "Problem": "problems",
    "Service": "policy",
    "Text": "decision",
    "UnknownAsk": "decide",
    "UnknownPolicy": "library",
    "decide": "decide",
    "decision_from_json": "codec",
    "decision_to_json": "codec",
    "read_facts": "facts",
}

__all__ = [
    "Decision",
    "FactProblem",
    "Library",
    "Policy",
    "PolicyFileError",
    "Problem",
    "Service",
    "Text",
    "UnknownAsk",
    "UnknownPolicy",
    "decide",
    "decision_from_json",
    "decision_to_json",
    "read_facts",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)


class _Package(ModuleType):
    """`deskui.policy.decide` is the function: importing the module of that name must not take its place."""

    def __setattr__(self, name: str, value: object) -> None:
        if name != "decide":
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
