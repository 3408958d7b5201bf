"""People, one-time links and tokens."""

from datetime import datetime, timedelta

import pytest

from comity.node.access import NotAllowedError
from comity.node.models import ApiToken, Person, SignInLink
from comity.node.usecases.add_person import UnsuitablePersonError, add_person
from comity.node.usecases.make_token import make_token, person_of_token, revoke_token
from comity.node.usecases.sign_in import UnusableLinkError, make_sign_in_link, redeem_sign_in_link


def test_a_link_signs_in_once(ana: Person, ada: Person, now: datetime) -> None:
    secret = make_sign_in_link(ada, ana, now=now)
    assert redeem_sign_in_link(secret, now=now) == ana
    with pytest.raises(UnusableLinkError):
        redeem_sign_in_link(secret, now=now)


def test_a_link_expires_and_its_secret_is_not_stored(ana: Person, now: datetime) -> None:
    secret = make_sign_in_link(None, ana, now=now)
    assert secret not in str(SignInLink.objects.values_list())
    with pytest.raises(UnusableLinkError):
        redeem_sign_in_link(secret, now=now + timedelta(days=8))


def test_only_an_administrator_makes_links_and_people(ana: Person, ben: Person, now: datetime) -> None:
    with pytest.raises(NotAllowedError):
        make_sign_in_link(ana, ben, now=now)
    with pytest.raises(NotAllowedError):
        add_person(ana, username="dan", name="Dan", roles=["officer"])


@pytest.mark.parametrize(
    ("username", "roles", "password"),
    [("ANA", ["officer"], ""), ("dan", ["judge"], ""), ("dan", [], ""), ("dan", ["officer"], "short")],
)
def test_an_unsuitable_person_is_refused(ana: Person, username: str, roles: list[str], password: str) -> None:
    with pytest.raises(UnsuitablePersonError):
        add_person(None, username=username, name="Dan", roles=roles, password=password)


def test_a_token_acts_for_its_person_until_it_is_revoked(ana: Person, now: datetime) -> None:
    secret = make_token(ana, "laptop", now=now)
    assert person_of_token(secret) == ana
    assert person_of_token(secret + "x") is None
    revoke_token(ana, ApiToken.objects.get().id, now=now)
    assert person_of_token(secret) is None
