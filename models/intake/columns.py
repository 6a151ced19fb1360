"""The columns Breather knows in each kind of spreadsheet: what offices call them, and what may stand in them."""

from collections.abc import Callable
from dataclasses import dataclass

from models.intake import parse

Parser = Callable[[str], object]


@dataclass(frozen=True)
class ColumnSpec:
    """One column that can be imported.

    Attributes:
        key: the stable name of the value in typed rows.
        header: the heading as Breather shows it.
        synonyms: other headings that mean the same, in small letters.
        required: whether every row must have it.
        reads: reads a cleaned, non-empty cell or raises ValueError with a reason.
        longest: letters a cell may have.
        lines: whether line breaks inside the cell are kept.
        looks: says that a cell's content alone gives the column away (a postcode), if it can.
    """

    key: str
    header: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    reads: Parser = parse.text
    longest: int = parse.LONGEST_SHORT
    lines: bool = False
    looks: Callable[[str], bool] | None = None


def _c(key: str, header: str, *synonyms: str, reads: Parser = parse.text, required: bool = False) -> ColumnSpec:
    return ColumnSpec(key, header, synonyms, required, reads)


def _name(key: str, header: str, *synonyms: str, required: bool = False) -> ColumnSpec:
    return ColumnSpec(key, header, synonyms, required, longest=parse.LONGEST_NAME)


def _notes(key: str, header: str, *synonyms: str) -> ColumnSpec:
    return ColumnSpec(key, header, synonyms, longest=parse.LONGEST_NOTES, lines=True)


def _day(key: str, header: str, *synonyms: str, required: bool = False) -> ColumnSpec:
    return ColumnSpec(key, header, synonyms, required, parse.day)


def _flag(key: str, header: str, *synonyms: str) -> ColumnSpec:
    return ColumnSpec(key, header, synonyms, reads=parse.yes_no)


def _listed(key: str, header: str, *synonyms: str, reads: Parser) -> ColumnSpec:
    # A list holds several names; each of them is held to the length of a name by its parser.
    return ColumnSpec(key, header, synonyms, reads=reads, longest=1_000, lines=True)


def _looks_like_email(cell: str) -> bool:
    return "@" in cell[1:] and "." in cell.rpartition("@")[2]


_POSTCODE = ColumnSpec(
    "postcode", "Postcode", ("post code", "zip", "zip code"), reads=parse.postcode, longest=20, looks=parse.is_postcode
)
_REF = ColumnSpec(
    "child_ref", "Ref", ("reference", "ref no", "ref number", "child ref", "id", "child id", "case number", "iyc ref"),
    True, parse.capitals, 40,
)  # fmt: skip

CHILD_COLUMNS = (
    _REF,
    _name("first_name", "First name", "forename", "given name", "legal first name", "child first name", "firstname",
          required=True),
    _name("surname", "Surname", "last name", "family name", "legal last name", "child surname", "lastname",
          required=True),
    _name("known_as", "Known as", "preferred name", "likes to be called", "nickname"),
    _day("dob", "DOB", "date of birth", "birth date", "birthday", "born", "d o b", required=True),
    ColumnSpec("sex", "Sex", ("gender",), reads=parse.sex, longest=40),
    _c("address", "Address", "home address", "street address", "address line 1"),
    _POSTCODE,
    _name("carer", "Parent/carer", "parent", "carer", "parent or carer", "parent or guardian", "parent guardian",
          "guardian", "parent carer name", "main carer"),
    _c("relationship", "Relationship", "relationship to child", "relation"),
    _flag("parental_responsibility", "Parental responsibility", "has parental responsibility", "pr"),
    _c("tel_1", "Tel 1", "tel", "telephone", "phone", "phone 1", "mobile", "telephone 1", "contact number",
       "parent phone", reads=parse.phone),
    _c("tel_2", "Tel 2", "phone 2", "telephone 2", "home phone", "second phone", "other phone", "tel", "phone",
       reads=parse.phone),
    ColumnSpec("email", "Email", ("e mail", "email address", "parent email"), reads=parse.email,
               looks=_looks_like_email),
    _c("emergency_contact", "Emergency contact", "emergency contact name", "emergency name", reads=parse.contact),
    _c("emergency_tel", "Emergency tel", "emergency phone", "emergency number", "emergency telephone",
       "emergency contact number", reads=parse.phone),
    _listed("may_collect", "May collect", "collectors", "who may collect", "authorised to collect", "can collect",
            reads=parse.collectors),
    _listed("must_not_collect", "Must not collect", "not to collect", "barred from collecting", "may not collect",
            reads=parse.barred),
    _flag("parent_carer_identified", "Parent carer identified", "parent carer", "parent is a carer"),
    _c("ethnicity", "Ethnicity", "ethnic group", "ethnic origin"),
    _c("school", "School", "school name"),
    _c("gp", "GP", "doctor", "gp surgery", "surgery", "gp practice"),
    _c("cares_for", "Cares for", "person cared for", "who they care for", "caring for"),
    _c("condition", "Condition (category)", "condition", "condition category", "condition of cared for"),
    ColumnSpec("allergies", "Allergies", ("allergy", "allergies and intolerances"), longest=parse.LONGEST_NOTES),
    _notes("medical", "Medical", "medical needs", "medical conditions", "medical notes", "health"),
    _day("medicine_expires", "Medicine expires", "medicine expiry", "medication expires", "medicine expiry date"),
    _c("diet", "Diet", "dietary needs", "dietary requirements", "food"),
    _c("support_ratio", "Support ratio", "one to one", "1 1", "1 1 support", "ratio", reads=parse.support_ratio),
    _flag("wheelchair", "Wheelchair", "wheelchair user", "uses a wheelchair"),
    _c("height_cm", "Height cm", "height", "height in cm", reads=parse.whole(40, 220)),
    _c("referred_by", "Referred by", "referrer", "referring agency", "referral agency", "referral source"),
    _day("referral_date", "Referral date", "date of referral", "referred on", "date referred"),
    _day("approved_ycm", "Approved - Young Carers Manager", "approved by young carers manager", "approved ycm"),
    _day("approved_fpm", "Approved - Family Pathways Manager", "approved by family pathways manager", "approved fpm"),
    _day("home_visit", "Home visit", "date of home visit", "home visit date"),
    _c("info_pack", "Info pack given", "info pack", "information pack given", "information pack",
       reads=parse.yes_or_day),
    _day("trip_consent", "Trip consent signed", "trip consent", "trip consent date"),
    _day("safeguarding_form", "Safeguarding form signed", "safeguarding form", "safeguarding form date"),
    _flag("photo_consent", "Photo consent", "photos", "photo permission"),
    _flag("sun_cream", "Sun cream", "suncream", "sunscreen", "sun cream consent"),
    _flag("plasters", "Plasters", "plasters consent", "plasters allowed"),
    _c("status", "Status", "current status", "case status", reads=parse.child_status),
    _notes("notes", "Notes", "comments", "note", "other information"),
)  # fmt: skip

ADULT_COLUMNS = (
    _name("name", "Name", "full name", "adult", "staff name", "volunteer", "team member", required=True),
    _c("role", "Role", "job", "job title", "position"),
    _flag("paid", "Paid", "paid y n", "is paid"),
    _day("dob", "DOB", "date of birth", "birth date", "birthday", "born", "d o b", required=True),
    ColumnSpec("sex", "Sex", ("gender",), reads=parse.sex, longest=40),
    _c("mobile", "Mobile", "phone", "tel", "telephone", "mobile number", "tel 1", "contact number", reads=parse.phone),
    _day("dbs_issued", "DBS issued", "dbs date", "dbs", "dbs issue date", "date of dbs"),
    _c("dbs_level", "DBS level", "level of dbs", "dbs type"),
    _day("first_aid_expires", "Paediatric first aid expires", "first aid expires", "first aid expiry", "pfa expires",
         "paediatric first aid expiry"),
    _day("safeguarding_training", "Safeguarding training", "safeguarding", "safeguarding training date",
         "safeguarding trained"),
    _c("licence", "Licence", "driving licence", "license", "licence held"),
    _day("midas_expires", "MiDAS expires", "midas", "midas expiry"),
    _day("licence_checked", "Licence checked", "licence check", "dvla check", "licence last checked"),
    _c("usual_days", "Usual days", "availability", "available", "days"),
    _notes("notes", "Notes", "comments", "note"),
)  # fmt: skip

VENUE_COLUMNS = (
    _name("name", "Name", "venue", "venue name", "hall", required=True),
    _c("address", "Address", "venue address", "street address"),
    _POSTCODE,
    _c("capacity", "Capacity", "places", "how many children", "max children", reads=parse.whole(0, 10_000)),
    _c("hire", "Hire per session (£)", "hire", "hire per session", "cost", "hire cost", "price", reads=parse.pence),
    _notes("notes", "Notes", "comments", "note"),
)

VEHICLE_COLUMNS = (
    ColumnSpec("registration", "Registration", ("reg", "registration number", "reg no", "number plate", "vrn"), True,
               parse.capitals, 20),
    _name("name", "Name", "vehicle", "vehicle name", "minibus", "bus"),
    _c("owner", "Owner", "owned by", "owned or hired"),
    _c("seats", "Passenger seats", "seats", "number of seats", reads=parse.whole(1, 80)),
    _c("wheelchair_places", "Wheelchair places", "wheelchairs", "wheelchair spaces", reads=parse.whole(0, 20)),
    _c("seats_lost", "Seats lost per wheelchair", "seats lost", reads=parse.whole(0, 20)),
    _c("max_weight_kg", "Max weight kg", "max weight", "mam", "mam kg", "gross weight", "maximum weight",
       reads=parse.whole(500, 30_000)),
    _c("fuel", "Fuel", "fuel type"),
    _day("mot_expires", "MOT expires", "mot", "mot due", "mot expiry"),
    _day("insurance_expires", "Insurance expires", "insurance", "insurance expiry", "insurance due"),
    _day("permit_expires", "Section 19 permit expires", "permit expires", "section 19", "section 19 permit",
         "permit expiry"),
    _c("boosters", "Boosters", "booster seats", "booster cushions", reads=parse.whole(0, 80)),
    _notes("notes", "Notes", "comments", "note"),
)  # fmt: skip

ACTIVITY_COLUMNS = (
    _day("day", "Date", "activity date", "day", "when", required=True),
    _c("kind", "Type", "activity type", "kind", "club or trip", reads=parse.activity_kind, required=True),
    _name("title", "Title", "activity", "activity title", "what", required=True),
    _name("venue", "Venue", "place", "where", "destination", "location"),
    _c("start", "Start", "start time", "starts", "from", reads=parse.wall_time, required=True),
    _c("end", "End", "end time", "ends", "finish", "finish time", "to", reads=parse.wall_time, required=True),
    _c("transport", "Transport", "travel", "how we travel", reads=parse.transport),
    _name("lead", "Lead", "lead worker", "leader", "led by"),
    _listed("others", "Other adults", "adults", "staff", "team", "other staff", "helpers", reads=parse.names),
    _c("capacity", "Capacity", "places", "max children", reads=parse.whole(0, 10_000)),
    _c("status", "Status", "current status", reads=parse.activity_status),
    _notes("notes", "Notes", "comments", "note"),
)  # fmt: skip

REGISTER_COLUMNS = (_REF, _name("name", "Name", "child", "child name", "full name"))

TERM_COLUMNS = (
    _name("term", "Term", "term name", required=True),
    _day("starts", "Starts", "start", "term starts", "start date", "first day", required=True),
    _day("ends", "Ends", "end", "term ends", "end date", "last day", required=True),
    _day("half_starts", "Half-term starts", "half term start", "half term from"),
    _day("half_ends", "Half-term ends", "half term end", "half term to"),
)
