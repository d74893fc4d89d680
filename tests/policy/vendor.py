"""A made-up vendor for the tests, and copies of it with one thing changed."""

from __future__ import annotations

import shutil
from pathlib import Path

FILES = Path(__file__).parent / "files"
SIXTH = FILES / "sixth.toml"


def copy(folder: Path, *changes: tuple[str, str], examples: tuple[tuple[str, str], ...] = ()) -> Path:
    """The vendor's two files in `folder`, each (old, new) of `changes` made once; gives the policy file."""
    shutil.copytree(FILES, folder, dirs_exist_ok=True)
    policy = folder / SIXTH.name
    _change(policy, changes)
    _change(policy.with_name("sixth.examples.toml"), examples)
    return policy


def _change(file: Path, changes: tuple[tuple[str, str], ...]) -> None:
    text = file.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")
