"""Blank forms and cards for the trip pack: accident, medicine given, missing child, breakdown."""

from collections.abc import Sequence

from models.documents.blocks import fact, numbered, para, question, sign_row, title
from models.documents.facts import Adult, TripPack
from models.documents.fonts import FontBook
from models.documents.ops import Block, gap
from models.documents.sheet import Sheet
from models.documents.table import Column, table
from models.documents.wording import person

_DOSES = (
    Column("Due", 18),
    Column("Given at", 20),
    Column("How much", 24),
    Column("Given by", 36),
    Column("Seen by", 36),
    Column("Refused, or any reaction", 40),
)
_SEARCH_MINUTES = 10
"""House policy: clubs ring the police between 5 and 20 minutes; ten is the usual figure."""


def accident(sheet: Sheet) -> None:
    """One child a form; the family is told the same day."""
    fonts = sheet.fonts
    sheet.new_page()
    sheet.add(title(fonts, "Accident or incident"))
    sheet.add(para(fonts, "One child a form. Write what you saw, not what you think. Do not name another child."))
    sheet.add(*_blanks(fonts, ("Child’s full name", "Date and time", "Place"), 10))
    sheet.add(fact(fonts, "What happened", "", room=30), fact(fonts, "Injury, and where", "", room=18))
    sheet.add(fact(fonts, "What we did, and who", "", room=18), *_blanks(fonts, ("Who else saw it",), 10))
    sheet.add(gap(2), question(fonts, "Was there a bump to the head? If yes, ring the family at once."))
    sheet.add(question(fonts, "Did the child go to a doctor or hospital? If yes, tell the manager today."))
    sheet.keep(
        sign_row(fonts, [("Family told by", 3), ("Time", 1)]),
        sign_row(fonts, [("Written by", 3), ("Signature", 3), ("Date and time", 2)]),
        sign_row(fonts, [("Parent or carer’s signature", 3), ("Date", 1)]),
    )


def medicine_given(sheet: Sheet) -> None:
    """One medicine a form; only with the family's written permission for that medicine."""
    fonts = sheet.fonts
    sheet.new_page()
    sheet.add(title(fonts, "Medicine given"))
    sheet.add(
        para(
            fonts,
            "One child and one medicine a form, in its own container. Check the name, the dose and the time.",
        )
    )
    labels = ("Child’s full name", "Medicine and strength", "Dose and how", "When, and most in a day", "Runs out on")
    sheet.add(*_blanks(fonts, (*labels, "Where it is kept", "Last given at home"), 10))
    sheet.add(gap(2), question(fonts, "Have we the family’s written permission for this medicine?"))
    sheet.space(3)
    sheet.table(table(fonts, _DOSES, [("",) * len(_DOSES)] * 5, row_height=11))
    sheet.keep(
        gap(3),
        sign_row(fonts, [("Family told by", 3), ("Time", 1)]),
        sign_row(fonts, [("Parent or carer’s signature", 3), ("Date", 1)]),
    )


def missing_child(sheet: Sheet, pack: TripPack) -> None:
    """The card for a child who cannot be found, where the sheet stands."""
    steps = (
        "Stop. Tell every adult. Note the time, and where and when the child was last seen.",
        "Keep the other children together with two adults, and call every name.",
        "Everyone else looks: toilets, exits, water, the last place, the meeting point. Tell the staff of the place.",
        f"Not found after {_SEARCH_MINUTES} minutes: ring 999. Sooner if there is water or traffic.",
        "Ring the family yourself, then the contact at base and the safeguarding lead.",
        "Write down every time and every call. Say nothing to the press or online.",
    )
    sheet.space(4)
    _card(sheet, "A child is missing", steps, _numbers(pack))


def breakdown(sheet: Sheet, pack: TripPack) -> None:
    """The card for a bus that cannot go on; where the sheet stands."""
    steps = (
        "The driver stops in a safe place with the hazard lights on. An adult who is not driving makes the calls.",
        "In danger, or on a motorway: ring 999, get out on the side away from the traffic and stand well back.",
        "Children stay with their own adult. Call every name before and after moving.",
        "Ring the breakdown number (on the vehicle’s card) and say: children on board.",
        "Ring the contact at base, who rings the families.",
        "Call every name again before anybody drives on.",
    )
    sheet.space(4)
    _card(sheet, "The bus has broken down", steps, _numbers(pack))


def emergency_words(pack: TripPack) -> str:
    """What to say to 999, and where."""
    return (
        f"Ring 999. Say who you are ({pack.club.name}), where you are ({pack.activity.venue}), what has happened "
        "and how many "
        "are hurt. Then ring the family, and the contact at base."
    )


def _card(sheet: Sheet, name: str, steps: Sequence[str], numbers: str) -> None:
    blocks: list[Block] = [title(sheet.fonts, name), numbered(sheet.fonts, steps)]
    if numbers:
        blocks.append(para(sheet.fonts, numbers))
    sheet.keep(*blocks)


def _numbers(pack: TripPack) -> str:
    known: tuple[tuple[str, Adult | None], ...] = (("Base", pack.base), ("Safeguarding lead", pack.safeguarding_lead))
    return "\n".join(f"{label}: {person(adult)}" for label, adult in known if adult)


def _blanks(fonts: FontBook, labels: Sequence[str], room: float) -> list[Block]:
    return [fact(fonts, label, "", room=room) for label in labels]
