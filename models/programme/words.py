"""Each field of an activity, a duty, a venue and a term, in plain words."""

from collections.abc import Mapping

ACTIVITY: Mapping[str, str] = {
    "kind": "kind",
    "title": "title",
    "day": "day",
    "starts": "start",
    "ends": "end",
    "venue_id": "venue",
    "by_minibus": "minibus",
    "lead_id": "lead worker",
    "capacity": "number of places",
    "meeting_place": "meeting place",
    "risk_notes": "risk notes",
    "notes": "notes",
}

DUTY: Mapping[str, str] = {
    "role": "role",
    "status": "answer",
    "one_to_one_child_id": "child of their own",
    "as_parent": "comes as a parent",
    "note": "note",
}

VENUE: Mapping[str, str] = {
    "name": "name",
    "address": "address",
    "postcode": "postcode",
    "phone": "phone",
    "capacity": "number of places",
    "hire_pence": "hire",
    "notes": "notes",
}

TERM: Mapping[str, str] = {
    "name": "name",
    "starts": "first day",
    "ends": "last day",
    "half_starts": "first day of half-term",
    "half_ends": "last day of half-term",
}
