"""Every error of the exchange says what is wrong and what to do, under a code of its own."""

import importlib
import pkgutil

import comity.exchange
from comity.errors import ComityError, LocalError, PeerError
from comity.exchange.advice import AdvisedError


def errors() -> list[type[ComityError]]:
    found = set()
    for module in pkgutil.iter_modules(comity.exchange.__path__):
        members = vars(importlib.import_module(f"comity.exchange.{module.name}")).values()
        found |= {m for m in members if isinstance(m, type) and issubclass(m, ComityError)}
    ours = {each for each in found if each.__module__.startswith("comity.exchange.")} - {AdvisedError}
    return sorted(ours, key=lambda each: each.__name__)


def test_each_has_a_code_of_its_own_whose_fault_it_is_and_advice() -> None:
    assert len(errors()) > 20
    assert len({error.code for error in errors()}) == len(errors())
    for error in errors():
        assert issubclass(error, LocalError) != issubclass(error, PeerError), error
        assert error("What is wrong.").diagnostics().startswith("What is wrong.\n"), error


def test_what_the_place_that_raises_knows_comes_before_the_standing_advice() -> None:
    for error in errors():
        assert error("x", remedy="Do this.").remedy == "Do this."
