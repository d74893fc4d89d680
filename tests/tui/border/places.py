"""The places of Textual and Rich that take text, and what may be put there."""

from __future__ import annotations

CONTENT_MAKERS = {"shown", "shown_lines", "assembled"}
CLEAN_MAKERS = {
    # text.py
    "clean", "clean_lines", "typed", "fit", "cut",
    # words of our own: numbers, units, names of days, and the catalogue, which cleans what it is given
    "time_text", "left_text", "age_text", "time_of_day", "short_day", "day_text", "long_text", "due_text",
    "duration_words", "say", "_say",
}  # fmt: skip

MARKUP_WIDGETS: dict[str, tuple[int | str, ...]] = {
    "Static": (0, "content"), "Label": (0, "content"), "Button": (0, "label"), "Checkbox": (0, "label"),
    "RadioButton": (0, "label"), "Placeholder": (0, "label"), "Collapsible": ("title",), "Tab": (0, "label"),
    "TabPane": (0, "title"), "Option": (0, "prompt"), "Selection": (0, "prompt"), "OptionList": ("*",),
    "SelectionList": ("*",), "RadioSet": ("*",), "TabbedContent": ("*",), "Select": (0, "options", "prompt"),
    "Link": (0, "text"), "Toast": (0,), "Hit": (1, "match_display", "help"),
    "DiscoveryHit": (0, "display", "help"),
}  # fmt: skip
RAW_WIDGETS: dict[str, tuple[int | str, ...]] = {
    "Segment": (0, "text"), "Text": (0, "text"), "Content": (0, "text"), "Digits": (0, "value"),
    "ThaiInput": ("placeholder",), "ThaiTextArea": ("placeholder",), "SystemCommand": (0, 1, "title", "help"),
}  # fmt: skip
ANY_WIDGET = ("tooltip", "border_title", "border_subtitle")
"""Keyword arguments that are shown whatever takes them."""
FORBIDDEN = {
    "Input",
    "TextArea",
    "Log",
    "RichLog",
    "DataTable",
    "Tree",
    "Markdown",
    "MarkdownViewer",
    "Pretty",
}
"""Widgets that show what they are given as it comes; ThaiInput, ThaiTextArea and lines of our own do not."""

MARKUP_METHODS: dict[str, tuple[int | str, ...]] = {
    "update": (0, "content"), "add_option": (0,), "add_options": (0,), "set_options": (0,), "add_tab": (0,),
    "set_label": (0,), "add_leaf": (0,), "add_row": ("*",), "add_column": (0,), "replace_option_prompt": (1,),
    "replace_option_prompt_at_index": (1,), "exit": (2, "message"),
}  # fmt: skip
RAW_METHODS: dict[str, tuple[int | str, ...]] = {"styled": (0,), "assemble": ("*",)}
MARKUP_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "label", "prompt", "content", "renderable"}
RAW_ATTRIBUTES = {"title", "sub_title", "placeholder"}
PARSERS = {"from_markup", "from_ansi", "from_text"}
