"""What records, their fields and their values are called in History: no name of a column, no number, no code.

A test holds every table and every field that History can show against this.
"""

from collections.abc import Collection, Mapping

from models.access import words as access
from models.consents.rules import KIND_WORDS, STATE_WORDS
from models.people import words as people
from models.programme import words as programme
from models.team import words as team
from models.transport import words as transport

KINDS: Mapping[str, str] = {
    "access_event": "line of what happened at the door",
    "account": "person who can sign in",
    "activity": "club or trip",
    "adult": "member of the team",
    "booking": "place",
    "chore": "thing to do",
    "club": "club",
    "collection_today": "person who may collect today",
    "collector": "person who may or must not collect",
    "contact": "person to ring",
    "duty": "adult’s place",
    "go_ahead": "decision to go ahead",
    "imported": "line of a spreadsheet",
    "leg": "journey",
    "legal_hold": "legal hold",
    "mark": "line of the register",
    "pack_copy": "copy of the pack",
    "register_day": "register",
    "register_sheet": "printed register",
    "restore": "restored backup",
    "term": "school term",
    "vehicle": "minibus",
    "subject_request": "request to see a record",
    "subject_decision": "decision about a line of an answer",
    "child_file": "way a record is kept",
    "retention_span": "time things are kept",
    "retention_longer": "decision to keep something longer",
    "journal_erasure": "erasure",
    "erased_child": "erased record",
    "erased_adult": "erased record of an adult",
}

_ERASED = {
    "erased_at": "time it was erased", "erased_by": "person who erased it", "why": "reason",
    "rows": "number of things that went", "entries": "number of lines of History that were emptied",
    "backups_gone_by": "day the last backup with it goes",
}  # fmt: skip

FIELDS: Mapping[str, Mapping[str, str]] = {
    "family": people.FAMILY,
    "contact": people.CONTACT,
    "child": people.CHILD,
    "collector": people.COLLECTOR,
    "adult": team.ADULT,
    "club": {**access.CLUB, "logo": "logo", "created_at": "time it was made", "sample_day": "day of the sample"},
    "account": access.ACCOUNT,
    "access_event": {"kind": "what happened", "who": "who", "detail": "more", "at": "time"},
    "activity": {
        **programme.ACTIVITY, "lead_id": "lead", "capacity": "places", "by_minibus": "goes by minibus",
        "status": "state", "cancelled_why": "reason it was cancelled",
    },
    "booking": {
        "activity_id": "club or trip", "status": "place", "position": "place on the waiting list",
        "answer": "answer when we rang", "answered_at": "time of the answer", "ring_again": "ring again at",
    },
    "chore": {"activity_id": "club or trip", "kind": "what was to do", "done_on": "day it was done"},
    "collection_today": {
        "activity_id": "club or trip", "name": "person who may collect", "agreed_with": "person who agreed it with us",
        "agreed_at": "time it was agreed",
    },
    "duty": {
        **programme.DUTY, "activity_id": "club or trip", "role": "what they are there for",
        "one_to_one_child_id": "child they stay with",
    },
    "concern": {"sealed": "what is kept of it"},
    "venue": {**programme.VENUE, "hire_pence": "cost of hire", "capacity": "places"},
    "term": programme.TERM,
    "vehicle": {
        **transport.VEHICLE, "max_weight_kg": "greatest weight", "mot_expires": "date the MOT ends",
        "insurance_expires": "date the insurance ends", "permit_expires": "date the permit ends",
    },
    "leg": {
        "activity_id": "club or trip", "vehicle_id": "minibus", "direction": "way", "departs": "leaves at",
        "arrives": "arrives at", "from_place": "from", "to_place": "to",
    },
    "seat": {"leg_id": "journey", "booster": "booster seat", "in_wheelchair": "rides in a wheelchair"},
    "consent": {
        "kind": "consent", "state": "answer", "asked_on": "date it was asked", "signed_on": "date it was signed",
        "ended_on": "date it ended", "signatory": "person who signed", "authority": "right to sign",
        "method": "way it came", "reconfirmed_on": "date it was said again",
        "reconfirmed_note": "note of when it was said again",
    },
    "mark": {
        "activity_id": "club or trip", "kind": "what happened", "source": "way it was entered",
        "happened_at": "time it happened", "late": "came late", "entered_at": "time it was entered",
        "entered_by": "person who entered it", "collected_by": "person who collected",
        "collected_how": "how we knew who collected",
    },
    "go_ahead": {
        "activity_id": "club or trip", "line_text": "what stood against it", "decided_by": "person who decided",
        "decided_at": "time it was decided", "phoned": "manager who was phoned",
        "countersigned_by": "manager who agreed afterwards", "countersigned_at": "time a manager agreed",
    },
    "imported": {"kind": "sheet", "imported_at": "time it was brought in", "values": "what it said"},
    "legal_hold": {
        "placed_by": "person who placed it", "placed_at": "time it was placed", "lifted_by": "person who lifted it",
        "lifted_at": "time it was lifted", "lifted_why": "reason it was lifted",
    },
    "pack_copy": {
        "activity_id": "club or trip", "number": "number of the copy", "holder": "person who has it",
        "out_at": "time it was handed out", "back_at": "time it came back", "shredded_at": "time it was shredded",
    },
    "register_day": {"activity_id": "club or trip", "closed_at": "time the day was closed"},
    "register_sheet": {
        "activity_id": "club or trip", "number": "number of the sheet", "printed_at": "time it was printed",
    },
    "restore": {"at": "time it was restored", "made_at": "time the backup was made"},
    "child_file": {"safeguarding": "has a safeguarding history"},
    "retention_span": {"kind": "what is kept"},
    "retention_longer": {"kind": "what is kept", "until": "day it comes back", "decided_by": "person who decided"},
    "journal_erasure": {"rows": "number of things that went"},
    "erased_child": _ERASED,
    "erased_adult": {**_ERASED, "accounts": "sign-ins that went with it"},
    "subject_request": {
        "received_on": "day it came", "due_on": "day the answer is due", "asked_by": "person who asks",
        "entitled": "how it was made sure that they may", "complex_why": "why it took longer",
        "released_at": "time it was released", "released_by": "person who released it",
        "withheld": "what was held back",
    },
    "subject_decision": {"blanked": "words blanked out"},
}  # fmt: skip

UNSAID = frozenset({"id", "version", "sealed", "pin"})
"""Fields never said, of any record. Sealed: what only a safeguarding lead may read; pin: its hash."""

UNSAID_OF: Mapping[str, Collection[str]] = {
    "erased_adult": ("adult_id", "accounts"),
    "erased_child": ("child_id",),
    "go_ahead": ("rule",),
    "imported": ("key", "record_id"),
    "journal_erasure": ("entries", "changes"),
    "mark": ("device", "number", "corrects_id"),
    "register_sheet": ("rows",),
    "restore": ("number", "chain", "waiting"),
    "retention_longer": ("thing",),
    "subject_decision": ("request_id", "line", "seen"),
    "subject_request": ("digest",),
}
"""Numbers, digests and codes that are there for Breather alone."""

MARKS: Mapping[str, str] = {
    "in": "signed in", "out": "signed out", "late": "on the way, and will be late",
    "absent": "absent, and we were told",
    "no show": "did not come, and no word came", "void": "an earlier line was taken back",
}  # fmt: skip
WAYS: Mapping[str, str] = {"out": "there", "back": "back"}

VALUES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("consent", "kind"): {kind.value: words.lower() for kind, words in KIND_WORDS.items()},
    ("consent", "state"): {state.value: words.lower() for state, words in STATE_WORDS.items()},
    ("consent", "method"): {"paper": "on paper", "phone": "by phone", "email": "by email",
                            "imported": "from a spreadsheet"},
    ("consent", "authority"): {"delegated": "somebody with parental responsibility agreed to it"},
    ("mark", "kind"): MARKS,
    ("mark", "source"): {"screen": "on screen", "paper": "copied from paper", "book": "copied from the register book"},
    ("leg", "direction"): WAYS,
    ("duty", "role"): {"one to one": "stays with one child"},
    ("access_event", "kind"): {"denied": "was not allowed"},
    ("subject_decision", "decision"): {"blank out": "words are blanked out", "give": "given", "leave out": "left out"},
}  # fmt: skip
"""Values whose own word says too little alone."""

UNITS: Mapping[str, str] = {"height_cm": "cm", "max_weight_kg": "kg", "months": "months"}
