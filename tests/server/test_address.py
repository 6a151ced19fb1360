"""The address of a club on a server: what is understood, and what would go over an open line."""

import pytest

from models.kernel.errors import BadInput
from models.storage.server_address import Address, is_server, login_of


def test_a_whole_address() -> None:
    found = Address.read(
        "postgresql://own%40er:p%3Aw@db.example.org:5433/our%20club?sslmode=verify-ca&sslrootcert=/c.pem"
    )
    assert (found.host, found.port, found.database) == ("db.example.org", 5433, "our club")
    assert (found.user, found.password) == ("own@er", "p:w")
    assert str(found) == "postgresql://own%40er@db.example.org:5433/our%20club?sslmode=verify-ca&sslrootcert=%2Fc.pem"
    assert Address.read(str(found.public)) == found.public
    assert "p:w" not in repr(found)


@pytest.mark.parametrize(
    "text", ["postgresql://localhost/club", "postgresql://[::1]:5444/club", "postgresql:///club?host=%2Frun%2Fpg"]
)
def test_on_this_machine_it_is_said_again_as_it_was(text: str) -> None:
    found = Address.read(text)
    assert found.on_this_machine
    assert Address.read(str(found)) == found


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://", "postgresql://host", "postgresql:///club", "mysql://host/club", "postgresql://host:port/club",
        "postgresql://one,two/club", "postgresql://host/club?sslmode=none", "postgresql://host/club?hostaddr=10.0.0.1",
        "postgresql://host/club?sslmode", "postgresql://host/club#part", "postgresql://host/cl%00ub",
        "postgresql://localhost/club?host=localhost,elsewhere",
    ],
)  # fmt: skip
def test_what_is_not_understood(text: str) -> None:
    with pytest.raises(BadInput):
        Address.read(text)


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer"])
def test_no_open_line_to_another_machine(mode: str) -> None:
    with pytest.raises(BadInput, match="encrypted line alone"):
        Address.read(f"postgresql://db.example.org/club?sslmode={mode}")
    with pytest.raises(BadInput, match="encrypted line alone"):
        Address.read(f"postgresql:///club?host=db.example.org&sslmode={mode}")
    assert Address.read(f"postgresql://127.0.0.1/club?sslmode={mode}").settings()["sslmode"] == mode


def test_another_machine_has_to_prove_itself_unless_the_address_says_otherwise() -> None:
    settings = Address.read("postgresql://db.example.org/club").settings()
    assert (settings["sslmode"], settings["sslrootcert"]) == ("verify-full", "system")
    settings = Address.read("postgresql://db.example.org/club?sslmode=require").settings()
    assert (settings["sslmode"], settings["sslrootcert"]) == ("require", "")
    assert settings["require_auth"] == "scram-sha-256"
    assert settings["hostaddr"] == ""  # said, so that the machine's environment cannot


def test_which_is_a_server_and_which_a_file() -> None:
    assert is_server("postgresql://host/club")
    assert not is_server("postgresql.breather")
    assert not is_server("club.breather")


def test_a_login_is_found_however_the_name_is_typed() -> None:
    login = login_of("club", "Zoë  Ward")
    assert login == login_of("club", "zoe\u0308 ward")
    assert login != login_of("other", "Zoë Ward")
    assert len(login) <= 63
