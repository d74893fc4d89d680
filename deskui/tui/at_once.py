"""Lines painted while the key that changed them is handled, without Textual's round through its compositor.

That round draws every widget that crosses the lines, some messages later. It reads private parts of
the Textual that `pyproject.toml` pins; a test holds what it paints against what that round paints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rich.style import Style
from textual.geometry import Region

from deskui.tui.painting import Painted

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.strip import Strip
    from textual.widget import Widget

__all__ = ["paint_lines"]

_Places = Mapping["Widget", tuple[Region, Region]]
"""Region and clip of what is on the screen, those in front first."""


def paint_lines(lines: Mapping[Widget, Iterable[int]]) -> None:
    """Paints lines, by widget and counted from its top; now, where nothing lies over them and no layout is on
    its way, else by Textual's own round.

    For widgets that draw whole lines, with neither border nor padding nor opacity of their own.
    """
    if not _painted(lines):
        for widget, numbers in lines.items():
            width = widget.scrollable_content_region.width
            for line in numbers:
                widget.refresh(Region(0, line, width, 1))


def _painted(lines: Mapping[Widget, Iterable[int]]) -> bool:
    first = next(iter(lines))
    app, screen = first.app, first.screen
    if not isinstance(app, Painted) or not app.draws_now or screen is not app.screen:
        return False
    if _unsettled(screen, lines):
        return False
    places = screen._compositor.visible_widgets
    pieces: list[tuple[int, int, Strip]] = []
    for widget, numbers in lines.items():
        region = _uncovered(places, widget)
        if region is None:
            return False
        filters, background = widget.get_line_filters(), widget.background_colors[1]
        for line in numbers:
            if 0 <= line < region.height:
                # what Textual keeps of the line is not right any more
                widget._styles_cache.set_dirty(Region(0, line, region.width, 1))
                strip = widget.render_line(line)
                if strip.cell_length != region.width:
                    # a text ends where it ends, and a field draws a cell more for the cursor at its end
                    strip = strip.adjust_cell_length(region.width, Style(bgcolor=background.rich_color))
                for one in filters:
                    strip = strip.apply_filter(one, background)
                pieces.append((region.y + line, region.x, strip))
    # line by line from the left, as a pen goes
    app.put(screen, sorted(pieces, key=lambda piece: piece[:2]))
    return True


def _unsettled(screen: Screen[object], widgets: Iterable[Widget]) -> bool:
    """Whether places on the screen are about to be others."""
    return (
        screen._layout_required
        or screen._scroll_required
        or any(
            widget._layout_required or widget._scroll_required or not widget.is_mounted for widget in widgets
        )
    )


def _uncovered(places: _Places, widget: Widget) -> Region | None:
    """Where the content of a widget stands on the screen; None where any of it is out of sight."""
    place = places.get(widget)
    if place is None:
        return None
    region, clip = place
    content = widget.scrollable_content_region.size.region.translate(region.offset)
    if not clip.contains_region(content):
        return None
    for other, (theirs, their_clip) in places.items():
        if other is widget:
            return content
        if theirs.intersection(their_clip).overlaps(content):
            return None
    return None
