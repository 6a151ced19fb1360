"""Each field of a concern, in plain words."""

from collections.abc import Mapping

CONCERN: Mapping[str, str] = {
    "child_id": "child",
    "noticed_on": "day it was noticed",
    "told_on": "day the safeguarding lead was told",
    "told_at": "time the safeguarding lead was told",
    "reference": "reference elsewhere",
    "closed_on": "day it was closed",
}
