"""The keys file: opened by its passphrase, told apart from damage, replaced whole or not at all."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.kernel.errors import BadInput, Damaged, KeysMissing, NewerVersion, WrongPassphrase
from models.storage import keys, slots
from models.storage.keys import (
    KeyRing,
    OldSlot,
    Slot,
    Strength,
    Unlocked,
    keys_path,
    read_ring,
    replace_file,
    write_ring,
)

CLUB, ANA, BEN = UUID(int=7), UUID(int=21), UUID(int=22)
CHEAP = Strength(1, 64, 1)
WORDS = "correct horse battery"
OTHER = "seven loud purple kites"
SEALING = bytes(range(32))


def a_ring(words: str = WORDS) -> tuple[KeyRing, bytes]:
    return KeyRing.new(CLUB, ANA, "Ana Lima", words, CHEAP)


def of_two() -> tuple[KeyRing, bytes]:
    """Ana, and Ben who has the key of concerns too."""
    ring, key = a_ring()
    return ring.with_slot(Slot.make(CLUB, BEN, "Ben Ofori", OTHER, CHEAP, Unlocked(key, SEALING)), key), key


def an_old_one() -> tuple[str, bytes]:
    """The text of a keys file of format 1, as the first Breather wrote it."""
    key = keys.new_key()
    slot = asdict(OldSlot.make("Holder of the passphrase", key, CLUB, WORDS, CHEAP))
    body: dict[str, Any] = {"format": 1, "club": str(CLUB), "slots": [slot]}
    said = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    return json.dumps(body | {"check": hashlib.sha256(said).hexdigest()}), key


@pytest.fixture
def club_file(tmp_path: Path) -> Path:
    return tmp_path / "Lewisham.breather"


def saved(club_file: Path) -> bytes:
    """Writes a ring beside the club file; gives the key inside it."""
    ring, key = a_ring()
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
    assert slots.b64(key).encode() not in content


def test_two_rings_share_nothing() -> None:
    (one, first), (two, second) = (a_ring() for _ in range(2))
    assert first != second
    assert one.slots[0].salt != two.slots[0].salt
    assert one.slots[0].nonce != two.slots[0].nonce


@pytest.mark.parametrize("typed", ["", "Correct horse battery", WORDS + " ", "x" * 300, "a\0b", "\udcff"])
def test_a_wrong_passphrase_says_so_and_touches_nothing(club_file: Path, typed: str) -> None:
    saved(club_file)
    before = keys_path(club_file).read_bytes()
    with pytest.raises(WrongPassphrase, match="does not open this club file"):
        read_ring(club_file).open(typed)
    assert keys_path(club_file).read_bytes() == before


def test_the_same_letters_typed_another_way_open_it() -> None:
    ring, key = a_ring("caf\u00e9")
    assert ring.open("cafe\u0301") == key


def test_a_weak_slot_makes_no_other_weak() -> None:
    """Whoever has the file's key could put one there, and then try the next password that is set far faster."""
    ring, key = a_ring()
    strong = replace(CHEAP, time=2)
    made = [Slot.make(CLUB, UUID(int=n), f"N{n}", WORDS, one, Unlocked(key)) for n, one in ((8, strong), (9, CHEAP))]
    assert replace(ring, slots=(*ring.slots, *made)).strength == strong


def test_an_empty_passphrase_is_not_taken() -> None:
    with pytest.raises(BadInput, match="empty") as caught:
        a_ring("")
    assert caught.value.field == "passphrase"


def test_every_slot_opens_it() -> None:
    ring, key = of_two()
    again = KeyRing.from_json(ring.to_json())
    assert again == ring
    assert again.open(WORDS) == again.open(OTHER) == key
    with pytest.raises(WrongPassphrase):
        again.open("neither")


def test_another_clubs_keys_do_not_open_this_one() -> None:
    ring, _ = a_ring()
    with pytest.raises(WrongPassphrase):
        replace(ring, club=UUID(int=8)).open(WORDS)


# --- a slot for each person


@pytest.mark.parametrize("name", ["Ana Lima", "ana lima", "  ANA   LIMA "])
def test_a_slot_is_found_by_the_name_however_it_is_typed(name: str) -> None:
    ring, key = of_two()
    assert ring.unlock(WORDS, name) == Unlocked(key, None, ANA)


def test_a_password_opens_nothing_under_anothers_name() -> None:
    ring, _ = of_two()
    for words, name in ((WORDS, "Ben Ofori"), (OTHER, "Ana Lima"), (WORDS, "Nobody")):
        with pytest.raises(WrongPassphrase, match="name and password"):
            ring.unlock(words, name)


def test_a_name_costs_one_derivation_whether_or_not_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    ring, _ = of_two()
    asked: list[str] = []
    real = slots.derive

    def counted(password: str, salt: bytes, strength: Strength) -> bytes:
        asked.append(password)
        return real(password, salt, strength)

    monkeypatch.setattr(slots, "derive", counted)
    monkeypatch.setattr(keys, "derive", counted)
    ring.unlock(OTHER, "Ben Ofori")
    assert len(asked) == 1
    for name in ("Ana Lima", "Nobody"):
        asked.clear()
        with pytest.raises(WrongPassphrase):
            ring.unlock("wrong words here", name)
        assert len(asked) == 1


def test_no_name_stands_in_the_file() -> None:
    text = of_two()[0].to_json().casefold()
    assert not [part for part in ("ana", "lima", "ofori") if f'"{part}' in text or f" {part}" in text]


def test_the_key_of_concerns_comes_only_out_of_the_slot_that_holds_it() -> None:
    ring, _ = of_two()
    assert (ring.unlock(OTHER).sealing_key, ring.unlock(WORDS).sealing_key) == (SEALING, None)


def test_changing_one_slot_touches_no_other() -> None:
    ring, key = of_two()
    ana = ring.slot_of(ANA)
    fresh = Slot.make(CLUB, BEN, "Ben Ofori", "nine dusty velvet spoons", CHEAP, Unlocked(key))
    changed = ring.with_slot(fresh, key)
    assert changed.slot_of(ANA) == ring.without(BEN, key).slot_of(ANA) == ana
    assert changed.open("nine dusty velvet spoons") == key
    with pytest.raises(WrongPassphrase):
        changed.open(OTHER)
    with pytest.raises(WrongPassphrase):
        ring.without(BEN, key).open(OTHER)
    assert (ring.serial, changed.serial) == (2, 3)


def test_a_new_key_is_sealed_to_everybody_without_a_password() -> None:
    ring, key = of_two()
    fresh = ring.rekeyed(Unlocked(keys.new_key()))
    for words in (WORDS, OTHER):
        assert fresh.open(words) != key
    assert fresh.open(WORDS) == fresh.open(OTHER)
    assert fresh.unlock(OTHER).sealing_key == SEALING
    assert [slot.private for slot in fresh.slots] == [slot.private for slot in ring.slots]


PARTS = ["account", "salt", "nonce", "public", "private", "file_key", "sealing_key"]


@pytest.mark.parametrize("part", PARTS)
def test_no_part_of_one_slot_works_in_another(part: str) -> None:
    """Even where everything else is made to fit, the check too: one of the two no longer opens."""
    key = keys.new_key()
    held = Unlocked(key, SEALING)
    ana, ben = (Slot.make(CLUB, who, name, words, CHEAP, held) for who, name, words in
                ((ANA, "Ana Lima", WORDS), (BEN, "Ben Ofori", OTHER)))  # fmt: skip
    mixed = KeyRing(CLUB, (replace(ana, **{part: getattr(ben, part)}), ben))
    with pytest.raises(WrongPassphrase):
        KeyRing.from_json(mixed.to_json()).unlock(WORDS, "Ana Lima")


def test_the_key_of_the_file_does_not_pass_for_that_of_concerns() -> None:
    ring, key = a_ring()
    slot = ring.slots[0]
    with pytest.raises(WrongPassphrase):
        ring.with_slot(replace(slot, sealing_key=slot.file_key), key).open(WORDS)


@pytest.mark.parametrize(
    "change",
    [
        lambda ring: replace(ring, serial=ring.serial + 1),
        lambda ring: replace(ring, sealing="0" * 64),
        lambda ring: replace(ring, slots=ring.slots[:1]),
        lambda ring: replace(ring, slots=ring.slots[::-1]),
        lambda ring: replace(ring, seal=""),
        lambda ring: replace(ring, slots=(replace(ring.slots[0], person=ring.slots[1].person), ring.slots[1])),
    ],
)
def test_a_ring_that_nobody_with_the_key_wrote_is_told_apart(change: Callable[[KeyRing], KeyRing]) -> None:
    """Its check fits, and the password opens it: only the seal shows it."""
    ring, key = of_two()
    ring.check_seal(key)
    forged = KeyRing.from_json(change(ring).to_json())
    with pytest.raises(Damaged, match="altered"):
        forged.check_seal(key)


def test_a_ring_of_two_keys_is_read_back() -> None:
    ring, key = of_two()
    both = replace(ring, next=ring.rekeyed(Unlocked(keys.new_key())))
    again = KeyRing.from_json(both.to_json())
    assert again == both
    again.check_seal(key)


# --- format 1


def test_a_file_of_format_1_is_read_and_opened(club_file: Path) -> None:
    text, key = an_old_one()
    keys_path(club_file).write_text(text)
    ring = read_ring(club_file)
    assert (ring.serial, ring.slots, len(ring.old)) == (0, (), 1)
    assert ring.unlock(WORDS) == ring.unlock(WORDS, "Whoever I Am") == Unlocked(key)
    ring.check_seal(key)
    with pytest.raises(WrongPassphrase):
        ring.open("neither")


def test_a_slot_of_format_1_is_kept_until_it_is_replaced() -> None:
    text, key = an_old_one()
    ring = KeyRing.from_json(text)
    both = KeyRing.from_json(ring.with_slot(a_ring()[0].slots[0], key).to_json())
    assert both.old == ring.old
    assert both.open(WORDS, "Nobody") == key


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
        b'{"format": 2}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_keys_file_is_damaged(club_file: Path, content: bytes) -> None:
    keys_path(club_file).write_bytes(content)
    with pytest.raises(Damaged, match="not whole"):
        read_ring(club_file)


def _flip(text: str) -> str:
    return ("B" if text[0] == "A" else "A") + text[1:]


@pytest.mark.parametrize("field", ["salt", "nonce", "public", "private", "file_key"])
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
        lambda body: body.update(old=None),
        lambda body: body["slots"][0].update(account="nobody"),
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
    "slot",
    [
        {},
        {"salt": "!"},
        {"nonce": "AAAA"},
        {"private": ""},
        {"file_key": ""},
        {"sealing_key": "AAAA"},
        {"account": "nobody"},
        {"person": "00"},
        {"strength": Strength(1, 64, 0)},
        {"strength": Strength(3, 2**22, 4)},
        {"strength": Strength(100, 2**20, 4)},
        {"strength": Strength(1.5, 64, 1)},  # type: ignore[arg-type]  # as JSON may hold it
    ],
)
def test_a_slot_that_cannot_be_one_is_damaged_though_the_check_fits(club_file: Path, slot: dict[str, Any]) -> None:
    ring, _ = a_ring()
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
