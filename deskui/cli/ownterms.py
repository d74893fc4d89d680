"""What a customer's own contract says, as a table of customers has it: one term in the columns `own_…`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from deskui.cli.factvalues import yes_no
from deskui.policy.decision import Text

if TYPE_CHECKING:
    from deskui.policy.ownterms import OwnTermError
    from deskui.policy.policy import Policy

OWN_COLUMNS = ("own_rule", "own_service", "own_outcome", "own_figures", "own_clause", "own_th", "own_en")
"""`own_figures` has figures as `quota=8; amount=400`; a customer with several terms has several lines."""
_COLUMN_OF = {"figures": "own_figures", "text": "own_en"}


class OwnTermProblem(ValueError):
    """A term that cannot be read; `column` says where, `text` why, in both languages."""

    def __init__(self, column: str, text: Text) -> None:
        self.column = column
        self.text = text
        super().__init__(text.en)


def read_own_term(
    policy: Policy, cells: Mapping[str, str], earlier: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The term of one line, beside those of the same contract in lines above. Raises OwnTermProblem."""
    # few tables have such terms
    from deskui.policy.ownterms import OwnTermError, read_own_terms  # noqa: PLC0415

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
    except OwnTermError as error:
        raise _placed(error, term) from error
    return term


def _placed(error: OwnTermError, term: Mapping[str, Any]) -> OwnTermProblem:
    """The problem at the column that it is about; which term it is, the line says."""
    name, _, figure = error.key.partition(".")
    why = error.why.text
    if name not in ("rule", "service", "outcome", "figures", "clause", "text"):
        return OwnTermProblem("own_rule", why)
    if name == "text":
        column = "own_en" if term["text"]["th"] else "own_th"
        said = Text(
            "ไม่มีค่า ควรเป็นข้อความในสัญญา ทั้งไทยและอังกฤษ",
            "found nothing, expected what the contract says, in Thai and English",
        )
        return OwnTermProblem(column, said)
    told = Text(f"{figure}: {why.th}", f"{figure}: {why.en}") if figure else why
    return OwnTermProblem(_COLUMN_OF.get(name, f"own_{name}"), told)


def _figures(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in text.split(";"):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not name or not equals or not value:
            given = repr(part.strip())
            said = Text(
                f"พบ {given} ควรเขียนตัวเลขเป็น quota=8; amount=400",
                f"found {given}, expected figures as quota=8; amount=400",
            )
            raise OwnTermProblem("own_figures", said)
        if name in found:
            said = Text(f"{name}: ระบุสองครั้ง ให้เหลือครั้งเดียว", f"{name}: given twice: keep one")
            raise OwnTermProblem("own_figures", said)
        found[name] = _value(value)
    return found


def _value(text: str) -> Any:
    for read in (int, float, yes_no):
        try:
            return read(text)
        except ValueError:
            continue
    return text
