"""Each field of the club and of who can sign in, in plain words."""

from collections.abc import Mapping

CLUB: Mapping[str, str] = {
    "name": "name of the club",
    "phone": "phone",
    "email": "email",
    "address": "address",
    "complaints_to": "person to complain to",
    "charity_number": "charity number",
    "children_per_adult": "number of children to one adult",
    "min_adults": "fewest adults",
    "late_minutes": "minutes before ringing home",
    "dbs_years": "years before a DBS is renewed",
    "safeguarding_years": "years before safeguarding training is repeated",
    "consent_months": "months before a consent is asked for again",
}

ACCOUNT: Mapping[str, str] = {
    "name": "name",
    "role": "role",
    "safeguarding": "safeguarding lead",
    "removed_at": "time they were taken off",
    "pin": "PIN",
    "new_password": "has to choose a new password",
}
