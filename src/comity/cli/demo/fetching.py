"""Brings the finished court package from where the node keeps it to the folder where it should be."""

import shutil
from pathlib import Path

from comity.cli.demo.scenes import Tale


def fetch_package(tale: Tale) -> Path:
    """Copy the package from the place that the node names; the folder appears whole or not at all."""
    source = Path(tale.facts["place"])
    part = tale.out.with_name(f".{tale.out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    total = sum(path.stat().st_size for path in source.rglob("*") if path.is_file())
    done = 0

    def copy(name: str, target: str) -> str:
        nonlocal done
        shutil.copyfile(name, target)
        done += Path(target).stat().st_size
        tale.progress(done, total)
        return target

    try:
        shutil.copytree(source, part, copy_function=copy)
        part.replace(tale.out)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return tale.out
