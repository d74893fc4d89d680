"""What a customer's own contract says, as a table of customers has it: one term in the columns `own_…`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from deskui.cli.factvalues import yes_no

if TYPE_CHECKING:
    from deskui.policy.policy import Policy

OWN_COLUMNS = ("own_rule", "own_service", "own_outcome", "own_figures", "own_clause", "own_th", "own_en")
"""`own_figures` has figures as `quota=8; amount=400`; a customer with several terms has several lines."""
_COLUMN_OF = {"figures": "own_figures", "text": "own_en"}


class OwnTermProblem(ValueError):
    """A term that cannot be read; `column` says where."""

    def __init__(self, column: str, message: str) -> None:
        self.column = column
        super().__init__(message)


def read_own_term(
    policy: Policy, cells: Mapping[str, str], earlier: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The term of one line, beside those of the same contract in lines above. Raises OwnTermProblem."""
    from deskui.policy.ownterms import read_own_terms  # noqa: PLC0415 - few tables have such terms

    term: dict[str, Any] = {
        "rule": cells["own_rule"],
        "clause": cells["own_clause"],
        "text": {"th": cells["own_th"], "en": cells["own_en"]},
    }
    for key in ("service", "outcome"):
        if cells[f"own_{key}"]:
            term[key] = cells[f"own_{key}"]
    if cells["own_figures"]:
        term["figures"] = _figures(cells["own_figures"])
    try:
        read_own_terms(policy, [*earlier, term])
    except ValueError as error:
        raise _placed(str(error), term) from error
    return term


def _placed(said: str, term: Mapping[str, Any]) -> OwnTermProblem:
    """The problem at the column that it is about."""
    # "term 2: figures.quota: found …": which term is said by the line
    words = said.partition(": ")[2] if said.startswith("term ") else said
    key, _, rest = words.partition(": ")
    name, _, figure = key.partition(".")
    if not rest or name not in ("rule", "service", "outcome", "figures", "clause", "text"):
        return OwnTermProblem("own_rule", words)
    if name == "text":
        column = "own_en" if term["text"]["th"] else "own_th"
        return OwnTermProblem(column, "found nothing, expected what the contract says, in Thai and English")
    return OwnTermProblem(_COLUMN_OF.get(name, f"own_{name}"), f"{figure}: {rest}" if figure else rest)


def _figures(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in text.split(";"):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not name or not equals or not value:
            raise OwnTermProblem(
                "own_figures", f"found {part.strip()!r}, expected figures as quota=8; amount=400"
            )
        if name in found:
            raise OwnTermProblem("own_figures", f"{name}: given twice: keep one")
        found[name] = _value(value)
    return found


def _value(text: str) -> Any:
    for read in (int, float, yes_no):
        try:
            return read(text)
        except ValueError:
            continue
    return text
