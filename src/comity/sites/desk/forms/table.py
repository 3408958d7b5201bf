"""A field that is a table: a few columns, one row for each thing, and always one empty row more."""

from collections.abc import Mapping, Sequence
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

MAX_ROWS = 200
Rows = list[dict[str, object]]


class TableWidget(forms.Widget):
    """Draws the rows; the controls of a cell are those of the columns."""

    template_name = "desk/widgets/table.html"

    def __init__(self, columns: Sequence[tuple[str, forms.Field]]) -> None:
        super().__init__()
        self.columns = columns

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> Rows:
        """Read the rows that were posted."""
        found: Rows = []
        for index in range(MAX_ROWS):
            names = [(column, f"{name}-{index}-{column}") for column, _field in self.columns]
            if not any(posted in data for _column, posted in names):
                break
            found.append({column: data.get(posted, "") for column, posted in names})
        return found

    def value_omitted_from_data(self, data: Mapping[str, object], files: object, name: str) -> bool:
        """Return whether the table was on the page at all."""
        return not any(key.startswith(f"{name}-0-") for key in data)

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        """Give the template the cells of every row and of an empty one."""
        context = super().get_context(name, None, attrs)
        filled = [row for row in cast(Rows, value or []) if any(cell not in (None, "") for cell in row.values())]
        rows: Rows = [*filled, {}]
        identity = str(context["widget"]["attrs"].get("id", name))
        context["widget"]["rows"] = [self._row(name, identity, index, row) for index, row in enumerate(rows)]
        return context

    def _row(self, name: str, identity: str, index: int, row: Mapping[str, object]) -> list[dict[str, object]]:
        return [
            {
                "id": f"{identity}-{index}-{column}",
                "label": field.label,
                "control": self._control(
                    field, f"{name}-{index}-{column}", row.get(column), f"{identity}-{index}-{column}"
                ),
            }
            for column, field in self.columns
        ]

    @staticmethod
    def _control(field: forms.Field, name: str, value: object, identity: str) -> SafeString:
        widget = field.widget
        if isinstance(widget, forms.RadioSelect):
            widget = forms.Select(choices=[("", ""), *field.choices])  # type: ignore[attr-defined]  # a radio's field has choices
        return SafeString(widget.render(name, value, {"id": identity}))


class TableField(forms.Field):
    """Cleans every cell with the field of its column."""

    def __init__(self, columns: Sequence[tuple[str, forms.Field]]) -> None:
        super().__init__(widget=TableWidget(columns))
        self.columns = columns

    def clean(self, value: object) -> Rows:
        """Return the rows with typed cells.

        Raises:
            ValidationError: a cell cannot be read; it says which row.
        """
        return [self._clean_row(index, row) for index, row in enumerate(cast(Rows, value or []), 1)]

    def _clean_row(self, index: int, row: Mapping[str, object]) -> dict[str, object]:
        cleaned = {}
        for column, field in self.columns:
            try:
                cleaned[column] = field.clean(row.get(column))
            except ValidationError as error:
                raise ValidationError([f"{index}: {field.label}: {text}" for text in error.messages]) from error
        return cleaned
