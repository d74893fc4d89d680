"""Policies by id: read when asked for, a bad one beside the good ones, a user's folder first."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import deskui.policy
from deskui.paths import data_dir
from deskui.policy import Library, PolicyFileError, UnknownPolicy, decide
from deskui.policy.library import policy_files
from deskui.worktime import HolidaySet
from tests.house.tree import python
from tests.policy.vendor import FILES, copy

SHIPPED = sorted(policy_files(data_dir() / "policies"))
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
"""10:00 in Bangkok."""
OURS = HolidaySet(set_id="th-private", names=("ของเรา", "ours"), days=(), reviewed_years=(2026,)).add(
    date(2026, 11, 23), th="วันของเรา", en="Our day", source="us"
)


def test_every_shipped_policy_is_read_without_a_problem() -> None:
    library = Library.load()
    assert library.problems == ()
    assert list(library.policies) == SHIPPED
    assert {name: policy.id for name, policy in library.policies.items()} == {name: name for name in SHIPPED}


def test_shared_files_and_examples_are_no_policies(tmp_path: Path) -> None:
    for name in ("_common.toml", "sixth.examples.toml", ".hidden.toml", "notes.txt", "sixth.toml"):
        (tmp_path / name).write_text("")
    assert policy_files(tmp_path) == {"sixth": tmp_path / "sixth.toml"}


def test_a_users_folder_adds_to_the_shipped_policies() -> None:
    assert list(Library.open(FILES)) == sorted([*SHIPPED, "sixth"])


def test_a_later_folder_comes_before_an_earlier_one(tmp_path: Path) -> None:
    copy(tmp_path / "own", ('version = "1"', 'version = "2"'))
    assert Library.open(FILES, tmp_path / "own").get("sixth").version.startswith("2+")
    assert Library.open(tmp_path / "own", FILES).get("sixth").version.startswith("1+")


def test_a_policy_is_read_once_and_only_when_asked_for(tmp_path: Path) -> None:
    file = copy(tmp_path)
    (tmp_path / "broken.toml").write_text("not TOML")
    library = Library.open(tmp_path)
    found = library.get("sixth")
    file.unlink()
    assert library.get("sixth") is found
    with pytest.raises(PolicyFileError):
        library.get("broken")


def test_an_unknown_policy_is_named_with_those_there_are() -> None:
    library = Library.open(FILES)
    with pytest.raises(
        UnknownPolicy, match=r"no policy 'sixt'; there are: .*; did you mean 'sixth'"
    ) as caught:
        library.get("sixt")
    assert isinstance(caught.value, KeyError)
    assert caught.value.known == tuple(library)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match=r"no folder .*nowhere"):
        Library.open(tmp_path / "nowhere")


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    copy(tmp_path)
    (tmp_path / "broken.toml").write_text('[policy]\nid = "other"\n')
    library = Library.load(tmp_path)
    assert "sixth" in library.policies
    assert "broken" not in library.policies
    assert {problem.file.name for problem in library.problems} == {"broken.toml"}
    assert {"policy.id", "policy.version"} <= {problem.key for problem in library.problems}


def test_a_holiday_set_that_is_not_there_is_a_problem_of_the_policy(tmp_path: Path) -> None:
    file = copy(tmp_path, ("closed = [2026-11-24]", 'holidays = "th-nobody"'))
    library = Library.load(tmp_path)
    (problem,) = library.problems
    assert (problem.file, problem.key) == (file, "calendar.desk.holidays")
    assert file.read_text("utf-8").splitlines()[problem.line - 1] == 'holidays = "th-nobody"'
    assert (str(problem.found), str(problem.expected)) == ("'th-nobody'", "one of: th-government, th-private")


def test_the_desks_own_holidays_take_the_place_of_the_shipped_set(tmp_path: Path) -> None:
    copy(tmp_path, ("closed = [2026-11-24]", 'holidays = "th-private"'))
    library = Library.open(tmp_path)
    before = library.get("sixth")
    after = library.with_holidays({"th-private": OURS}).get("sixth")
    open_then, closed_now = (decide(policy, "help", {"contract": {}}, MONDAY) for policy in (before, after))
    assert (open_then.outcome, closed_now.outcome) == ("callback", "defer")
    assert decide(library.get("sixth"), "help", {"contract": {}}, MONDAY).outcome == "callback"


def test_policies_not_read_yet_get_the_desks_holidays_too(tmp_path: Path) -> None:
    copy(tmp_path, ("closed = [2026-11-24]", 'holidays = "th-private"'))
    policy = Library.open(tmp_path).with_holidays({"th-private": OURS}).get("sixth")
    assert decide(policy, "help", {"contract": {}}, MONDAY).outcome == "defer"


def test_the_package_has_the_function_decide_whatever_is_imported_first() -> None:
    for first in ("import deskui.policy.decide", "from deskui.policy.decide import decide"):
        assert (
            python("-c", f"{first}; from deskui.policy import decide; print(callable(decide))").strip()
            == "True"
        )


def test_importing_the_package_loads_none_of_its_parts() -> None:
    code = "import sys, deskui.policy; print([m for m in sys.modules if m.startswith('deskui.')])"
    assert python("-c", code).strip() == "['deskui.policy']"


def test_all_that_the_package_exports_is_there() -> None:
    for name in deskui.policy.__all__:
        assert getattr(sys.modules["deskui.policy"], name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        _ = deskui.policy.nonsense
