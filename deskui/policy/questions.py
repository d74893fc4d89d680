"""Reads the questions of a policy file: how a fact is asked for."""

from __future__ import annotations

from deskui.policy import vocabulary as words
from deskui.policy.decision import Text
from deskui.policy.model import YES_NO, Choice, Question
from deskui.policy.problems import Reader
from deskui.policy.rows import Names
from deskui.policy.said import Said


def read_question(
    name: str, reader: Reader, names: Names
) -> tuple[Question, tuple[str, tuple[str, ...]] | None]:
    """A question, and what to do when nobody knows the answer: (whom to ask, rules)."""
    kind = reader.one_of("kind", words.FACT_KINDS)
    choices = _choices("choices", reader, names)
    proof = _choices("proof", reader, names)
    unrecorded = None
    raw = reader.take("unrecorded", None)
    if raw is not None:
        inner = Reader(raw, (*reader.where, "unrecorded"), reader.problems)
        unrecorded = (inner.one_of("ask", words.HINT_ASK), names.rule_ids(inner))
        inner.done()
    question = Question(
        fact=name,
        kind=kind,
        text=Text(reader.text("th"), reader.text("en")),
        choices=YES_NO if kind == "yes_no" and not choices else tuple(choices),
        unit=reader.both("unit", needed=False),
        source="record" if reader.flag("record") else "call",
        fraction=reader.flag("fraction"),
        default=reader.take("default", None),
        asked=reader.flag("asked", True),
        first=reader.flag("first"),
        proof=tuple(proof),
        desk=reader.one_of("desk", words.DESK_KNOWS) if "desk" in reader.table else None,
    )
    if question.default is not None and question.default not in [c.value for c in question.choices]:
        reader.problem("default", question.default, Said("default_answer"))
    if kind == "choice" and len(choices) < 2:
        reader.problem("choices", Said("no_choice"), Said("two_answers"))
    if proof and kind != "yes_no":
        reader.problem("proof", Said("ways_to_make_sure"), Said("proof_of_a_yes"))
    for key, answers in (("choices", choices), ("proof", proof)):
        for part, of in (("value", ("value",)), ("key", ("key", "also"))):
            given = [
                getattr(choice, name) for choice in answers for name in of if getattr(choice, name) != ""
            ]
            if any(item in given[:place] for place, item in enumerate(given)):
                reader.problem(key, Said(f"{part}_twice"), Said(f"own_{part}"))
    reader.may_have("desk")
    reader.done()
    return question, unrecorded


def _choices(key: str, reader: Reader, names: Names) -> list[Choice]:
    choices = []
    for item in reader.tables(key):
        text = Text(item.text("th"), item.text("en"))
        services = names.service_set(item)
        choices.append(
            Choice(item.take("value"), text, item.text("key", ""), services, item.text("also", ""))
        )
        item.done()
    return choices
