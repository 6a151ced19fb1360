"""Each field of a family, a child and the people around it, in plain words."""

from collections.abc import Mapping

FAMILY: Mapping[str, str] = {"address": "address", "postcode": "postcode", "notes": "notes"}

CONTACT: Mapping[str, str] = {
    "kind": "kind of contact",
    "name": "name",
    "relationship": "relationship",
    "phone": "phone",
    "other_phone": "other phone",
    "email": "email",
    "parental_responsibility": "parental responsibility",
    "parent_carer": "parent is a carer",
    "call_order": "place in the call order",
}

CHILD: Mapping[str, str] = {
    "ref": "reference",
    "family_id": "family",
    "legal_first": "first name",
    "legal_last": "surname",
    "known_as": "known-as name",
    "birth_date": "date of birth",
    "sex": "sex",
    "status": "status",
    "ethnicity": "ethnicity",
    "language": "language",
    "school": "school",
    "gp": "GP",
    "cares_for": "person cared for",
    "condition_category": "kind of condition",
    "allergies": "allergies",
    "medical": "medical needs",
    "medicine_expires": "date the medicine runs out",
    "medicine_kept": "place the medicine is kept",
    "diet": "diet",
    "one_to_one": "adults of their own",
    "wheelchair": "wheelchair",
    "height_cm": "height",
    "referred_by": "referrer",
    "referral_date": "referral date",
    "approved_young_carers": "Young Carers approval",
    "approved_family_pathways": "Family Pathways approval",
    "home_visit": "home visit",
    "info_pack_given": "information pack given",
    "details_checked": "date details were checked",
    "notes": "notes",
}

COLLECTOR: Mapping[str, str] = {
    "child_id": "child",
    "kind": "may or must not collect",
    "name": "name",
    "relationship": "relationship",
    "phone": "phone",
    "password": "password",
    "reason": "reason",
}
