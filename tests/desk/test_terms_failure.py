"""Terms whose file has mistakes are told apart from terms that nobody has."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskui.desk.errors import NotFound, TermsFailure
from deskui.desk.terms import Terms
from deskui.policy.library import Library


def test_a_file_with_mistakes_is_no_vendor_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "emwork.toml").write_text("[policy]\n", "utf-8")
    terms = Terms(Library.open(tmp_path))
    with pytest.raises(TermsFailure, match=r"'emwork' cannot be used: .*emwork.toml:1: "):
        terms.policy("emwork")
    with pytest.raises(NotFound, match="no terms of a vendor 'nobody'") as nobody:
        terms.policy("nobody")
    assert not isinstance(nobody.value, TermsFailure)
    assert terms.policy("pharmasys").id == "pharmasys"
