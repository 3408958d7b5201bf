"""Open a vault by its address: a local folder by default, an object store by one setting."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore.store

from comity.evidence.folder_vault import FolderVault
from comity.evidence.object_vault import ObjectVault
from comity.evidence.storage import StorageFailedError, Vault

__all__ = ["FolderVault", "ObjectVault", "Vault", "open_vault"]

_STORES = {"s3", "s3a", "gs", "az", "azure", "abfs", "abfss", "memory"}


def open_vault(address: str | Path) -> Vault:
    """Open a vault, and make it when it is a folder that is not there yet.

    Args:
        address: a folder, `file:///folder`, or `s3://bucket/prefix` (also `gs://`, `az://`). Credentials, region and endpoint of an
            object store come from its own environment variables (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL`, ...).

    Raises:
        StorageFailedError: the address is of no known kind, or the folder cannot be made.
    """
    if isinstance(address, Path):
        return FolderVault(address)
    parts = urlsplit(address)
    if parts.scheme == "file":
        return FolderVault(Path(unquote(parts.path)))
    if parts.scheme in _STORES:
        return ObjectVault(_store(address))
    if "://" in address:
        raise StorageFailedError(
            "This is not the address of a vault.", where=address, remedy="Use a folder, file:// or s3://."
        )
    return FolderVault(Path(address))


def _store(address: str) -> obstore.store.ObjectStore:
    try:
        return obstore.store.from_url(address)
    except (obstore.exceptions.BaseError, ValueError) as error:
        raise StorageFailedError(f"The object store cannot be opened: {error}", where=address) from error
