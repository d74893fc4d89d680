"""The README's pictures show what the screens are: made anew they say the same, word by word."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from tests.house.tree import REPO
from tests.screenshots import PICTURES, take

MADE = {picture.name: picture for picture in PICTURES}
SHOWN = re.findall(r"\(screenshots/([\w-]+)\.svg\)", (REPO / "README.md").read_text("utf-8"))


def words(picture: Path) -> list[str]:
    """What stands in a picture, from its first line to its last."""
    return [unescape(word) for word in re.findall(r"<text [^>]*>([^<]*)</text>", picture.read_text("utf-8"))]


@pytest.mark.parametrize("name", SHOWN)
async def test_a_picture_of_the_readme_is_as_the_screen_is_now(name: str, tmp_path: Path) -> None:
    """Where it is not: `python -m tests.screenshots`, and look at what it made."""
    made = await take(MADE[name], tmp_path)
    assert words(made) == words(REPO / "screenshots" / made.name)
    assert len(words(made)) > 50


def test_every_picture_in_the_folder_is_made_by_the_command() -> None:
    assert {path.stem for path in (REPO / "screenshots").iterdir()} == MADE.keys()
    assert len(SHOWN) >= 2
