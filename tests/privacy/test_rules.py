"""When an answer is due, what is proposed of a line, and how long things are kept."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.kernel.dates import months_later
from models.privacy.rules import Keep, Known, Proposal, answer_due, blanked, keep_until, named_in, propose
from models.privacy.traces import IN_ITS_PLACE, traces_of
from models.programme.calendar import bank_holidays

KNOWN = Known(frozenset({"Maryam", "Maryam Müller"}), "Leyla Müller", frozenset({"Omar Müller", "Leyla Müller"}))


@pytest.mark.parametrize(
    ("received", "due", "why"),
    [
        (date(2025, 9, 3), date(2025, 10, 3), "one calendar month"),
        (date(2026, 9, 3), date(2026, 10, 5), "3 October 2026 is a Saturday"),
        (date(2027, 1, 31), date(2027, 3, 1), "28 February 2027 is a Sunday"),
        (date(2025, 1, 31), date(2025, 2, 28), "no 31 February: the last of the month"),
        (date(2024, 1, 31), date(2024, 2, 29), "a leap year"),
        (date(2026, 11, 25), date(2026, 12, 29), "25 December, the weekend, and the substitute Boxing Day"),
        (date(2026, 3, 3), date(2026, 4, 7), "Good Friday to Easter Monday"),
    ],
)
def test_an_answer_is_due_in_a_month(received: date, due: date, why: str) -> None:
    assert answer_due(received, bank_holidays(received.year, received.year + 1)) == due, why


def test_a_complex_request_has_two_months_more() -> None:
    assert answer_due(date(2025, 9, 3), (), complex_request=True) == date(2025, 12, 3)
    assert answer_due(date(2025, 11, 30), (), complex_request=True) == date(2026, 3, 2)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_due_day_is_a_working_day_and_never_early(received: date) -> None:
    holidays = bank_holidays(received.year, received.year + 1)
    due = answer_due(received, holidays)
    assert due.weekday() < 5
    assert due not in holidays
    assert 0 <= (due - months_later(received, 1)).days <= 5


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Likes drawing", Proposal.GIVE),
        ("Maryam likes drawing", Proposal.GIVE),
        ("Leyla Müller rang", Proposal.GIVE),
        ("Collected by Omar Müller", Proposal.THIRD_PARTY),
        ("Social worker visits on Mondays", Proposal.SAFEGUARDING),
        ("Father was violent", Proposal.HARM),
        ("See the letter of the solicitor", Proposal.LEGAL),
        ("Mum has been very depressed", Proposal.CARED_FOR),
    ],
)
def test_what_is_proposed(text: str, what: Proposal) -> None:
    assert propose(text, KNOWN).what is what


def test_the_names_to_blank_out_are_found_whole() -> None:
    assert propose("Ask omar müller, not Omar Müllerson", KNOWN).words == ("Omar Müller",)
    assert named_in("Annabel", {"Anna"}) == ()


def test_a_name_is_found_with_whatever_apostrophe() -> None:
    known = Known(frozenset({"Shiv"}), "Leyla", frozenset({"Dáithí O’Brien"}), frozenset({"Dáithí", "O’Brien"}))
    for written in ("Dáithí O'Brien", "Dáithí O’Brien", "DÁITHÍ O‘BRIEN"):
        found = propose(f"{written} rang.", known)
        assert found.what is Proposal.THIRD_PARTY
        assert "Brien" not in blanked(f"{written} rang.", found.words).title()
    traces = traces_of(["Dáithí O’Brien"], ["Dáithí"], [])
    assert traces.taken_out("Ask Dáithí O'Brien.") == f"Ask {IN_ITS_PLACE}."


def test_part_of_the_childs_own_name_is_nobody_else() -> None:
    own = frozenset({"Maryam", "Smith-Nguyễn", "Maryam Smith-Nguyễn"})
    known = Known(own, "Leyla", frozenset({"Thị Nguyễn", "Maryam Nguyễn"}), frozenset({"Thị", "Nguyễn"}))
    assert propose("Smith-Nguyễn", known).what is Proposal.GIVE
    assert propose("Maryam Smith-Nguyễn came", known).what is Proposal.GIVE
    assert propose("Nguyễn came", known).words == ("Nguyễn",)
    assert propose("Maryam Nguyễn came", known).words == ("Maryam Nguyễn",), "another child, who begins like this one"


def test_blanking_out_leaves_no_length_and_no_word() -> None:
    assert blanked("Omar Müller came", ["Omar Müller"]) == "[blanked out] came"
    assert blanked("Omar Müller came", []) == "[blanked out]"


@pytest.mark.parametrize(
    ("kind", "start", "months", "until"),
    [
        (Keep.CHILD_FILE, date(2020, 2, 29), 72, date(2026, 2, 28)),
        (Keep.SAFEGUARDING_FILE, date(2019, 3, 14), 300, date(2044, 3, 14)),
        (Keep.CONSENTS, date(2023, 9, 1), 36, date(2026, 9, 1)),
    ],
)
def test_how_long_things_are_kept(kind: Keep, start: date, months: int, until: date) -> None:
    assert keep_until(kind, start, months) == until


def test_a_name_only_this_child_has_is_taken_out_everywhere() -> None:
    traces = traces_of(["Zephyrine Quill"], ["Zephyrine", "Zeph"], {"grace okoro"})
    assert traces.taken_out("ZEPHYRINE  Quill and Zeph sang") == f"{IN_ITS_PLACE} and {IN_ITS_PLACE} sang"
    assert traces.taken_out("Zephyrines") == "Zephyrines"


def test_a_name_somebody_else_has_or_that_is_a_word_is_only_looked_for() -> None:
    traces = traces_of(["May Okoro", "Grace Okoro"], ["May", "Grace", "Ada"], {"grace okoro", "ada lovelace"})
    text = "Grace Okoro and Ada met in May; May Okoro was late"
    assert traces.taken_out(text) == f"Grace Okoro and Ada met in May; {IN_ITS_PLACE} was late"
    assert traces.doubtful_in("Ada was late")
    assert traces.doubtful_in("Grace Okoro was late")
    assert not traces.doubtful_in("grace before meals")
