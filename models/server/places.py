"""Where a club on a server is, from what somebody typed or was told."""

from models.kernel.errors import BadInput
from models.storage.server_address import Address, is_server

__all__ = ["Address", "is_server", "owned_place", "place_of"]


def place_of(text: str) -> Address:
    """The address in `text`, without any name or password it holds. Raises BadInput (field "address")."""
    return _read(text).public


def owned_place(text: str, owner: str, password: str) -> Address:
    """The address in `text` as its owner comes to it. Raises BadInput (field "address")."""
    return _read(text).of(owner, password)


def _read(text: str) -> Address:
    try:
        return Address.read(text.strip())
    except BadInput as wrong:
        raise BadInput(wrong.what, wrong.next_step, "address") from None
