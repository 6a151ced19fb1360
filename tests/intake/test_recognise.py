"""Which kind a table is, and which column is which."""

import pytest

from models.intake.recognise import recognise, remap
from models.intake.rows import read_rows
from models.kernel.errors import BadInput
from tests.intake.helpers import csv_bytes, one_table, sample_grid

KINDS = {
    "young-carers.csv": "young carers", "team.csv": "team", "venues.csv": "venues", "minibuses.csv": "minibuses",
    "activities.csv": "activities", "register.csv": "register", "terms-2026-27.csv": "terms",
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_known_by_its_headings_alone(name: str) -> None:
    found = recognise(one_table(csv_bytes(sample_grid(name)[:1]), name))
    assert (found.kind.name, found.confidence, found.unmapped, found.guessed) == (KINDS[name], 1.0, (), frozenset())


@pytest.mark.parametrize("name", KINDS)
def test_capitals_and_punctuation_do_not_matter(name: str) -> None:
    header, *rest = sample_grid(name)
    grid = [[f" {cell.upper()}: " if not cell[:1].isdigit() else cell for cell in header], *rest]
    assert recognise(one_table(csv_bytes(grid), name)).kind.name == KINDS[name]


def test_synonyms_slips_and_content_are_understood_and_guesses_are_marked() -> None:
    header = ["Reference", "Forename", "Last name", "Date of birth", "Tel", "Tel", "Dietry needs", "Where", "Shoe size"]
    rows = [["IYC9", "Ada", "Obi", "01/02/2019", "07700 900123", "020 7946 0123", "Halal", "SE13 4HU", "30"]] * 2
    table = one_table(csv_bytes([header, *rows]))
    found = recognise(table)
    assert list(found.mapping.values()) == [
        "child_ref", "first_name", "surname", "dob", "tel_1", "tel_2", "diet", "postcode",
    ]  # fmt: skip
    assert found.guessed == {6, 7}
    assert found.unmapped == (8,)


def test_headings_that_only_look_alike_stay_apart() -> None:
    table = one_table(csv_bytes([["Ref", "First name", "Surname", "DOB", "Tel 3", "Surgery name", "Home visits by"]]))
    assert set(recognise(table).mapping.values()) == {"child_ref", "first_name", "surname", "dob"}


def test_content_alone_never_makes_a_kind() -> None:
    table = one_table(csv_bytes([["Shop", "Where", "When"], ["A", "SE1 1AA", "01/02/2026"], ["B", "SE1 1AB", ""]]))
    with pytest.raises(BadInput, match="no column Breather knows"):
        recognise(table)


def test_a_mapping_can_be_corrected_by_hand() -> None:
    header = ["Ref", "First name", "Surname", "Born in", "Birth"]
    table = one_table(csv_bytes([header, ["IYC9", "Ada", "Obi", "London", "01/02/2019"]]))
    found = recognise(table)
    assert found.missing == ("DOB",)
    corrected = remap(table, found, {**found.mapping, 4: "dob"})
    assert (corrected.missing, corrected.unmapped) == ((), (3,))
    assert len(read_rows(table, corrected).rows) == 1


@pytest.mark.parametrize(
    ("mapping", "said"),
    [({0: "shoe_size"}, "has no column"), ({0: "dob", 3: "dob"}, "both set to DOB"), ({9: "dob"}, "has 4 columns")],
)
def test_a_wrong_correction_is_refused(mapping: dict[int, str], said: str) -> None:
    table = one_table(csv_bytes([["Ref", "First name", "Surname", "DOB"]]))
    with pytest.raises(BadInput, match=said):
        remap(table, recognise(table), mapping)
