"""The keys file: opened by its passphrase, told apart from damage, replaced whole or not at all."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.kernel.errors import BadInput, Damaged, KeysMissing, NewerVersion, WrongPassphrase
from models.storage import keys
from models.storage.keys import KeyRing, Slot, Strength, keys_path, read_ring, replace_file, write_ring

CLUB = UUID(int=7)
CHEAP = Strength(1, 64, 1)
WORDS = "correct horse battery"


@pytest.fixture
def club_file(tmp_path: Path) -> Path:
    return tmp_path / "Lewisham.breather"


def saved(club_file: Path) -> bytes:
    """Writes a ring beside the club file; gives the key inside it."""
    ring, key = KeyRing.new(CLUB, "Main passphrase", WORDS, CHEAP)
    write_ring(club_file, ring)
    return key


def edited(club_file: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Alters the keys file as a stray hand or a bad disk would, without making its check fit."""
    path = keys_path(club_file)
    body = json.loads(path.read_text())
    change(body)
    path.write_text(json.dumps(body))


def test_round_trip(club_file: Path) -> None:
    key = saved(club_file)
    assert len(key) == 32
    assert keys_path(club_file).name == "Lewisham.breather.keys"
    ring = read_ring(club_file)
    assert (ring.club, ring.slots[0].strength) == (CLUB, CHEAP)
    assert ring.open(WORDS) == key


def test_neither_key_nor_passphrase_stands_in_the_file(club_file: Path) -> None:
    key = saved(club_file)
    content = keys_path(club_file).read_bytes()
    assert WORDS.encode() not in content
    assert key.hex().encode() not in content
    assert keys._b64(key).encode() not in content


def test_two_rings_share_nothing() -> None:
    (one, first), (two, second) = (KeyRing.new(CLUB, "Main", WORDS, CHEAP) for _ in range(2))
    assert first != second
    assert one.slots[0].salt != two.slots[0].salt
    assert one.slots[0].nonce != two.slots[0].nonce


@pytest.mark.parametrize("typed", ["", "Correct horse battery", WORDS + " ", "x" * 300])
def test_a_wrong_passphrase_says_so_and_touches_nothing(club_file: Path, typed: str) -> None:
    saved(club_file)
    before = keys_path(club_file).read_bytes()
    with pytest.raises(WrongPassphrase, match="does not open this club file"):
        read_ring(club_file).open(typed)
    assert keys_path(club_file).read_bytes() == before


def test_the_same_letters_typed_another_way_open_it() -> None:
    ring, key = KeyRing.new(CLUB, "Main", "caf\u00e9", CHEAP)
    assert ring.open("cafe\u0301") == key


def test_an_empty_passphrase_is_not_taken() -> None:
    with pytest.raises(BadInput, match="empty") as caught:
        KeyRing.new(CLUB, "Main", "", CHEAP)
    assert caught.value.field == "passphrase"


def test_every_slot_opens_it() -> None:
    ring, key = KeyRing.new(CLUB, "Main", WORDS, CHEAP)
    ring = replace(ring, slots=(*ring.slots, Slot.make("Recovery", key, CLUB, "spare words", CHEAP)))
    again = KeyRing.from_json(ring.to_json())
    assert again.open(WORDS) == again.open("spare words") == key
    with pytest.raises(WrongPassphrase):
        again.open("neither")


def test_another_clubs_keys_do_not_open_this_one() -> None:
    ring, _ = KeyRing.new(CLUB, "Main", WORDS, CHEAP)
    with pytest.raises(WrongPassphrase):
        replace(ring, club=UUID(int=8)).open(WORDS)


def test_missing_keys_are_named(club_file: Path) -> None:
    with pytest.raises(KeysMissing, match=r"Lewisham\.breather is here, but its keys file Lewisham\.breather\.keys"):
        read_ring(club_file)


def test_a_newer_file_is_told_apart(club_file: Path) -> None:
    saved(club_file)
    edited(club_file, lambda body: body.update(format=keys.FORMAT + 1))
    with pytest.raises(NewerVersion, match="newer Breather"):
        read_ring(club_file)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"7",
        b'"x"',
        b"{",
        b"\xff\xfe\x00",
        b'{"format": "1"}',
        b'{"format": 1}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_keys_file_is_damaged(club_file: Path, content: bytes) -> None:
    keys_path(club_file).write_bytes(content)
    with pytest.raises(Damaged, match="not whole"):
        read_ring(club_file)


def _flip(text: str) -> str:
    return ("B" if text[0] == "A" else "A") + text[1:]


@pytest.mark.parametrize("field", ["salt", "nonce", "wrapped"])
def test_one_altered_letter_is_damage_not_a_wrong_passphrase(club_file: Path, field: str) -> None:
    saved(club_file)
    edited(club_file, lambda body: body["slots"][0].update({field: _flip(body["slots"][0][field])}))
    with pytest.raises(Damaged):
        read_ring(club_file)


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body["slots"][0]["strength"].update(memory_kib=2**40),
        lambda body: body["slots"][0]["strength"].update(lanes=0),
        lambda body: body["slots"][0].pop("salt"),
        lambda body: body["slots"][0].update(extra="x"),
        lambda body: body.update(slots=[]),
        lambda body: body.update(slots=None),
        lambda body: body.update(club="nobody"),
        lambda body: body.update(check="0" * 64),
        lambda body: body.pop("check"),
    ],
)
def test_an_altered_file_is_damaged(club_file: Path, change: Callable[[dict[str, Any]], None]) -> None:
    saved(club_file)
    edited(club_file, change)
    with pytest.raises(Damaged):
        read_ring(club_file)


def test_every_truncation_is_damaged(club_file: Path) -> None:
    saved(club_file)
    whole = keys_path(club_file).read_bytes()
    for length in range(len(whole)):
        keys_path(club_file).write_bytes(whole[:length])
        with pytest.raises(Damaged):
            read_ring(club_file)


def test_every_flipped_bit_is_seen_or_changes_nothing(club_file: Path) -> None:
    saved(club_file)
    whole, ring = keys_path(club_file).read_bytes(), read_ring(club_file)
    for at in range(len(whole)):
        bit = 1 << at % 8
        keys_path(club_file).write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        try:
            assert read_ring(club_file) == ring  # white space only
        except (Damaged, NewerVersion):
            continue


@pytest.mark.parametrize(
    "slot", [{}, {"salt": "!"}, {"nonce": "AAAA"}, {"wrapped": ""}, {"strength": Strength(1, 64, 0)}]
)
def test_a_slot_that_cannot_be_one_is_damaged_though_the_check_fits(club_file: Path, slot: dict[str, Any]) -> None:
    ring, _ = KeyRing.new(CLUB, "Main", WORDS, CHEAP)
    slots = (replace(ring.slots[0], **slot),) if slot else ()
    write_ring(club_file, replace(ring, slots=slots))
    with pytest.raises(Damaged):
        read_ring(club_file).open(WORDS)


# --- replaced whole or not at all


def test_a_replaced_file_is_the_new_one_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.keys"
    replace_file(path, b"old")
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.keys"
    replace_file(path, b"old")
    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fails)
    with pytest.raises(OSError, match="No space left"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_it_is_on_the_disk_before_it_takes_the_old_ones_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    sync, rename = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (steps.append("sync"), sync(handle))[1])
    monkeypatch.setattr(Path, "replace", lambda half, path: (steps.append("rename"), rename(half, path))[1])
    replace_file(tmp_path / "a.keys", b"new")
    assert steps == ["sync", "rename", *(["sync"] if os.name != "nt" else [])]


def test_a_half_written_file_left_by_a_crash_is_no_hindrance(club_file: Path) -> None:
    (club_file.parent / "Lewisham.breather.keys.new").write_bytes(b"half")
    key = saved(club_file)
    assert read_ring(club_file).open(WORDS) == key
