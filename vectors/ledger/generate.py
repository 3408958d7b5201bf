"""Write the vectors of the ledger's formats again, byte for byte: `python generate.py [FOLDER]`.

Nothing of Comity is used, so the vectors judge the code.
"""

import base64
import json
import sys
from pathlib import Path

from cosignature_cases import cosignatures
from note_cases import checkpoints, notes, vkeys
from proof_cases import proofs
from tile_cases import bundles, entries, paths
from tree_cases import consistency_cases, inclusion
from witness_cases import witness

FILES = {
    "inclusion": inclusion,
    "consistency": consistency_cases,
    "vkey": vkeys,
    "note": notes,
    "checkpoint": checkpoints,
    "cosignature": cosignatures,
    "witness": witness,
    "proof": proofs,
    "path": paths,
    "bundle": bundles,
    "entry": entries,
}


def plain(value: object) -> object:
    """Return bytes as text where they are ASCII without NUL, else as base64."""
    if not isinstance(value, bytes):
        raise TypeError(type(value))
    is_text = value.isascii() and b"\0" not in value
    return value.decode() if is_text else {"base64": base64.b64encode(value).decode()}


def main(folder: Path) -> None:
    """Write every file into the folder."""
    for name, make in FILES.items():
        text = json.dumps(make(), indent=1, ensure_ascii=False, default=plain)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
