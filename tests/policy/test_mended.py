"""A text that is no TOML is read on: each slip is told as it stands, with what was meant in its place."""

from __future__ import annotations

import tomllib

import pytest

from deskui.paths import data_dir
from deskui.policy.common import common
from deskui.policy.slips import Mended, mended
from tests.policy.slips import changed, problems

STARTER = (data_dir() / "starter" / "starter.toml").read_text("utf-8")
LAST_AMOUNT = '{ each = 500, per = "machines" } },\n]'
FREE = 'then = "free" },'
HELP = '  { rule = "ST-05", then = "unknown", hint = { likely = "charge", ask = "supervisor" } },\n]'


def after(old: str, new: str) -> Mended:
    """What is read of the starter with that one change; its lines are where they were."""
    assert old in STARTER
    text = STARTER.replace(old, new, 1)
    read = mended(text)
    assert read.text.count("\n") == text.count("\n")
    return read


@pytest.mark.parametrize(
    ("old", "new", "found", "expected"),
    [
        # figures
        (LAST_AMOUNT, "1,400 },\n]", "1,400", "1400: the digits 0–9, without commas"),
        (LAST_AMOUNT, "๔๐๐ },\n]", "๔๐๐", "400: the digits"),
        (LAST_AMOUNT, "400 baht },\n]", "400 baht", "400: the number alone"),
        (LAST_AMOUNT, "฿400 },\n]", "฿400", "400: the number alone"),
        (LAST_AMOUNT, "๑,๔๐๐.- บาท },\n]", "๑,๔๐๐.- บาท", "1400: the number alone"),
        ("quota = 3,", "quota = 3 ครั้ง,", "3 ครั้ง", "3: the number alone"),
        ("quota = 3,", "quota = 03,", "03", "3: the digits"),
        # days and hours
        ("#closed = [2026-12-30]", "closed = [31/12/2026]", "31/12/2026", "2026-12-31: year-month-day"),
        ("#closed = [2026-12-30]", "closed = [31-12-2569]", "31-12-2569", "2026-12-31: year-month-day"),
        ("#closed = [2026-12-30]", "closed = [12/31/2026]", "12/31/2026", "2026-12-31: year-month-day"),
        ("#closed = [2026-12-30]", "closed = [๓๑ ธ.ค. ๒๕๖๙]", "๓๑ ธ.ค. ๒๕๖๙", "2026-12-31"),
        ("#closed = [2026-12-30]", "closed = [2026-6-5]", "2026-6-5", "2026-06-05"),
        ("#closed = [2026-12-30]", "closed = [2026-02-30]", "2026-02-30", "a day of the calendar"),
        ("#closed = [2026-12-30]", "closed = [2026-12-32]", "2026-12-32", "a day of the calendar"),
        ("#closed = [2026-12-30]", "closed = [31/12/69]", "31/12/69", "all four digits"),
        ('sat = ["09:00-12:00"]', "sat = 9.00-12.00 น.", "9.00-12.00 น.", '"09:00-12:00"'),
        # texts and words
        ('version = "1"', "version = “1”", "“1”, whose quotation marks", '"1"'),
        ('version = "1"', 'version = "1”', "the text 1, whose quotation mark", '"1"'),
        ('version = "1"', 'version = 1"', '1", with one of its two', '"1"'),
        ("th = \"ซ่อมฐานข้อมูล\"", "th = ‘ซ่อมฐานข้อมูล’", "straight ones", '"ซ่อมฐานข้อมูล"'),
        ("th = \"ซ่อมฐานข้อมูล\"", "th = ซ่อมฐานข้อมูล", "without quotation marks", '"ซ่อมฐานข้อมูล"'),
        (FREE, "then = free },", "free without quotation marks", '"free"'),
        ("purchasable = true", "purchasable = True", "True", "true"),
        ("purchasable = true", "purchasable = ใช่", "ใช่", "true"),
        ('rule = "ST-08", then', 'rule = "ST-08, then', "the text ST-08, whose", '"ST-08"'),
        ('rule = "ST-08", then', 'rule = ST-08", then', 'ST-08", with one', '"ST-08"'),
        ('"ไม่รวมการซ่อมฐานข้อมูล"', '"ไม่รวม "การซ่อม" ฐานข้อมูล"', 'a " inside the text', "“ ”"),
        ('version = "1"', 'version = "C:\\x"', "a \\ in a text", "\\\\ for one"),
        # commas and brackets
        ('rule = "ST-08", then', 'rule = "ST-08" then', '"ST-08" and then then, without', '"ST-08",'),
        (FREE, 'then = "free" }', "without a comma", "},"),
        ('{ each = 500, per = "machines" }, flags', '{ each = 500 per = "machines" }, flags',
         "500 and then per, without a comma", "500,"),
        (FREE, 'then = "free", },', "a comma before }", "without a comma before it"),
        (FREE, 'then = "free" },,', "a comma with nothing before it", "one comma"),
        (FREE, 'then = "free",', "{ … } that is not closed", "a } at the end of line 100"),
        (FREE, 'then = "free",\n  flags = [] },', "{ … } over several lines", "in one line"),
        (HELP, HELP[:-2], "[ … ] that is not closed", "a ] at the end of line 101"),
        ('days = ["sat"]', 'days = ("sat")', '("sat")', '["sat"]'),
        ('days = ["sat"]', 'days = "sat", "sun"', "without brackets", '["sat", "sun"]'),
        ('rows = [\n  { rule = "ST-08"', 'rows = {\n  { rule = "ST-08"', "a { before a list", "a [ before"),
        ('rows = [\n  { rule = "ST-08"', 'rows =\n  { rule = "ST-08"', "nothing behind its =", "a [ before"),
        ('{ each = 500, per = "machines" }, flags', '[each = 500, per = "machines"], flags',
         '[each = 500, per = "machines"]', '{each = 500'),
        # keys, heads and comments
        ('version = "1"', 'version: "1"', 'version: "1"', 'version = "1"'),
        ('version = "1"', 'version "1"', 'version "1"', 'version = "1"'),
        ('version = "1"', 'version = "1" // page 2', "//", "# before a comment"),
        ('version = "1"', 'version = "1" (page 2)', "(page 2) behind the value", "one key = value a line"),
        ('version = "1"', 'version =\u00a0"1"', "cannot be seen (U+00A0)", "type the line anew"),
        ('version = "1"', 'version = "1"\nversion = "2"', "the key version a second time", "each key once"),
        ("[service.onsite]", "[service.onsite", "[service.onsite", "[service.onsite]"),
        ("[service.onsite]", "[service.on site]", "[service.on site]", "[service.on-site]"),
        ("[service.onsite]", "[service.onsite] visits", "visits behind a [table]", "# before a comment"),
        ("[service.data-repair]", "[service.onsite]", "the first is in line 113", "each [table]"),
    ],
)  # fmt: skip
def test_a_slip_is_told_as_it_stands_with_what_was_meant(
    old: str, new: str, found: str, expected: str
) -> None:
    read = after(old, new)
    (slip,) = read.slips
    assert (found in str(slip.found), expected in str(slip.expected)) == (True, True), (
        slip.found,
        slip.expected,
    )
    line = STARTER[: STARTER.index(old)].count("\n") + 1
    assert line - 2 <= slip.line <= line + 1
    # mended, it has all that the whole file has
    assert read.whole
    assert read.document is not None
    assert set(tomllib.loads(STARTER)) == set(read.document)


def test_slips_of_many_kinds_are_told_at_once_and_what_else_is_wrong_with_them() -> None:
    found = problems(
        changed(
            ('version = "1"', "version = “1”"),
            ('["09:00-17:00"]', "[9.00-17.00]"),
            ('kind = "count"', 'knd = "count"'),
            ("{ count = { above = 3 } }, then", "{ count = { above = ๓ } } then"),
            ("amount = 100", "amount = 1,400 บาท"),
            ('reason = "excluded"', 'reason = "exclude"'),
        )
    )
    lines = [line for line, *_ in found]
    assert lines == sorted(lines)
    told = {(line, expected) for line, _, _, expected in found if line in (3, 9, 25)}
    assert told == {
        (3, '"1"'),
        (9, '"09:00-17:00"'),
        (25, "3: the digits 0–9, without commas"),
        (25, "a comma between the parts: },"),
        (25, "1400: the number alone, without a unit"),
    }
    keys = {key for _, key, _, _ in found if key != "file"}
    assert keys == {"question.count.kind", "question.count.knd", "service.work.rows[2].reason"}


def test_what_nobody_can_mend_hides_no_other_slip() -> None:
    text = STARTER.replace('th = "โทรศัพท์"', 'th == = "โทรศัพท์"', 1).replace(FREE, "then = “free” },", 1)
    read = mended(text.replace("quota = 3,", "quota = <3>,", 1))
    assert not read.whole
    assert {slip.line for slip in read.slips} >= {100, 109}


def test_each_message_has_its_words_in_both_languages() -> None:
    """Every slip above is put into words; here, that none of those words is the other language's."""
    for key in ("curly_quotes", "no_comma", "close_list", "write_date", "unseen_named", "saved_in"):
        text = common().problems[key]
        assert text.th != text.en
