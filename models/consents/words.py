"""Each field of a consent, in plain words."""

from collections.abc import Mapping

CONSENT: Mapping[str, str] = {
    "state": "answer",
    "asked_on": "day it was asked for",
    "signed_on": "day it was signed",
    "ended_on": "last day",
    "signatory": "name of who signed",
    "relationship": "relationship",
    "authority": "right to sign",
    "method": "way it came",
    "reconfirmed_on": "day of the call",
    "reconfirmed_note": "note of the call",
    "conditions": "conditions",
    "note": "note",
}
