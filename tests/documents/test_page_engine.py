"""The engine under the documents: lines break inside their width, scripts find their fonts, blocks stay together."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.blocks import para, sign_row, tick
from models.documents.fonts import LATIN, MISSING, FontBook, clean
from models.documents.ops import MARGIN, RIGHT, TICK, WIDTH, Block, Box, Line, Text, cut, stack
from models.documents.pdf import Pdf
from models.documents.sheet import BOTTOM, Sheet
from models.documents.table import Column, Mark, table
from tests.documents import paper

BOOK = FontBook(Pdf(), paper.FONTS)


def sheet() -> Sheet:
    return Sheet(BOOK, "Club", "Niamh O’Brien", "label")


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.text(st.sampled_from("abcWi -’\u00a0éŚمحد சிவ তান□張")), st.floats(12, 170))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, width: float) -> None:
    lines = BOOK.wrap(text, width, 10.5)
    for line in lines:
        # Marks and joins can change a shaped word's width where a long word had to be cut.
        assert len(line) < 2 or BOOK.width(line, 10.5) <= width * 1.02
    assert "".join("".join(lines).split()) == "".join(clean(text).split())


def test_new_lines_are_kept_and_an_empty_text_is_one_empty_line() -> None:
    assert BOOK.wrap("a\nb\r\nc", 100, 10) == ("a", "b", "c")
    assert BOOK.wrap("", 100, 10) == ("",)


def test_a_phone_number_is_never_parted() -> None:
    assert BOOK.wrap("ring 07700\u00a0900856", 30, 10.5) == ("ring", "07700 900856")


def test_a_long_double_name_breaks_after_its_hyphen() -> None:
    assert BOOK.wrap("Fotheringay-Featherstonehaugh", 40, 10.5) == ("Fotheringay-", "Featherstonehaugh")


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Niamh", [LATIN]),
        ("Ewa (محمد علي) x", [LATIN, "arabic", LATIN]),
        ("சிவகுமார் லீலா 07700", ["tamil", LATIN]),
        ("তানিয়া রহমান", ["bengali"]),
    ],
)
def test_each_script_has_its_font(text: str, families: list[str]) -> None:
    runs = BOOK.runs(text)
    assert [run.family for run in runs] == families
    assert "".join(run.text for run in runs) == text
    assert all(run.shaped == (run.family != LATIN) for run in runs)


@pytest.mark.parametrize(("family", "text"), [("arabic", "محمد"), ("tamil", "கொடி"), ("bengali", "ক্ষমা")])
def test_letters_are_joined_and_none_is_the_empty_box(family: str, text: str) -> None:
    """Joined letters are other glyphs than the same letters alone."""
    font: Any = BOOK.font(family, False)
    infos, _ = font.perform_harfbuzz_shaping(text, 10, {"features": {}})
    alone = [font.glyph_ids[ord(letter)] for letter in text]
    assert [info.codepoint for info in infos] != alone
    assert all(info.codepoint != 0 for info in infos)


def test_arabic_runs_from_right_to_left() -> None:
    font: Any = BOOK.font("arabic", False)
    infos, _ = font.perform_harfbuzz_shaping("محمد", 10, {"features": {}})
    assert [info.cluster for info in infos] == [3, 2, 1, 0]


def test_accents_typed_apart_are_put_together() -> None:
    assert clean("Nguye\u0302\u0303n") == "Nguyễn"
    assert MISSING not in "".join(run.text for run in BOOK.runs("Nguyễn Świątek Yılmaz O’Brien"))


def test_a_missing_letter_is_remembered_and_shown() -> None:
    book = FontBook(Pdf(), paper.FONTS)
    assert book.runs("張 x")[0].text == f"{MISSING} x"
    assert book.missing == {"張"}
    book.close()


def test_kept_blocks_share_a_page() -> None:
    one = sheet()
    one.add(Block(150))
    one.keep(Block(60), Block(60))
    assert [len(page) for page in one.pages] == [2, 2]
    assert one.pages[1][-1].block.height == 120


def test_a_new_page_with_nothing_on_it_is_not_made() -> None:
    one = sheet()
    one.add(Block(10))
    one.new_page()
    one.new_page()
    assert len(one.pages) == 1


def test_a_block_taller_than_a_page_is_cut_and_keeps_every_line() -> None:
    tall = stack(para(BOOK, f"line {number}") for number in range(100))
    one = sheet()
    one.add(tall)
    assert len(one.pages) > 1
    words = [
        (op.text, placed.y + op.y)
        for page in one.pages
        for placed in page
        for op in placed.block.ops
        if isinstance(op, Text)
    ]
    assert [text for text, _ in words if text.startswith("line")] == [f"line {number}" for number in range(100)]
    assert max(y for _, y in words) <= BOTTOM + 1


def test_cut_shortens_boxes() -> None:
    parts = cut(Block(500, (Box(18, 0, 100, 500), Text(20, 4, "a"), Text(20, 480, "b"))), 200)
    assert len(parts) == 2
    assert all(op.height <= 200 for part in parts for op in part.ops if isinstance(op, Box))


def test_a_tables_head_is_on_every_page() -> None:
    one = sheet()
    laid = table(BOOK, (Column("Name", 1), Column("Here", 1)), [("x", Mark.TICK)] * 80, row_height=9)
    one.table(laid)
    assert len(one.pages) > 2
    for page in one.pages:
        first = page[1].block  # page[0] is the page's own header
        assert first.ops[: len(laid.head.ops)] == laid.head.ops


def test_a_short_table_is_never_parted() -> None:
    one = sheet()
    one.add(Block(200))
    one.table(table(BOOK, (Column("Name", 1),), [("x",)] * 5, row_height=9))
    assert len(one.pages) == 2
    assert len(one.pages[0]) == 2


def test_tables_fill_the_width_and_no_more() -> None:
    laid = table(BOOK, (Column("A", 3), Column("B", 1, number=True)), [("x", "1,199")])
    boxes = [op for op in laid.rows[0].ops if isinstance(op, Box)]
    assert boxes[0].x == MARGIN
    assert boxes[0].width == pytest.approx(WIDTH)
    figure = next(op for op in laid.rows[0].ops if isinstance(op, Text) and op.text == "1,199")
    assert figure.x + BOOK.width("1,199", figure.size) == pytest.approx(RIGHT - 1.6)


def test_tick_boxes_are_five_millimetres_and_signing_lines_nine_high() -> None:
    box = tick(BOOK, 20, "Yes")[0]
    assert isinstance(box, Box)
    assert (box.width, box.height) == (TICK, TICK) == (5.0, 5.0)
    assert [op.y1 for op in sign_row(BOOK, [("Name", 1), ("Date", 1)]).ops if isinstance(op, Line)] == [9.0, 9.0]
