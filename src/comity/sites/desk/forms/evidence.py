"""The form with which evidence is taken in."""

from pathlib import Path

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.sites.desk.forms.base import DeskForm


class AttachForm(DeskForm):
    """What it is, and where it lies; the files themselves are read before the form."""

    title = forms.CharField(
        label=_("What it is"),
        max_length=200,
        help_text=_("One line for people, for example “Disk of the seized laptop, item 3”."),
    )
    path = forms.CharField(
        label=_("Path on the node’s machine"),
        required=False,
        max_length=4096,
        help_text=_(
            "For disk images and large folders: a file or folder that the node can read. Nothing is changed there."
        ),
    )

    def source(self) -> Path | None:
        """Return the path that was named, or None."""
        given = str(self.cleaned_data.get("path", "")).strip()
        return Path(given) if given else None
