"""The file of settings: clear errors, nothing that is right in it lost, and what goes before what."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deskui.cli.main import main
from deskui.config import BELLS, THEMES, Settings, config_file, read_settings
from deskui.tui.themes import all_themes, theme_name
from tests.cli.desks import Run

Ran = tuple[int, str, str]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the settings of this test are; not there yet."""
    path = tmp_path / "config.toml"
    monkeypatch.setenv("DESKUI_CONFIG", str(path))
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    capsys.readouterr()
    code = main(arguments)
    return code, *capsys.readouterr()


def told(settings: Settings) -> list[str]:
    place = str(settings.path)
    return [problem.text.en.replace(place, "FILE") for problem in settings.problems]


def test_without_a_file_all_is_as_it_comes() -> None:
    settings = read_settings()
    assert settings.problems == ()
    assert settings.bell == set(BELLS)
    assert settings == Settings(path=settings.path)
    assert config_file() == Path(os.environ["XDG_CONFIG_HOME"]) / "deskui" / "config.toml"


def test_what_it_may_say(file: Path) -> None:
    file.write_text(
        '\ufeff# mine\nlanguage = "en"\ntheme = "night"\nplain = true\nbell = ["ring"]\nagent = "nok"\n'
        'db = "sqlite:///x"\npolicies = "/p"\n[keymap]\nticket.claim = "i"\n"view.next" = ["v", "F7"]\n',
        "utf-8",
    )
    settings = read_settings()
    assert settings.problems == ()
    assert (settings.language, settings.theme, settings.plain) == ("en", "night", True)
    assert settings.bell == {"ring"}
    assert (settings.agent, settings.db, settings.policies) == ("nok", "sqlite:///x", "/p")
    assert settings.keymap == {"ticket.claim": "i", "view.next": "v,F7"}
    assert settings.lines == {"ticket.claim": 10, "view.next": 11}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('language = "fr"', 'FILE:1: language: found \'fr\', expected "th" or "en"'),
        ("\n\ntheme = 3", 'FILE:3: theme: found 3, expected "dark", "light", "contrast" or "night"'),
        ('plain = "yes"', "FILE:1: plain: found 'yes', expected true or false"),
        (
            'them = "dark"',
            "FILE:1: them: found 'dark', expected perhaps theme? one of language, theme, plain",
        ),
        ("[colours]\na = 1", "FILE:1: colours: found { a = 1 }, expected one of language, theme"),
        ("keymap = 1", "FILE:1: keymap: found 1, expected a table [keymap]"),
        ("[keymap]\n\nfind = 7", "FILE:3: keymap.find: found 7, expected a key such as"),
        ("[keymap]\nticket.claim = []", "FILE:2: keymap.ticket.claim: found [], expected a key such as"),
        ('[keymap]\ntheme = "dark"', "FILE:2: keymap.theme: found 'dark', expected a command; this setting"),
        ("bell = [1]", "FILE:1: bell: found [1], expected true, false or a list of"),
        ("agent = ''", "FILE:1: agent: found '', expected text in quotes"),
        ("language", "FILE:1: language: found Expected '=' after a key"),
        ('theme = "dark"\ntheme = "light"', "FILE:2: theme: found Cannot overwrite a value"),
        ('theme = """dark', "FILE:1: theme: found "),
        ("bell = [\n'ring'\n", "FILE:1: bell: found Unclosed array"),
    ],
)
def test_a_slip_is_told_with_file_line_key_and_what_is_expected(file: Path, text: str, expected: str) -> None:
    file.write_text(text, "utf-8")
    (only,) = told(read_settings())
    assert only.startswith(expected)


def test_what_is_right_beside_a_slip_holds(file: Path) -> None:
    file.write_text(
        'language = "en\ntheme = "pink"\nagent = "nok"\n[keymap]\nfind = "i"\n= 3\nhelp = "j"\n', "utf-8"
    )
    settings = read_settings()
    assert [problem.line for problem in settings.problems] == [1, 2, 6]
    assert (settings.agent, dict(settings.keymap)) == ("nok", {"find": "i", "help": "j"})
    assert settings.unusable == {}


@pytest.mark.parametrize(
    "text",
    [
        'db = "postgresql://nok:secret@desk',
        "db = 3",
        '[keymap]\ndb = "x"',
        'x = """\ndb = "y"',
        "=\n" * 40 + "db = 1",
    ],
)
def test_a_desk_that_cannot_be_read_is_never_guessed(file: Path, text: str) -> None:
    """Another desk is no default: whoever means to name one must hear of it."""
    file.write_text(text, "utf-8")
    settings = read_settings()
    assert settings.db is None
    assert "db" in settings.unusable
    assert not [line for line in told(settings) if "secret" in line]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"agent = '\xff'", "text in UTF-8"), (b"#" * 70_000, "at most 64 kB"), (None, "a file that exists")],
)
def test_a_file_that_is_none(file: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        file.write_bytes(content)
    settings = read_settings()
    (only,) = told(settings)
    assert words in only
    assert set(settings.unusable) == {"db", "agent", "policies"}


def test_a_folder_in_place_of_the_file_is_told(file: Path) -> None:
    file.mkdir()
    assert "Is a directory" in told(read_settings())[0]


def test_the_environment_goes_before_the_file(file: Path) -> None:
    file.write_text('db = 3\nlanguage = "en"\ntheme = "dark"\nbell = false\nplain = true\n', "utf-8")
    said = {
        "DESKUI_CONFIG": str(file),
        "DESKUI_DB": "sqlite:///y",
        "DESKUI_LANG": "TH",
        "DESKUI_THEME": "light",
    }
    settings = read_settings({**said, "DESKUI_BELL": "ring, promise", "DESKUI_PLAIN": "0"})
    assert (settings.db, settings.language, settings.theme) == ("sqlite:///y", "th", "light")
    assert settings.bell == {"ring", "promise"}
    assert not settings.plain
    assert settings.unusable == {}
    assert settings.sources["db"] == "DESKUI_DB"
    bad = read_settings({"DESKUI_CONFIG": str(file), "DESKUI_THEME": "pink"})
    assert bad.theme == "dark"
    assert told(bad)[-1].startswith("DESKUI_THEME: found 'pink', expected \"dark\"")


def test_the_command_line_goes_before_both(
    empty: Run, file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whose desk it is: --db, then DESKUI_DB, then the file; so with --agent."""
    kept = os.environ["DESKUI_DB"]
    file.write_text("", "utf-8")
    assert empty("agent", "add", "nok", "Nok").code == 0
    assert empty("agent", "add", "art", "Art").code == 0
    monkeypatch.delenv("DESKUI_DB")
    file.write_text(f"db = '{kept}'\nagent = 'ghost'\n", "utf-8")
    assert [one["code"] for one in empty("agent", "list", "--agent", "nok", "--json").json] == ["art", "nok"]
    refused = empty("agent", "list")
    assert refused.code == 2
    assert "ghost" in refused.err
    monkeypatch.setenv("DESKUI_AGENT", "art")
    assert empty("agent", "list").code == 0
    elsewhere = f"sqlite:///{tmp_path / 'none.sqlite'}"
    assert empty("agent", "list", "--db", elsewhere).code != 0


def test_a_command_does_not_guess_the_desk(empty: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESKUI_DB")
    file.write_text("db = 3\n", "utf-8")
    refused = empty("agent", "list")
    assert refused.code == 2
    assert f"{file}:1: db: found 3, expected text in quotes" in refused.err


def test_the_language_of_the_file_is_that_of_the_commands(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text('language = "th"\n', "utf-8")
    assert "เรียบร้อย" in run(capsys, "config", "check")[1]
    assert "in order" in run(capsys, "--lang", "en", "config", "check")[1]
    file.write_text("", "utf-8")
    assert "in order" in run(capsys, "config", "check")[1]


def test_init_writes_a_file_in_which_all_is_as_it_comes(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = file.parent / "new" / "config.toml"
    monkeypatch.setenv("DESKUI_CONFIG", str(file))
    assert run(capsys, "config", "path") == (0, f"{file}\n", "")
    assert run(capsys, "config", "init")[0] == 0
    settings = read_settings()
    assert settings == Settings(path=file, keymap={}, sources={"keymap": str(file)})
    text = file.read_text("utf-8")
    code, _, err = run(capsys, "config", "init")
    assert (code, file.read_text("utf-8")) == (1, text)
    assert "stays as it is" in err
    assert run(capsys, "config", "check")[0] == 0
    # every line that is commented out is one that may be used, the language too
    file.write_text(
        "\n".join(line.removeprefix("# ") if "=" in line else line for line in text.split("\n")), "utf-8"
    )
    code, out, _ = run(capsys, "config", "check")
    assert (code, out) == (0, f"{file}: เรียบร้อย\n")


def test_init_where_nothing_can_be_written(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file.parent.joinpath("in-the-way").write_text("")
    monkeypatch.setenv("DESKUI_CONFIG", str(file.parent / "in-the-way" / "config.toml"))
    code, _, err = run(capsys, "config", "init")
    assert code == 2
    assert "cannot write" in err


def test_check_lists_settings_and_keys(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text('theme = "pink"\n[keymap]\nfind = "5"\n"ticket.clam" = "i"\n', "utf-8")
    code, out, _ = run(capsys, "config", "check")
    assert code == 2
    lines = out.replace(str(file), "FILE").splitlines()
    assert lines[0].startswith("FILE:1: theme")
    assert lines[1].startswith("FILE:3: keymap.find: found 5, expected another key: digits")
    assert lines[2].startswith(
        "FILE:4: keymap.ticket.clam: found i, expected a command that there is (perhaps ticket.claim"
    )
    assert '"line": 3' in run(capsys, "config", "check", "--json")[1]


def test_show_says_where_a_value_comes_from_and_no_password(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text('db = "postgresql://nok:secret@desk/x"\n[keymap]\nfind = "i"\n', "utf-8")
    code, out, _ = run(capsys, "config", "show")
    assert code == 0
    assert "postgresql://nok:***@desk/x" in out
    assert "find = i" in out
    assert str(file) in out
    assert "secret" not in out


def test_looks_are_those_that_the_help_names() -> None:
    assert {theme_name(name) for name in THEMES} < {theme.name for theme in all_themes()}


def test_completion_of_each_shell(capsys: pytest.CaptureFixture[str]) -> None:
    for shell in ("bash", "zsh", "fish"):
        code, out, _ = run(capsys, "completion", shell)
        assert code == 0
        assert "_DESKUI_COMPLETE" in out
    assert run(capsys, "completion", "sh")[0] == 2


def test_a_shell_completes_a_command() -> None:
    environ = {
        **os.environ,
        "_DESKUI_COMPLETE": "bash_complete",
        "COMP_WORDS": "deskui tick",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "deskui"], env=environ, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "plain,ticket"
