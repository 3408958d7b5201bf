"""Signers and a directory for the tests; keys are made once in a run."""

from datetime import timedelta
from functools import cache
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric import ec

from comity.acts.certificates import listed, make_office_certificate, make_time_certificate
from comity.acts.office import Office
from comity.acts.signing import OfficeSigner
from comity.acts.timestamp import LocalTimeAuthority
from samples import NOW, OFFICES, SENDER
