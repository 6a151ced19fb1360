"""The seal on a concern: AES-256-GCM under the safeguarding leads' own key, bound to the record it belongs to."""

import json
import secrets
from datetime import date, time
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.concerns.rules import Facts

NONCE_BYTES = 12
PAGE = 1024  # bytes every text is filled up to, so that its length tells nothing: the longest that can be kept fits


def seal(key: bytes, record_id: UUID, facts: Facts) -> bytes:
    """The facts as one sealed text of `record_id`; `key` is 32 bytes. The same facts never look the same twice."""
    body = {
        "child": str(facts.child_id) if facts.child_id else None,
        "noticed": facts.noticed_on.isoformat(),
        "told": facts.told_on.isoformat(),
        "told_at": facts.told_at.isoformat() if facts.told_at else None,
        "reference": facts.reference,
        "closed": facts.closed_on.isoformat() if facts.closed_on else None,
        "keep": facts.keep_until.isoformat() if facts.keep_until else None,
        "why": facts.keep_why,
    }
    # As it is, at 4 bytes a letter at most: escaped it would be 12.
    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode(errors="surrogatepass")
    padded = text + b" " * (-len(text) % PAGE)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, padded, record_id.bytes)


def unseal(key: bytes, record_id: UUID, sealed: bytes) -> Facts | None:
    """The facts; None where the seal does not hold: another key, another record's text, or one altered bit."""
    try:
        text = AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], record_id.bytes)
    except (InvalidTag, ValueError):  # ValueError: cut so short that not even the nonce is left
        return None
    body = json.loads(text)
    keep = body.get("keep")  # neither this nor why stands in a text sealed by Breather 0.2.0
    return Facts(
        child_id=UUID(body["child"]) if body["child"] else None,
        noticed_on=date.fromisoformat(body["noticed"]),
        told_on=date.fromisoformat(body["told"]),
        told_at=time.fromisoformat(body["told_at"]) if body["told_at"] else None,
        reference=body["reference"],
        closed_on=date.fromisoformat(body["closed"]) if body["closed"] else None,
        keep_until=date.fromisoformat(keep) if keep else None,
        keep_why=body.get("why", ""),
    )
