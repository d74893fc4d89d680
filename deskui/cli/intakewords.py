"""What is said of a table of customers that is not right, in both languages."""

from __future__ import annotations

from deskui.policy.decision import Text

ALREADY = Text("มีลูกค้ารหัสนี้อยู่แล้ว", "there is a customer of this code already")
EMPTY_HEADING = Text("หัวตารางไม่มีคอลัมน์นี้", "the heading lacks this column")
TWICE = Text("ระบุสองครั้ง ให้เหลือครั้งเดียว", "given twice: keep one")
NO_ROWS = Text("ไม่มีลูกค้าใต้หัวตาราง", "no customer below the heading")
NO_CONTACT = Text("มีคำตอบแต่ไม่มีผู้ติดต่อ", "found an answer, but no contact it is about")
NO_PRODUCT_FACT = Text(
    "ไม่ใช่ข้อมูลของสินค้า: มีคอลัมน์ของตัวเอง หรือเป็นข้อมูลของสายที่โทรเข้า",
    "this is no fact of a product: it has a column, or belongs to a call",
)
CODE = Text("รหัสลูกค้าที่ผู้ขายใช้", "the vendor's customer number")
NAME = Text("ชื่อลูกค้า", "the customer's name")
MACHINE = Text("เครื่องที่มีสัญญาดูแล", "the machine that is under maintenance")
TELEPHONE = Text("เบอร์โทรศัพท์", "a telephone number")


def nothing(expected: Text) -> Text:
    """An empty cell that must not be."""
    return Text(f"ไม่มีค่า ต้องเป็น{expected.th}", f"found nothing, expected {expected.en}")


def found(given: str, expected: Text) -> Text:
    """Something else than what belongs there."""
    return Text(f"พบ {given!r} ต้องเป็น{expected.th}", f"found {given!r}, expected {expected.en}")


def tax_id(digits: int) -> Text:
    """What belongs in the column tax_id."""
    return Text(f"เลขผู้เสียภาษี {digits} หลัก", f"the {digits} digits of a tax id")


def too_long(length: int, limit: int) -> Text:
    """More characters than the store keeps."""
    return Text(
        f"พบ {length} ตัวอักษร ต้องไม่เกิน {limit}", f"found {length} characters, expected at most {limit}"
    )


def backwards(end: object, first: str, start: object) -> Text:
    """A period whose end lies before its start, which is in the column `first`."""
    return Text(f"{end} มาก่อน {first} {start}", f"{end} lies before {first} {start}")


def differs(given: str, code: str, line: int, before: str) -> Text:
    """Another value than an earlier line has for the same customer."""
    return Text(
        f"พบ {given!r} ของ {code} แต่บรรทัด {line} เป็น {before!r}: เว้นว่างหรือทำให้ตรงกัน",
        f"found {given!r} for {code}, but line {line} says {before!r}: leave it empty or make them equal",
    )


def no_vendor(product: str) -> Text:
    """A product without a policy."""
    return nothing(Text(f"ผู้ขายของ {product!r}", f"the vendor of {product!r}"))


def no_product(policy: str) -> Text:
    """A policy without a product."""
    return nothing(Text(f"สินค้าที่ซื้อจาก {policy}", f"what was bought of {policy}"))


def about_a_product(column: str) -> Text:
    """A column about a product, on a line without one."""
    return Text(f"ไม่มีค่า แต่ {column} เป็นเรื่องของสินค้า", f"found nothing, but {column} is about a product")


def other_facts(product: str) -> Text:
    """Other facts than an earlier line has for the same product."""
    return Text(
        f"บรรทัดก่อนหน้าให้ข้อมูลอื่นของ {product!r}: เว้นว่างในบรรทัดนี้",
        f"{product!r} was given other facts in a line above: leave them empty here",
    )


def no_dates(column: str) -> Text:
    """Something about an agreement that has no dates."""
    return nothing(Text(f"วันที่ของสัญญาที่ {column} พูดถึง", f"the dates of the agreement of {column}"))


def not_utf8(byte: int) -> Text:
    """A file in another encoding."""
    return Text(
        f"ไบต์ {byte:#04x} ไม่ใช่ UTF-8: บันทึกไฟล์เป็น CSV UTF-8",
        f"byte {byte:#04x} is not UTF-8: save the file as CSV UTF-8",
    )


def empty_file(columns: str) -> Text:
    """Nothing at all in the file."""
    return Text(f"ไฟล์ว่างเปล่า: ต้องมีหัวตาราง {columns}", f"the file is empty: expected a heading {columns}")


def too_many_cells(cells: int, expected: int) -> Text:
    """A line that is longer than the heading."""
    return Text(
        f"พบ {cells} ช่อง ต้องมี {expected}: ใส่เครื่องหมายคำพูดรอบช่องที่มีจุลภาค",
        f"found {cells} cells, expected {expected}: put a cell with a comma in quotes",
    )


def no_csv(why: object) -> Text:
    """What the reader of CSV files stumbles over, in its own words."""
    return Text(f"ไม่ใช่ CSV: {why}", f"not CSV: {why}")


def no_column(columns: str, fact: str) -> Text:
    """A heading that nobody knows."""
    return Text(
        f"ไม่มีคอลัมน์นี้: ต้องเป็นอย่างหนึ่งใน {columns} หรือ {fact}NAME",
        f"no such column: expected one of {columns}, or {fact}NAME",
    )
