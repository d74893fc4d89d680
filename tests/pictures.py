"""Turns SVG pictures into PNG, to look at them: `python -m tests.pictures FILE.svg …`.

Needs Debian's librsvg2-bin and fonts with Thai (fonts-thai-tlwg, fonts-noto-core).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["NoRenderer", "png"]


class NoRenderer(RuntimeError):
    """There is no rsvg-convert on this machine."""


def png(picture: Path) -> Path:
    """Renders an SVG file beside itself. Raises NoRenderer, or CalledProcessError for a broken picture."""
    program = shutil.which("rsvg-convert")
    if program is None:
        raise NoRenderer("rsvg-convert is missing: install librsvg2-bin and fonts-thai-tlwg")
    target = picture.with_suffix(".png")
    subprocess.run([program, "--output", str(target), str(picture)], check=True)
    return target


def main(names: list[str]) -> int:
    """Renders each file named; answers the exit code."""
    try:
        for name in names:
            sys.stdout.write(f"{png(Path(name))}\n")
    except NoRenderer as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
