"""Each field of an adult in plain words."""

from collections.abc import Mapping

ADULT: Mapping[str, str] = {
    "name": "name",
    "role": "role",
    "paid": "paid",
    "birth_date": "date of birth",
    "sex": "sex",
    "mobile": "mobile",
    "email": "email",
    "cleared_on": "date cleared to count",
    "dbs_issued": "date of the DBS certificate",
    "dbs_level": "DBS level",
    "first_aid_expires": "date the first-aid certificate ends",
    "safeguarding_trained": "date of the safeguarding training",
    "licence": "driving licence",
    "licence_checked": "date the licence was checked",
    "driving_approved": "date driving was approved",
    "midas_expires": "date the MiDAS certificate ends",
    "usual_days": "usual days",
    "left_on": "date of leaving",
    "notes": "notes",
}
