"""The text form of an age file: strict PEM. Reading only; Comity sends bytes."""

import base64
import binascii
import re

from comity.evidence.age.errors import AgeArmorError

BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"
_LINE = 64


def is_armored(data: bytes) -> bool:
    """Whether the file is in its text form, or was meant to be."""
    return not data.startswith(b"age-encryption.org/") and BEGIN in data[:1024].upper()


def dearmor(data: bytes) -> bytes:
    """Return the bytes of an age file in text form.

    Raises:
        AgeArmorError: anything before or after it but white space, or another way of writing than the one allowed.
    """
    lines = re.split(rb"\r?\n", data.strip(b" \t\r\n"))
    if len(lines) < 3 or lines[0] != BEGIN or lines[-1] != END:
        raise AgeArmorError("The text form of the age file does not begin or end as it must.")
    *full, last = lines[1:-1]
    if any(len(line) != _LINE for line in full) or not 0 < len(last) <= _LINE:
        raise AgeArmorError("A line in the text form of the age file has the wrong length.")
    text = b"".join((*full, last))
    try:
        decoded = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise AgeArmorError("The text form of the age file is not base64.") from error
    if base64.b64encode(decoded) != text:
        raise AgeArmorError("The text form of the age file is not canonical base64.")
    return decoded
