"""Nothing reaches the screen round `deskui.tui.text`; and the check that says so can see."""

from __future__ import annotations

from pathlib import Path

import pytest

import deskui.tui
from tests.tui.border import problems_in, problems_of

FOLDER = Path(deskui.tui.__file__).parent
BORDER = frozenset({"text.py", "thai.py", "thai_area.py", "filters.py", "modals/palette.py"})
"""text.py is the border; the fields of the next two clean what they are given; filters change lines that are
drawn; the palette's one text of its own is an Option of Textual, which is not the Option of ours."""


def test_nothing_goes_round_the_border() -> None:
    problems = problems_in(FOLDER, BORDER)
    assert not problems, "\n".join(map(str, problems))


BAD = [
    "Static(name)",
    "Static(f'hello {name}')",
    "Static('hello ' + name)",
    "Static('hello %s' % name)",
    "Static('hello {}'.format(name))",
    "Static(content=row.title)",
    "Static(str(number))",
    "Static(clean(name))",
    "Static(say('a.b', who=name))",
    "Static(fit(name, 3))",
    "Static(Content.from_markup(name))",
    "Static(Content(name))",
    "Static(Content(f'{name}'))",
    "Static(Content('a') + name)",
    "Static(shown(name) if ok else name)",
    "Static(name or shown(name))",
    "Static(*names)",
    "Static(**options)",
    "Static(name, markup=False)",
    "Label(row.customer)",
    "Button(name)",
    "Button(label=name)",
    "Collapsible(title=name)",
    "Checkbox(name)",
    "TabPane(name)",
    "Option(name, id='x')",
    "OptionList('a', name)",
    "OptionList(*names)",
    "OptionList(*[row.title for row in rows])",
    "Select([(row.title, row.id) for row in rows])",
    "widget.update(name)",
    "self.query_one('#x', Static).update(f'{name}')",
    "self.notify(name)",
    "self.notify(f'{name} saved')",
    "self.notify(shown(name).plain)",
    "self.notify(name, markup=False)",
    "self.app.notify('saved', title=name)",
    "self.call_later(self.notify, name)",
    "self.app.call_from_thread(widget.update, name)",
    "widget.border_title = name",
    "widget.border_subtitle = f'{name}'",
    "self.border_title, self.border_subtitle = shown(name), name",
    "widget.tooltip = row.title",
    "self.app.title = name",
    "field.placeholder = name",
    "setattr(widget, 'border_title', name)",
    "setattr(widget, which, name)",
    "Static(id='x', tooltip=name)",
    "Own('x', tooltip=name)",
    "menu.add_option(name)",
    "menu.add_options([row.title for row in rows])",
    "menu.add_options([Option(row.title) for row in rows])",
    "Segment(name, style)",
    "Segment(f'{name} ', style)",
    "Segment(fit(name, 3) + name)",
    "Text(name)",
    "Text.from_markup(name)",
    "Text.from_markup(f'[b]{name}[/b]')",
    "Content.from_text(name)",
    "Content.assemble(('x', 'bold'), (name, 'bold'))",
    "Content.assemble(*parts)",
    "Content.styled(name, 'bold')",
    "Static(Content(', ').join(names))",
    "Static('x', markup=True).update(name)",
    "Widget(name, markup=True)",
    "ThaiInput(placeholder=name)",
    "Input(value=name)",
    "RichLog()",
    "DataTable()",
    "Markdown(name)",
    "app.exit(message=name)",
    "x = shown(name)\n    x = name\n    Static(x)",
    "x = 'a'\n    x += name\n    Static(x)",
    "for x in names:\n        Static(x)",
    "for x, y in zip([shown(name)], names):\n        Static(y)",
    "for at, x in enumerate(names):\n        Static(x)",
    "with open(name) as x:\n        Static(x)",
    "(x := name)\n    Static(x)",
    "x: str = name\n    Static(x)",
    "x, y = shown(name), name\n    Static(y)",
    "Heading(name)",
    "plain_words(name)\n    Static(plain_words(name))",
    "Static(self.words)",
]

GOOD = [
    "Static('hello')",
    "Static('hello ' + 'you')",
    "Static('─' * width)",
    "Static()",
    "Static(id=name)",
    "Static(shown(name))",
    "Static(shown(name, 40, style='bold'), classes=name)",
    "Static(shown(name) if ok else 'none')",
    "Static(shown(name) + shown(other))",
    "Static(shown(name).stylize('bold'))",
    "Static(TITLE)",
    "Static(Content(say('a.b', who=name)))",
    "Static(Content(clean(name)))",
    "Static(Content.assemble((say('x'), 'bold'), ' ', shown(name)))",
    "Static(Content(', ').join(shown(x) for x in names))",
    "Static(heading(name))",
    "Static(self.heading(name))",
    "Static(self.titled)",
    "Static(given)",
    "Static(several[0])",
    "x = shown(name)\n    Static(x)",
    "x = shown(name)\n    x += shown(other)\n    Static(x)",
    "for x in several:\n        Static(x)",
    "for x, y in zip(lines(name), names):\n        widget.update(x)",
    "for at, x in enumerate([shown(y) for y in names]):\n        Static(x)",
    "Own(name)",
    "Heading(shown(name))",
    "widget.update(shown(name))",
    "self.notify('saved')",
    "self.notify(say('saved', n=number), markup=False)",
    "self.notify(f'{say(name)} · {fit(name, 3)}', markup=False, timeout=3)",
    "widget.border_title = shown(name)",
    "self.border_title, self.border_subtitle = shown(name), 'x'",
    "widget.tooltip = None",
    "self.app.title = say('x')",
    "menu.add_options([Option(shown(row.title), id=row.id) for row in rows])",
    "OptionList(*[Option(shown(x)) for x in names], markup=False)",
    "Select([(shown(row.title), row.id) for row in rows])",
    "Segment(fit(name, 3), style)",
    "Segment(f'{fit(name, 3)} {number:02d}', style)",
    "Segment(' ' + cut(name, 3))",
    "Segment(' '.join([fit(name, 3), 'x']))",
    "ThaiInput(value=name, placeholder=say('x'))",
    "Text.from_markup('[b]x[/b]')",
    "setattr(thing, 'size', 3)",
]

FRAME = """
TITLE = "a title"

class Own(Widget):
    def __init__(self, name): ...

class Heading(Static):
    pass

class Page(Screen):
    titled: Content
    words: str

    def heading(self, name) -> Content: ...

def heading(name) -> Content: ...

def lines(name) -> list[Content]: ...

def plain_words(name) -> str: ...

def function(self, name, other, names, row, rows, number, given: Content, several: list[Content]):
    {}
"""


@pytest.mark.parametrize("code", BAD)
def test_bad_is_seen(code: str) -> None:
    assert problems_of({"bad.py": FRAME.format(code)})


@pytest.mark.parametrize("code", GOOD)
def test_good_is_let_through(code: str) -> None:
    problems = problems_of({"good.py": FRAME.format(code)})
    assert not problems, "\n".join(map(str, problems))


@pytest.mark.parametrize(
    ("body", "bad"),
    [
        ("return self.name", True),
        ("return f'{self.name}'", True),
        ("return shown(self.name)", False),
        ("return assembled([(self.name, '')])", False),
    ],
)
def test_what_render_answers(body: str, bad: bool) -> None:
    source = f"class Line(Widget):\n    def render(self):\n        {body}\n"
    assert bool(problems_of({"line.py": source})) is bad


@pytest.mark.parametrize(("argument", "bad"), [("name", True), ("shown(name)", False), ("", False)])
def test_what_a_widget_of_ours_hands_on(argument: str, bad: bool) -> None:
    source = f"class Line(Static):\n    def __init__(self, name):\n        super().__init__({argument})\n"
    assert bool(problems_of({"line.py": source})) is bad


def test_a_name_is_content_only_if_all_files_agree() -> None:
    one = "def line() -> Content: ...\nStatic(line())\n"
    assert not problems_of({"one.py": one})
    assert problems_of({"one.py": one, "two.py": "def line() -> str: ...\n"})


def test_a_text_of_the_policy_is_not_one_of_rich() -> None:
    ours = "from deskui.policy.decision import Text\nText(name, name)\n"
    assert not problems_of({"a.py": ours})
    assert problems_of({"a.py": ours.replace("deskui.policy.decision", "rich.text")})
    option = "from deskui.tui.b import Option\nOption(name)\n"
    assert not problems_of({"a.py": option, "b.py": "class Option:\n    letter: str\n"})
    assert problems_of({"a.py": option, "b.py": "class Option(Static): ...\n"})


def test_a_problem_says_where() -> None:
    (problem,) = problems_of({"panes/x.py": "\n\nStatic(name)\n"})
    assert str(problem) == "panes/x.py:3: Static(…) shows text not built in text.py"
