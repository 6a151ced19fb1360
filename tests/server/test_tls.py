"""The line to another machine, held against a PostgreSQL with real certificates, and against what only says it is one.

127.0.0.2 and 127.0.0.3 are this machine too, and to Breather another: so no name and no network is needed.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.kernel.errors import NoServer, WrongPassphrase
from models.people import queries as people
from models.server.opening import create_on_server, open_on_server
from models.storage import server_engine, trusted
from models.storage.server_address import Address
from models.storage.server_engine import connect
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, a_child, put
from tests.server.certificates import DAY, Authority, Signed
from tests.server.pretender import ASK_FOR_MD5, ASK_FOR_PASSWORD, ASK_FOR_TLS, Pretender, pretending
from tests.server.secure import ELSEWHERE, FAR, running
from tests.server.window import DENISE, Window
from tests.shell.apps import leave

pytestmark = pytest.mark.server
PROVES_NOT = "does not prove who it is: its certificate has run out, or comes from nobody this computer trusts"
NOT_IN_BETWEEN = "does not prove that it knows your password"
COME_IN_ANYHOW = b"R" + (8).to_bytes(4, "big") + (0).to_bytes(4, "big")  # AuthenticationOk


@pytest.fixture(scope="module")
def ours() -> Authority:
    return Authority.made("ours")


@pytest.fixture(scope="module")
def another() -> Authority:
    return Authority.made("another")


@pytest.fixture(scope="module")
def owner(ours: Authority) -> Iterator[Address]:
    """The owner's address of a server with a certificate of ours, for its number."""
    with running(ours.signed(FAR)) as address:
        yield address


@pytest.fixture
def trusting(owner: Address, ours: Authority, tmp_path: Path) -> Address:
    """The same, and whom to trust."""
    return replace(owner, sslrootcert=str(ours.file(tmp_path)))


def comes_in(address: Address) -> bool:
    """Comes in, or raises."""
    connection = connect(address)
    connection.close()
    return True


# --- the server itself ------------------------------------------------------------------------------------------------


def test_the_right_certificate_lets_in_and_the_whole_club_works(trusting: Address, tmp_path: Path) -> None:
    assert not trusting.on_this_machine
    made = create_on_server(
        trusting, "Harbour", PASSPHRASE, person=DENISE, device=DEVICE, strength=CHEAP, data=tmp_path
    )
    put(made, a_child)
    assert f"sslrootcert={str(tmp_path).replace('/', '%2F')}" in made.where
    made.close()
    again = open_on_server(Address.read(made.where), PASSPHRASE, name=DENISE, device=DEVICE, data=tmp_path)
    assert len(again.read(people.children)) == 1
    assert all(_encrypted(trusting))
    again.close()


def _encrypted(address: Address) -> list[bool]:
    """Of each line there is to the server, whether it is encrypted."""
    with connect(address) as asked:
        lines = "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE client_addr IS NOT NULL"
        return [bool(row[0]) for row in asked.execute(lines.encode())]


def test_a_certificate_of_somebody_else_is_refused(owner: Address, another: Authority, tmp_path: Path) -> None:
    with pytest.raises(NoServer, match=PROVES_NOT):
        comes_in(replace(owner, sslrootcert=str(another.file(tmp_path))))


def test_the_right_certificate_at_another_number_is_refused(trusting: Address) -> None:
    with pytest.raises(NoServer, match=f"at {ELSEWHERE} shows the certificate of “{FAR}”"):
        comes_in(replace(trusting, host=ELSEWHERE))


def test_a_wrong_password_is_told_as_one(trusting: Address) -> None:
    with pytest.raises(WrongPassphrase):
        comes_in(replace(trusting, password="wrong"))


def test_what_less_than_verify_full_asks_for(
    owner: Address, trusting: Address, another: Authority, tmp_path: Path
) -> None:
    assert comes_in(replace(trusting, sslmode="verify-ca", host=ELSEWHERE)), "the name need not fit"
    with pytest.raises(NoServer, match=PROVES_NOT):
        comes_in(replace(owner, sslmode="verify-ca", sslrootcert=str(another.file(tmp_path))))
    assert comes_in(replace(owner, sslmode="require", host=ELSEWHERE)), "whoever knows the verifier will do"


@pytest.mark.parametrize("mode", ["", "verify-ca"])
def test_a_file_of_certificates_that_is_none(owner: Address, tmp_path: Path, mode: str) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")
    for named in (empty, tmp_path / "nowhere.pem"):
        with pytest.raises(NoServer, match="There are no certificates to know"):
            comes_in(replace(owner, sslmode=mode, sslrootcert=str(named)))


# --- whom this machine trusts -----------------------------------------------------------------------------------------


def test_without_a_file_this_machines_own_list_counts_and_no_variable_adds_to_it(
    owner: Address, ours: Authority, another: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_engine, "list_of_this_machine", lambda: str(another.file(tmp_path)))
    monkeypatch.setenv("SSL_CERT_FILE", str(ours.file(tmp_path)))
    with pytest.raises(NoServer, match=PROVES_NOT):
        comes_in(owner)
    monkeypatch.setattr(server_engine, "list_of_this_machine", lambda: str(ours.file(tmp_path)))
    monkeypatch.setenv("SSL_CERT_FILE", str(another.file(tmp_path)))
    assert comes_in(owner)


def test_the_list_is_the_first_that_is_there(tmp_path: Path) -> None:
    there = tmp_path / "list.pem"
    there.write_text("-")
    assert trusted.list_of_this_machine((str(tmp_path / "no.pem"), str(there))) == str(there)
    assert trusted.list_of_this_machine(()) == trusted.SYSTEM


def test_a_list_that_is_in_no_file_is_written_once_and_anew_when_it_changed(
    ours: Authority, another: Authority, owner: Address, tmp_path: Path
) -> None:
    path = trusted.written([_der(ours)], tmp_path)
    before = path.stat().st_mtime_ns, path.stat().st_ino
    assert trusted.written([_der(ours)], tmp_path) == path
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before
    assert comes_in(replace(owner, sslrootcert=str(path)))
    trusted.written([_der(another)], tmp_path)
    with pytest.raises(NoServer, match=PROVES_NOT):
        comes_in(replace(owner, sslrootcert=str(path)))


def _der(authority: Authority) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return authority.certificate.public_bytes(Encoding.DER)


# --- what only says it is the server ----------------------------------------------------------------------------------


def secrets_of(pretender: Pretender, address: Address) -> list[bytes]:
    """What of the password was heard: itself, or the beginning of a message with a proof or digest of it."""
    said = bytes(pretender.heard)
    return [part for part in (address.password.encode(), b"SCRAM", b"p\0\0\0", b"md5") if part in said]


@pytest.mark.parametrize("mode", ["", "verify-ca", "require"])
def test_without_tls_nothing_is_said_but_the_wish_for_it(trusting: Address, tmp_path: Path, mode: str) -> None:
    with pretending(FAR, tmp_path) as there:
        with pytest.raises(NoServer, match="has no encrypted line"):
            comes_in(replace(trusting, port=there.port, sslmode=mode))
        assert there.met == 1, "it is not tried again without"
    assert bytes(there.heard) == ASK_FOR_TLS


@pytest.mark.parametrize("why", ["run out", "another's", "of another name"])
def test_who_shows_a_certificate_that_does_not_do_hears_nothing(
    trusting: Address, ours: Authority, another: Authority, tmp_path: Path, why: str
) -> None:
    shown: dict[str, Signed] = {
        "run out": ours.signed(FAR, ends=-DAY),
        "another's": another.signed(FAR),
        "of another name": ours.signed("db.example.org"),
    }
    told = "shows the certificate of “db.example.org”" if why == "of another name" else PROVES_NOT
    with pretending(FAR, tmp_path, shown=shown[why]) as there, pytest.raises(NoServer, match=told):
        comes_in(replace(trusting, port=there.port))
    assert there.met == 1
    assert bytes(there.heard) == ASK_FOR_TLS


def test_a_pretender_with_a_certificate_that_does_is_heard_by_this_very_test(trusting: Address, tmp_path: Path) -> None:
    """So that what is not heard above and below is not heard for a reason."""
    with pretending("127.0.0.1", tmp_path) as there, pytest.raises(NoServer):
        comes_in(replace(trusting, host="127.0.0.1", port=there.port))
    assert b"user\0owner" in bytes(there.heard), "on this machine an open line is allowed, and it heard who asked"


@pytest.mark.parametrize("mode", ["", "verify-ca", "require"])
@pytest.mark.parametrize("asks", [ASK_FOR_PASSWORD, ASK_FOR_MD5, COME_IN_ANYHOW])
def test_whoever_asks_for_the_password_itself_or_for_none_gets_nothing(
    trusting: Address, ours: Authority, tmp_path: Path, asks: bytes, mode: str
) -> None:
    """Not even somebody with a certificate of the server's."""
    address = replace(trusting, sslmode=mode)
    with (
        pretending(FAR, tmp_path, shown=ours.signed(FAR), asks=asks) as there,
        pytest.raises(NoServer, match=NOT_IN_BETWEEN),
    ):
        comes_in(replace(address, port=there.port))
    assert b"user\0owner" in bytes(there.heard)
    assert secrets_of(there, address) == []


@pytest.mark.parametrize("mode", ["verify-ca", "require"])
def test_nobody_in_between_can_pass_on_what_proves_the_password(
    trusting: Address, ours: Authority, tmp_path: Path, mode: str
) -> None:
    """It takes the line's encryption off, and speaks to the real server over an open one, which allows that here."""
    address = replace(trusting, sslmode=mode)
    with (
        pretending(FAR, tmp_path, shown=ours.signed(FAR), behind=("127.0.0.1", address.port)) as there,
        pytest.raises(NoServer, match=NOT_IN_BETWEEN),
    ):
        comes_in(replace(address, port=there.port))
    assert there.met == 1
    assert secrets_of(there, address) == []


# --- in the window ----------------------------------------------------------------------------------------------------


def test_the_first_screen_says_what_is_wrong_with_the_line(
    qtbot: QtBot, qapp: QApplication, owner: Address, trusting: Address, another: Authority, tmp_path: Path
) -> None:
    window = Window(qtbot, qapp, tmp_path)
    window.starts()
    window.press("Use a server")

    def told(address: Address, words: str) -> None:
        for name, typed in (("Address of the club", str(address.public)), ("Name", DENISE), ("Password", PASSPHRASE)):
            window.write(name, typed)
        window.press("Open")
        window.reads(words)

    told(replace(owner, sslrootcert=str(another.file(tmp_path))), f"The server {FAR} {PROVES_NOT}.")
    told(replace(trusting, host=ELSEWHERE), f"shows the certificate of “{FAR}”, so it may be another server.")
    with pretending(FAR, tmp_path) as there:
        told(replace(trusting, port=there.port), f"The server {FAR} has no encrypted line.")
    with pretending(FAR, tmp_path, shown=another.signed(FAR)) as there:
        told(replace(owner, port=there.port, sslmode="require"), NOT_IN_BETWEEN)
    told(replace(trusting, database="nothing"), "There is no club “nothing” on this server")
    leave(window.app)
