"""Spells out what a policy file says in brief, so that all that comes after knows one form only.

The brief forms are described with the others at the top of `load`. What stands elsewhere in the file than it
would spelled out is noted in `Problems.origins`: a problem is told where somebody wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deskui.policy import vocabulary as words
from deskui.policy.nearest import did_you_mean, one_of
from deskui.policy.problems import Problems, Where
from deskui.policy.said import Said

_WORDS = ("th", "en", "keywords")
"""What a line of a group says of its service, in this order; then comes its one row."""
_SHARED = frozenset({"call", "staffed", "counter", "like"})
"""What a group may say of all its services, and a line beside its row."""
_ABOUT = ("services", "all_but")
"""How rows asked before a service's own say which services they are about."""
_WITH_FIGURES = ("before", "reading", "derive", "service")
_UNREADABLE: list[Any] = ["—", "—", [], {"rule": "X-01", "then": "free"}]


def spelled_out(document: Mapping[str, Any], problems: Problems) -> dict[str, Any]:
    """The document without brief forms; notes what is wrong with those it has."""
    told = dict(document)
    if isinstance(told.get("rule"), Mapping):
        told["rule"] = {name: _rule(name, given, problems) for name, given in told["rule"].items()}
    if isinstance(told.get("service"), Mapping):
        told["service"] = _services(told["service"], problems)
    if isinstance(told.get("before"), list):
        told["before"] = _before(told["before"], problems)
    if isinstance(told.get("question"), Mapping):
        _answers(told, problems)
    if "figure" in told:
        told = _Figures(told.pop("figure"), problems).put_into(told)
    return told


def _rule(name: str, given: Any, problems: Problems) -> Any:
    if not isinstance(given, list):
        return given
    if not 3 <= len(given) <= 4 or not all(isinstance(part, str) for part in given):
        problems.add(("rule", name), given, Said("rule_as_list"))
        return {"clause": "", "th": "—", "en": "—"}
    rule: dict[str, Any] = dict(zip(("clause", "th", "en"), given, strict=False))
    if given[3:] == ["card"]:
        rule["card"] = True
    elif given[3:]:
        rule["basis"] = given[3]
        if given[3] not in words.BASES:
            problems.add(("rule", name, 3), given[3], one_of({"card", *words.BASES}, given[3]))
            del rule["basis"]
    return rule


def _services(given: Mapping[str, Any], problems: Problems) -> dict[str, Any]:
    services: dict[str, Any] = {}
    for name, table in given.items():
        if not isinstance(table, Mapping) or table.keys().isdisjoint(("every", "services")):
            services[name] = table
            continue
        every = _Every(("service", name), table.get("every", {}), problems)
        if "services" in table:
            for identity, service in _group(name, table, every, problems):
                if identity in services or (identity in given and identity != name):
                    place = ("service", name, "services", identity)
                    problems.add(place, identity, Said("own_service_name"))
                services[identity] = service
        else:
            services[name] = {key: value for key, value in table.items() if key != "every"}
            rows = table.get("rows")
            if isinstance(rows, list):
                services[name]["rows"] = [
                    every.into(row, ("service", name, "rows", number)) for number, row in enumerate(rows)
                ]
        every.done()
    return services


def _before(given: list[Any], problems: Problems) -> list[Any]:
    """The rows one by one, of tables that have several for the same services."""
    before: list[Any] = []
    for number, table in enumerate(given):
        here: Where = ("before", number)
        if not isinstance(table, Mapping) or "rows" not in table:
            problems.origins["before", len(before)] = here
            before.append(table)
            continue
        for key in table.keys() - {"every", "rows", *_ABOUT}:
            problems.add((*here, key), Said("unknown_key"), Said("parts_of_before"))
        every = _Every(here, table.get("every", {}), problems)
        rows = table["rows"]
        if not isinstance(rows, list) or not rows:
            problems.add((*here, "rows"), rows, Said("list_of_rows"))
            continue
        shared = {key: table[key] for key in _ABOUT if key in table}
        for place, row in enumerate(rows):
            where: Where = ("before", len(before))
            told = every.into(row, where)
            problems.origins[where] = (*here, "rows", place)
            problems.origins |= {(*where, key): (*here, key) for key in shared}
            before.append({**shared, **told} if isinstance(told, Mapping) else told)
        every.done()
    return before


def _group(
    name: str, table: Mapping[str, Any], every: _Every, problems: Problems
) -> list[tuple[str, dict[str, Any]]]:
    """The services of a group, by name."""
    for key in table.keys() - _SHARED - {"every", "services"}:
        known = {*_SHARED, "every", "services"}
        keys = Said("no_key_in_group", near=did_you_mean(key, known), keys=sorted(known))
        problems.add(("service", name, key), Said("unknown_key"), keys)
    lines = table["services"]
    if not isinstance(lines, Mapping) or not lines:
        problems.add(("service", name, "services"), lines, Said("table_of_services"))
        return []
    shared = {key: table[key] for key in _SHARED & table.keys()}
    services: list[tuple[str, dict[str, Any]]] = []
    for identity, line in lines.items():
        place: Where = ("service", name, "services", identity)
        said = line if _is_service(line) else _UNREADABLE
        if said is _UNREADABLE:
            problems.add(place, line, Said("service_as_list"))
        where: Where = ("service", identity)
        problems.origins |= {(*where, key): ("service", name, key) for key in shared}
        problems.origins |= {(*where, key): (*place, number) for number, key in enumerate(_WORDS)}
        own = said[3] if len(said) > 3 else {}
        problems.origins |= {(*where, key): (*place, 3, key) for key in own.keys() & _SHARED}
        service = {**shared, **dict(zip(_WORDS, said, strict=False))}
        service |= {key: value for key, value in own.items() if key in _SHARED}
        row = {key: value for key, value in own.items() if key not in _SHARED}
        if row or "like" not in service:
            problems.origins[*where, "rows", 0] = (*place, 3)
            service["rows"] = [every.into(row, (*where, "rows", 0))]
        services.append((identity, service))
    return services


def _is_service(line: Any) -> bool:
    return (
        isinstance(line, list)
        and 3 <= len(line) <= 4
        and all(isinstance(text, str) for text in line[:2])
        and isinstance(line[2], list)
        and all(isinstance(row, Mapping) for row in line[3:])
    )


class _Every:
    """What each row of a service or group says that says nothing else itself."""

    def __init__(self, where: Where, given: Any, problems: Problems) -> None:
        self.where: Where = (*where, "every")
        self.problems = problems
        self.given: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
        self.idle = set(self.given)
        if not isinstance(given, Mapping):
            problems.add(self.where, given, Said("what_rows_say"))

    def into(self, row: Any, where: Where) -> Any:
        """The row with what it leaves to `every`; rules and conditions of both hold."""
        if not isinstance(row, Mapping) or ("then" in self.given and "then" in row):
            # the figures of one outcome are no figures of another
            return row
        told = dict(row)
        for key, value in self.given.items():
            if key not in row:
                told[key] = value
                self.problems.origins[*where, key] = (*self.where, key)
            elif key == "rule":
                own = _listed(row[key])
                told[key] = [*own, *(rule for rule in _listed(value) if rule not in own)]
            elif key == "when" and isinstance(value, Mapping) and isinstance(row[key], Mapping):
                told[key] = {**value, **row[key]}
                for fact in value.keys() - row[key].keys():
                    self.problems.origins[*where, key, fact] = (*self.where, key, fact)
            else:
                continue
            self.idle.discard(key)
        return told

    def done(self) -> None:
        """Notes what no row took."""
        for key in self.idle:
            self.problems.add((*self.where, key), Said("no_row_takes"), Said("what_rows_leave"))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _answers(told: dict[str, Any], problems: Problems) -> None:
    """Answers that tell a derived fact by themselves become rows of it, before its own."""
    questions = dict(told["question"])
    rows: dict[str, list[dict[str, Any]]] = {}
    for fact, table in questions.items():
        choices = table.get("choices") if isinstance(table, Mapping) else None
        if not isinstance(choices, list) or not any(
            isinstance(item, Mapping) and "is" in item for item in choices
        ):
            continue
        for number, choice in enumerate(choices):
            for name, row in _told_by(choice, fact, ("question", fact, "choices", number), problems):
                where = ("derive", name, "rows", len(rows.setdefault(name, [])))
                problems.origins[where] = ("question", fact, "choices", number)
                problems.origins[*where, "is"] = ("question", fact, "choices", number, "is", name)
                rows[name].append(row)
        questions[fact] = {**table, "choices": [_only_choice(choice) for choice in choices]}
    if rows:
        told["question"] = questions
        told["derive"] = _derived(told.get("derive"), rows, problems)


def _told_by(choice: Any, fact: str, place: Where, problems: Problems) -> list[tuple[str, dict[str, Any]]]:
    """(derived fact, its row) of one answer."""
    if not isinstance(choice, Mapping):
        return []
    told = choice.get("is", {})
    if not isinstance(told, Mapping):
        problems.add((*place, "is"), told, Said("table_of_derived"))
        return []
    when: Any = choice.get("value")
    for part in reversed(fact.split(".")):
        when = {part: when}
    cited = {"rule": choice["rule"]} if "rule" in choice else {}
    return [(name, {"when": when, "is": value, **cited}) for name, value in told.items()]


def _only_choice(choice: Any) -> Any:
    if not isinstance(choice, Mapping) or "is" not in choice:
        return choice
    return {key: value for key, value in choice.items() if key not in ("is", "rule")}


def _derived(given: Any, told: Mapping[str, list[dict[str, Any]]], problems: Problems) -> Any:
    """The tables with what answers tell before their own rows; one that is none loses only those."""
    if given is not None and not isinstance(given, Mapping):
        problems.add(("derive",), given, Said("table_of_tables"))
        given = None
    derived = dict(given or {})
    for name, rows in told.items():
        table = derived.get(name, {})
        if not isinstance(table, Mapping):
            problems.add(("derive", name), table, Said("table"))
            table = {}
        own = table.get("rows", [])
        if not isinstance(own, list):
            problems.add(("derive", name, "rows"), own, Said("list_of_tables"))
            own = []
        for number in range(len(own)):
            problems.origins["derive", name, "rows", len(rows) + number] = ("derive", name, "rows", number)
        derived[name] = {**table, "rows": [*rows, *own]}
    return derived


class _Figures:
    """Figures with a name, put in wherever `{ figure = NAME }` stands for them."""

    def __init__(self, given: Any, problems: Problems) -> None:
        self.problems = problems
        self.given: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
        self.idle = set(self.given)
        problems.figures = frozenset(self.given)
        if not isinstance(given, Mapping):
            problems.add(("figure",), given, Said("table_of_figures"))

    def put_into(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """The document with every figure in its places; notes those that have none."""
        full = {
            key: self.walk(value, (key,)) if key in _WITH_FIGURES else value for key, value in told.items()
        }
        for name in self.idle:
            named = Said("named_figure", name=repr(name))
            self.problems.add(("figure", name), Said("figure_unnamed"), named)
        return full

    def walk(self, node: Any, where: Where) -> Any:
        """The node with figures in place of their names."""
        if isinstance(node, list):
            if not any(isinstance(value, dict | list) for value in node):
                return node
            return [self.walk(value, (*where, number)) for number, value in enumerate(node)]
        if not isinstance(node, dict):
            return node
        name = node.get("figure")
        if len(node) == 1 and isinstance(name, str) and name in self.given:
            self.idle.discard(name)
            self.problems.origins[where] = ("figure", name)
            return self.given[name]
        parts = [(key, value) for key, value in node.items() if isinstance(value, dict | list)]
        return {**node, **{key: self.walk(value, (*where, key)) for key, value in parts}} if parts else node
