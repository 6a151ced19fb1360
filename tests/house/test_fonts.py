"""The fonts that are shipped can write the names of the families who come."""

import pytest
from fontTools.ttLib import TTFont

from models.kernel.places import resources

FONTS = resources() / "fonts"
LATIN = "“O’Brien” – Nguyễn Thị Świątek Łukasz Yılmaz İğdır Şükrü Ünal £1,234.50 … · × ≥ → ½"


def missing(file: str, text: str) -> str:
    letters = TTFont(FONTS / file).getBestCmap()
    return "".join(letter for letter in text if letter != " " and ord(letter) not in letters)


@pytest.mark.parametrize("weight", ["Regular", "SemiBold", "Bold"])
def test_inter_writes_every_latin_name(weight: str) -> None:
    assert missing(f"Inter-{weight}.ttf", LATIN) == ""


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
@pytest.mark.parametrize(
    ("script", "name"), [("Arabic", "محمد عبدالله چوہدری"), ("Tamil", "தமிழ்ச்செல்வி"), ("Bengali", "রহমান শ্রীমতী")]
)
def test_noto_writes_the_others(script: str, name: str, weight: str) -> None:
    assert missing(f"NotoSans{script}-{weight}.ttf", name) == ""


def test_what_a_font_lacks_is_seen() -> None:
    assert missing("Inter-Regular.ttf", "aத") == "த"


def test_each_font_has_its_licence() -> None:
    for file in FONTS.glob("*.ttf"):
        family = "Inter" if file.name.startswith("Inter") else "Noto"
        assert "SIL OPEN FONT LICENSE" in (FONTS / f"OFL-{family}.txt").read_text("utf-8")
