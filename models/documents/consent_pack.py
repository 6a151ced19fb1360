"""The consent pack: for each child a prefilled form to check and sign, and a page for the family to keep."""

from collections.abc import Callable, Iterator
from pathlib import Path

from models.documents.blocks import acknowledge, bullets, facts, heading, note, para, question, sign_row, title
from models.documents.facts import Activity, Club, ConsentChild, ConsentPack, ConsentSheet
from models.documents.fonts import FontBook
from models.documents.ops import SMALL, Block, gap
from models.documents.press import Press
from models.documents.sheet import Sheet
from models.documents.wording import medicine_line, people, printed
from models.kernel.dates import clock_text, long, numeric
from models.kernel.words import listed


def consent_pack(
    pack: ConsentPack, fonts: Path | None = None, step: Callable[[int, int], object] | None = None
) -> bytes:
    """The PDF, children in the order given; no sheets give a PDF without pages. Raises BadInput for a bad logo.

    `step(done, total)` is called before each child; whatever it raises stops the work.
    """
    press = Press("Consent forms", pack.club.name, pack.made, fonts)
    return press.output(_each(press, pack, step))


def _each(press: Press, pack: ConsentPack, step: Callable[[int, int], object] | None) -> Iterator[Sheet]:
    for done, sheet in enumerate(pack.sheets):
        if step is not None:
            step(done, len(pack.sheets))
        yield _forms(press, pack, sheet)


def _forms(press: Press, pack: ConsentPack, asked: ConsentSheet) -> Sheet:
    child, activity = asked.child, asked.activity
    kind = "Trip consent and safeguarding form" if activity.is_trip else "Safeguarding form"
    label = f"{kind} · {activity.title} · {printed(pack.made)}"
    sheet = press.sheet(pack.club.name, child.full_name, label, pack.club.logo)
    _letter(sheet, pack.club, asked)
    sheet.section("What we hold about " + child.first, _record(sheet.fonts, child))
    sheet.section("Your answers: please tick Yes or No", list(_questions(sheet.fonts, child, activity)))
    sheet.section("Keeping children safe", _safeguarding(sheet.fonts, child))
    _signature(sheet, child)
    _keep(sheet, pack.club, asked)
    return sheet


def _letter(sheet: Sheet, club: Club, asked: ConsentSheet) -> None:
    fonts, child, activity = sheet.fonts, asked.child, asked.activity
    sheet.add(title(fonts, f"{activity.title}: please check and sign"))
    for words in _opening(child, activity, asked, club):
        sheet.text(words)
        sheet.space(1.8)
    sheet.section("The day out" if activity.is_trip else "The club day", _day(fonts, activity))


def _opening(child: ConsentChild, activity: Activity, asked: ConsentSheet, club: Club) -> Iterator[str]:
    names = listed([carer.name for carer in child.carers])
    yield f"Dear {names or 'parent or carer'},"
    kind = "our day out" if activity.is_trip else "our club"
    if asked.booked:
        yield (
            f"We are looking forward to seeing {child.first} at {kind} on {long(activity.day)}: time to play, make "
            "friends and have a break."
        )
    else:
        yield (
            f"We would like {child.first} to be able to come to our clubs and days out: time to play, make friends and "
            "have a break. The next one is below. We ask now, so that everything is ready when there is a place."
        )
    when = f" by {long(asked.return_by)}" if asked.return_by else ""
    help_with = (
        "If you would like to talk anything over, or would like this in another language or in bigger print, ring"
    )
    ring = f" {help_with} {club.phone}." if club.phone else ""
    yield (
        f"Please check what we have written down about {child.first}. If something is wrong or missing, cross it "
        "out and write "
        f"the right answer beside it. Then answer the questions, sign, and send these pages back to us{when}. "
        f"The last page is yours to keep.{ring}"
    )


def _day(fonts: FontBook, activity: Activity) -> list[Block]:
    return facts(fonts, [pair for pair in _day_pairs(activity) if pair[1]])


def _day_pairs(activity: Activity) -> Iterator[tuple[str, str]]:
    yield "When", f"{long(activity.day)}, {clock_text(activity.start)} to {clock_text(activity.end)}"
    yield "Where", activity.venue
    meet = f" at {clock_text(activity.meet_at)}" if activity.meet_at else ""
    yield "Where to meet", f"{activity.meet_where}{meet}" if activity.meet_where else ""
    yield "Back at", clock_text(activity.back_at) if activity.back_at else ""
    yield "How we travel", "By minibus, each child in a seat with a belt" if activity.minibus else ""
    yield "Please bring", activity.bring


def _record(fonts: FontBook, child: ConsentChild) -> list[Block]:
    pairs = [
        ("Legal name", child.full_name),
        ("Date of birth", numeric(child.born)),
        ("Home address", "\n".join(child.home)),
        ("Parents or carers", people(child.carers)),
        ("If we cannot reach you", people(child.emergency)),
        ("Who may collect", people(child.collectors)),
        ("Allergies", "\n".join(child.allergies)),
        ("Medical needs", child.medical),
        ("Medicines", "\n".join(medicine_line(medicine) for medicine in child.medicines)),
        ("Food", child.diet),
        ("Doctor (GP)", child.gp),
        ("School", child.school),
        ("Height and car seat", _height(child)),
    ]
    return facts(
        fonts,
        [(label if value or label not in _MAY_BE_NONE else f"{label} (or “none”)", value) for label, value in pairs],
    )


_MAY_BE_NONE = frozenset({"Allergies", "Medical needs", "Medicines", "Food"})


def _height(child: ConsentChild) -> str:
    tall = f"{child.height_cm} cm" if child.height_cm else ""
    seat = "" if child.booster is None else "uses a booster seat" if child.booster else "does not need a booster seat"
    return ", ".join(part for part in (tall, seat) if part)


def _questions(fonts: FontBook, child: ConsentChild, activity: Activity) -> Iterator[Block]:
    name, known = child.first, child.answers
    if activity.is_trip:
        travel = " This includes travelling in the minibus." if activity.minibus else ""
        yield question(fonts, f"{name} may come on this trip.{travel}")
    yield question(
        fonts,
        f"If {name} is hurt or ill, a trained first-aider may help. In an emergency we call 999 and ring you at once; "
        "doctors decide what treatment is needed.",
        ours=_ours(known.first_aid),
    )
    yield question(
        fonts,
        f"You may take photos of {name} for our own displays. We never put a full name with a photo, and we ask "
        "you again "
        "before using one anywhere else.",
        ours=_ours(known.photos),
    )
    yield question(
        fonts, f"You may help {name} put on sun cream. We use the bottle you send.", ours=_ours(known.sun_cream)
    )
    yield question(fonts, f"You may use plasters and wipes on {name}.", ours=_ours(known.plasters))


def _ours(answer: bool | None) -> str:
    return "" if answer is None else f"Our record says: {'Yes' if answer else 'No'}"


def _safeguarding(fonts: FontBook, child: ConsentChild) -> list[Block]:
    return [
        para(
            fonts,
            f"Everyone who works with us is checked and trained. If we are ever worried that {child.first} is not "
            "safe, we "
            "must tell the people whose job it is to help, such as children’s services. We will talk to you "
            "first, unless "
            "that could put a child at risk. We do not need to ask permission to keep a child safe.",
        ),
        acknowledge(fonts, "I have read this and I understand it."),
    ]


def _signature(sheet: Sheet, child: ConsentChild) -> None:
    fonts = sheet.fonts
    sheet.keep(
        heading(fonts, "Your signature"),
        para(
            fonts,
            "Please read the page to keep before you sign: it says how we look after what you tell us.\n"
            "I have checked these pages and corrected anything that was wrong.",
        ),
        question(fonts, f"Do you have parental responsibility for {child.first}?", rule=False),
        para(fonts, _RESPONSIBILITY, size=SMALL),
        sign_row(fonts, [("Your name in capitals", 3), ("How you are related to the child", 2)]),
        sign_row(fonts, [("Signature", 3), ("Date", 2)]),
    )


_RESPONSIBILITY = (
    "This means the right in law to decide for a child. Mothers have it. Fathers have it if they are married to "
    "the mother or, "
    "since December 2003, are on the birth certificate. Others may have it from a court or by a legal agreement. "
    "If you are not "
    "sure, tick No and ring us."
)


def _keep(sheet: Sheet, club: Club, asked: ConsentSheet) -> None:
    fonts, activity, child = sheet.fonts, asked.activity, asked.child
    sheet.new_page()
    sheet.add(title(fonts, "A copy for you to keep"))
    sheet.add(
        para(
            fonts,
            f"For the family of {child.full_name}, about {activity.title}. Keep this page when you send the "
            "others back.",
        )
    )
    sheet.section("The day out" if activity.is_trip else "The club day", _day(fonts, activity))
    sheet.keep(gap(4), _reach(fonts, club))
    sheet.section("What you agreed to", [para(fonts, words) for words in _agreed(activity)])
    sheet.section("How we look after what you tell us", [bullets(fonts, _privacy(child, club))])
    sheet.section("If you are not happy", [para(fonts, _complain(club))])


def _reach(fonts: FontBook, club: Club) -> Block:
    ways = " or ".join(
        part for part in (f"ring {club.phone}" if club.phone else "", f"write to {club.email}") if part.strip()
    )
    words = (
        f"To change anything, tell us your child is not coming, or ask a question: {ways}."
        if club.email or club.phone
        else ""
    )
    return note(fonts, words, bold_first=club.name)


def _agreed(activity: Activity) -> Iterator[str]:
    trip = "the trip" + (", travelling in the minibus" if activity.minibus else "") + "; " if activity.is_trip else ""
    yield (
        f"On the form we asked you about: {trip}first aid and help in an emergency; photos; sun cream; plasters; "
        "and whether "
        "you have read how we keep children safe. You can change your mind at any time: just tell us."
    )


def _privacy(child: ConsentChild, club: Club) -> Iterator[str]:
    years = "1 year" if club.years_kept == 1 else f"{club.years_kept} years"
    yield f"We ask for this so that we can look after {child.first} well and reach you quickly."
    yield "Only the people who run the day see it. The lead carries a paper copy, which is shredded afterwards."
    yield "We give it to nobody else, unless we must to keep a child safe or because the law says so."
    yield f"We keep the form for {years} (longer if there was an accident) and then destroy it."
    yield "You can ask to see it, to have it put right or to have it deleted. We answer within one month."


def _complain(club: Club) -> str:
    who = club.complaints or "the manager"
    way = " or ".join(part for part in (club.phone, club.email) if part)
    return (
        f"Tell any of us, or write to {who}{f' ({way})' if way else ''}. We will look into it and give you a "
        "written answer "
        "within 28 days. If it is about how we use your information, you can also go to the Information Commissioner: "
        "0303 123 1113, ico.org.uk."
    )
