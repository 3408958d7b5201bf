"""The Django project of one authority's node: storage, users, access, work, interface for programs."""
