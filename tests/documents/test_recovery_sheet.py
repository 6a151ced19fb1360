"""The recovery key on paper: one page, every letter of it, and nobody's name."""

import pytest

from models.documents.facts import RecoveryKey
from models.documents.recovery_sheet import recovery_sheet
from models.storage.recovery import from_words, to_words
from tests.documents.paper import FONTS, MADE, read

KEY = bytes(range(32))


def groups_on(page: str) -> list[str]:
    """What stands in the boxes: the line under each number from 1 on."""
    lines = page.splitlines()
    start = lines.index("1")
    numbered = zip(lines[start : start + 26 : 2], lines[start + 1 : start + 26 : 2], strict=True)
    found = [(number, group.replace(" ", "")) for number, group in numbered]
    assert [number for number, _ in found] == [str(number) for number in range(1, 14)]
    return [group for _, group in found]


def test_the_key_typed_off_the_page_is_the_key() -> None:
    made = read(recovery_sheet(RecoveryKey("Harbour Young Carers", to_words(KEY), MADE), FONTS))
    assert len(made) == 1
    assert groups_on(made[0]) == to_words(KEY).split("-")
    assert from_words(" ".join(groups_on(made[0]))) == KEY


def test_the_page_says_what_it_does_and_where_it_belongs() -> None:
    (page,) = read(recovery_sheet(RecoveryKey("Harbour Young Carers", to_words(KEY), MADE), FONTS))
    flat = " ".join(page.split())
    for words in (
        "Recovery key",
        "Harbour Young Carers",
        "3 Dec",
        "printed 3 Dec 2026",
        "its backups when the laptop is lost",
        "It does not open concerns",
        "I forgot my password",
        "sealed envelope",
        "Held by",
    ):
        assert words in flat


@pytest.mark.parametrize(
    "club", ["Ł" * 120, "The Very Long Named Charity for Young Carers of the Whole of the North " * 2]
)
def test_a_long_club_name_leaves_it_on_one_page(club: str) -> None:
    for server in ("", "postgresql://server.example.org/club"):
        assert len(read(recovery_sheet(RecoveryKey(club, to_words(KEY), MADE, server), FONTS))) == 1


def test_on_a_server_the_page_says_where_and_what_ends_it() -> None:
    server = "postgresql://database-for-young-carers.of-the-whole-of-the-borough.example.org:5432/harbour-young-carers"
    address = f"{server}?sslmode=verify-full&sslrootcert=%2Fetc%2Fbreather%2Fwhom-we-trust.pem"
    (page,) = read(recovery_sheet(RecoveryKey("Harbour Young Carers", to_words(KEY), MADE, address), FONTS))
    flat = " ".join(page.split())
    assert groups_on(page) == to_words(KEY).split("-")
    for words in ("opens the club on its server", "“Use a server”", "When another key is made this one ends"):
        assert words in flat
    assert address in "".join(page.split())
    assert "club file" not in flat


def test_the_file_properties_do_not_hold_the_key() -> None:
    data = recovery_sheet(RecoveryKey("Harbour", to_words(KEY), MADE), FONTS)
    assert to_words(KEY).encode() not in data
    assert to_words(KEY)[:5].encode() not in data
