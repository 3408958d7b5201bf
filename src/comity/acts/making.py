"""Makes an act: what it says, set on paper, signed."""

from collections.abc import Mapping
from dataclasses import dataclass

from comity.acts.act import Act, decode_act, encode_act
from comity.acts.document import compose
from comity.acts.office import Office
from comity.acts.render import render
from comity.acts.signing import OfficeSigner, sign
from comity.acts.wordbook import Wordbook


@dataclass(frozen=True, slots=True)
class SignedAct:
    """An act with its signed PDF."""

    act: Act
    pdf: bytes


def make_act(act: Act, signer: OfficeSigner, wordbook: Wordbook, offices: Mapping[str, Office]) -> SignedAct:
    """Return the signed PDF of an act.

    Args:
        act: what is to be said.
        signer: of the office that the act names as its sender.
        wordbook: labels of codes and the forms.
        offices: office id -> office as in the directory, for the sender and the parties.

    Raises:
        MalformedActError: the act would be refused by a receiver, for example for a character that paper cannot show.
        UnprintableError: the typesetter refuses it.
        TimeStampUnavailableError: the time authority gave no stamp.
    """
    payload = encode_act(act)
    decode_act(payload)
    return SignedAct(act, sign(render(compose(act, wordbook, offices), payload), signer))
