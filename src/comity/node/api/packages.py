"""Court packages: watched while they are packed, verified when they are ready."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from comity.node.access import access_package
from comity.node.api.auth import who
from comity.node.api.schemas import PackageOut
from comity.node.models import CourtPackage
from comity.node.usecases.make_package import retry_package
from comity.node.usecases.verify_package import verify_package

router = Router(tags=["packages"])


@router.get("/{uuid:package_id}", response=PackageOut)
def show_package(request: HttpRequest, package_id: UUID) -> CourtPackage:
    """Show how far a package is, and where it lies on the node's machine."""
    return access_package(who(request), package_id)


@router.post("/{uuid:package_id}/retry", response=PackageOut)
def retry(request: HttpRequest, package_id: UUID) -> CourtPackage:
    """Have a package that failed packed again."""
    return retry_package(who(request), access_package(who(request), package_id))


@router.get("/{uuid:package_id}/verdict", response=dict[str, object])
def verdict(request: HttpRequest, package_id: UUID, language: str = "en") -> dict[str, object]:
    """Verify a package that is ready, as `comity verify` does."""
    return verify_package(who(request), access_package(who(request), package_id)).as_json(language)
