"""The user guide speaks of what is there: every control it names is on a screen, and every screen has its page."""

import re
from pathlib import Path

import pytest

from desktop.help.pages import folder, topic_there
from desktop.shell.places import existing

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path.name for path in folder().glob("*.md"))
NAMED = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")


@pytest.mark.parametrize("page", PAGES)
def test_what_the_guide_names_is_on_a_screen(page: str) -> None:
    screens = "\n".join(path.read_text("utf-8") for path in (ROOT / "desktop").rglob("*.py")).lower()
    named = NAMED.findall((folder() / page).read_text("utf-8"))
    assert [words for words in named if words.strip("… ").lower() not in screens and words != "*.keys"] == []


def test_every_screen_has_a_page_of_its_own() -> None:
    for place in existing():
        assert topic_there(place.key) == place.key


def test_the_index_leads_to_every_page_and_no_link_is_dead() -> None:
    linked = set(re.findall(r"\]\((\S+?\.md)\)", (folder() / "index.md").read_text("utf-8")))
    assert linked == set(PAGES) - {"index.md"}
    for page in PAGES:
        for target in re.findall(r"\]\((\S+?\.md)\)", (folder() / page).read_text("utf-8")):
            assert target in PAGES, f"{page} leads to {target}"
