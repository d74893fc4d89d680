"""What is drawn anew: of each widget only the lines that are wanted, and nothing that another one hides.

For a change of one line Textual has every widget near it drawn whole, all the containers behind it too.
Nested as deep as the desk is, that is most of what a key costs. The `Frugal` compositor asks for the same
strips, without those that would be thrown away. It overrides a private part of the Textual that
`pyproject.toml` pins; a test holds what it draws against what Textual draws.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip

__all__ = ["Frugal"]


class Frugal(Compositor):
    """A compositor that leaves out what would not be seen."""

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Where each widget in sight stands, what it is clipped to, and its strips; from front to back.

        The regions are cut to the lines of `crop`: only these have strips.
        """
        wanted = self.size.region if crop is None else crop
        lines = wanted.line_range
        # a bit a column: what stands in front wins, be it transparent or not
        covered = dict.fromkeys(lines, ~_bits(wanted))
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            part = seen.intersection(wanted)
            span = _bits(part)
            if not any(span & ~covered[y] for y in part.line_range):
                continue
            for y in part.line_range:
                covered[y] |= span
            # of all its columns: what is cut from a strip is counted from the widget's own left
            part = Region(seen.x, part.y, seen.width, part.height)
            yield part, part, widget.render_lines(part.translate((-region.x, -region.y)))


def _bits(region: Region) -> int:
    """A set bit for each of its columns."""
    return ((1 << region.width) - 1) << region.x
