"""Settings of a node, read from the environment; see docs/settings.md."""

SECRET_KEY = "only-for-tests-and-type-checks"  # noqa: S105 - replaced when the node gets its settings
INSTALLED_APPS: list[str] = []
USE_TZ = True
