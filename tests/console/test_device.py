"""This machine's id: made once, kept outside every club file."""

from pathlib import Path

import pytest

from models.storage.device import device_id, home


def test_it_is_made_once_and_kept(tmp_path: Path) -> None:
    first = device_id(tmp_path / "home")
    assert len(first) == 32
    assert device_id(tmp_path / "home") == first
    assert device_id(tmp_path / "other") != first


def test_a_spoilt_one_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "device").write_text("\n", "ascii")
    made = device_id(tmp_path)
    assert made
    assert device_id(tmp_path) == made


def test_where_nothing_can_be_kept_it_serves_for_one_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "ascii")
    assert len(device_id(tmp_path / "file")) == 32


def test_home_can_be_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BREATHER_HOME", str(tmp_path))
    assert home() == tmp_path
    assert device_id() == (tmp_path / "device").read_text("ascii")
    monkeypatch.delenv("BREATHER_HOME")
    assert home().name == "Breather"
