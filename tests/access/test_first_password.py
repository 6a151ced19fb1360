"""The first password a manager hands over."""

from models.access.first_password import first_password
from models.access.passwords import check_password


def test_it_is_always_one_that_may_be_a_password() -> None:
    for _ in range(200):
        check_password(first_password(), club="Harbour Young Carers", person="Denise Okafor")


def test_it_is_never_the_same_twice_and_can_be_read_out() -> None:
    made = {first_password() for _ in range(200)}
    assert len(made) == 200
    assert all(set(each) <= set("abdefgiklmnoprstuvz-") and len(each) == 24 for each in made)
