"""The call-back phrase: two words and four digits that an official can say on the telephone to ask whether an act is real.

It follows from the act's digest, so both sides see the same. It is no secret and no signature: it names the act to a person who
then looks at the act in the own register. 8 + 8 bits of words and 4 digits make a mix-up within one office unlikely.
"""

from importlib.resources import files

WORDS = tuple(files("comity.acts").joinpath("callback_words.txt").read_text(encoding="utf-8").split())


def callback_phrase(act_id: str) -> str:
    """Return the phrase of an act, for example `amber-canoe-4417`.

    Args:
        act_id: the act's SHA-256 in hexadecimal.
    """
    data = bytes.fromhex(act_id)
    return f"{WORDS[data[0]]}-{WORDS[data[1]]}-{int.from_bytes(data[2:6], 'big') % 10_000:04d}"
