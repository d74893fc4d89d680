"""Where deskui finds its data files, from a wheel and from an editable install alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path


class DataMissing(FileNotFoundError):
    """The installation lacks its data files; the message says what to do."""


@cache
def data_dir() -> Path:
    """The folder with policies, holidays and the demo desk.

    Raises DataMissing when the installation lacks it.
    """
    package = Path(__file__).parent
    for candidate in (package / "data", package.parent / "data"):
        if (candidate / "policies").is_dir():
            return candidate
    raise DataMissing(
        f"deskui's data files are missing beside {package}: install deskui again "
        "(pip install --force-reinstall deskui)"
    )
