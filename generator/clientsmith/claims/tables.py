"""Tables of a page: of fields, of values, of statuses, of error codes, of operations, known by their header row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clientsmith.claims import words
from clientsmith.claims.blocks import Row, Table
from clientsmith.claims.model import Claim, ErrorCodeClaim, FieldClaim, OperationClaim, Role, StatusClaim
from clientsmith.claims.paths import operation_at, operation_of
from clientsmith.claims.scope import Scope, field_of_values, is_general, name_in

_NAMES = (
    "field", "name", "parameter", "property", "attribute", "key", "param", "argument", "header", "field name",
    "parameter name", "query parameter", "path parameter", "body parameter", "fields", "parameters", "input",
    "variable",
)  # fmt: skip
_TYPES = ("type", "data type", "datatype", "format")
_REQUIRED = ("required", "required?", "req", "req.", "mandatory", "presence")
_OPTIONAL = ("optional", "optional?")
_DEFAULTS = ("default", "defaults", "default value")
_VALUE_LISTS = ("values", "allowed values", "possible values", "options", "accepted values", "enum", "valid values")
_CODES = ("code", "error code", "error", "error_code", "error type")
_STATUSES = (
    "http", "http status", "status", "http code", "status code", "http status code", "response code", "response",
    "http response", "status codes",
)  # fmt: skip
_VALUES = ("value", "state", "status", "mode", "type", "kind", "option")
_METHODS = ("method", "verb", "http method")
_PATHS = ("path", "endpoint", "url", "uri", "route", "resource")

_PATH = re.compile(r"[\w$@-]+(?:\[\w*\])*(?:\.[\w$@-]+(?:\[\w*\])*)*")
_WORD = re.compile(r"[\w.-]+")


def table_claims(table: Table, scope: Scope) -> Iterator[Claim]:
    """Everything that a table states, row by row."""
    reader = _Table(table, scope)
    for row in table.rows:
        yield from reader.row(row)


def fitted_cells(table: Table, row: Row) -> list[str]:
    """As many cells as a table has columns: a type `string | null` was written with a pipe of its own."""
    columns = _columns(table)
    return _fitted(row.cells, len(columns), _column(columns, _TYPES))


class _Table:
    def __init__(self, table: Table, scope: Scope) -> None:
        self.table, self.scope = table, scope
        columns = _columns(table)
        self.names, self.types = _column(columns, _NAMES), _column(columns, _TYPES)
        self.required, self.optional = _column(columns, _REQUIRED), _column(columns, _OPTIONAL)
        self.defaults, self.lists = _column(columns, _DEFAULTS), _column(columns, _VALUE_LISTS)
        self.codes, self.statuses = _column(columns, _CODES), _column(columns, _STATUSES)
        self.methods, self.paths = _column(columns, _METHODS), _column(columns, _PATHS)
        self.first = columns[0] if columns else ""
        self.group = f"{scope.section}|{'|'.join(columns)}"
        has_flags = self.required is not None or self.optional is not None or self.defaults is not None
        self.role: Role = scope.role or ("request" if has_flags else "")
        if self.names is not None and self.types is None and "value" in columns and not has_flags:
            # A table of properties and their values is about one thing, and no list of fields.
            self.names = None

    def row(self, row: Row) -> Iterator[Claim]:
        cells = fitted_cells(self.table, row)
        yield from self._operation(cells, row.number)
        if self.names is not None:
            yield from self._field(cells, row.number)
            return
        place = self.scope.at(row.number)
        code = words.bare(cells[self.codes]) if self.codes is not None else ""
        status = words.leading_status(cells[self.statuses]) if self.statuses is not None else ""
        if self.codes is not None and not re.match(r"\d{3}\b", code):
            if _WORD.fullmatch(code):
                yield ErrorCodeClaim(code, status, self.scope.operation, place)
            return
        status = status or words.leading_status(code)
        if status and (self.codes is not None or self.statuses is not None):
            yield StatusClaim(status, self.scope.operation, place)
            return
        value = words.bare(cells[0])
        field = field_of_values(self.scope.section)
        field = field if field is not None else field_of_values(self.scope.lead)
        if self.first in _VALUES and _WORD.fullmatch(value) and not is_general(self.scope.section):
            if not field:
                field = self.first if self.first in ("state", "status", "mode", "kind") else name_in(self.scope.section)
            yield from self.scope.values(field, (value,), "table", row.number)
            return
        for cell in cells:
            yield from self.scope.sentence(cell, row.number)

    def _operation(self, cells: Sequence[str], line: int) -> Iterator[Claim]:
        found = None
        if self.methods is not None and self.paths is not None:
            found = operation_of(cells[self.methods], cells[self.paths])
        elif self.names is None:
            found = next((one for cell in cells if (one := operation_at(cell)) is not None), None)
        if found is not None:
            yield OperationClaim(found.method, found.path, self.scope.at(line))

    def _field(self, cells: Sequence[str], line: int) -> Iterator[Claim]:
        assert self.names is not None
        named = cells[self.names]
        found = _PATH.match(words.bare(named.split("(")[0].replace("\\", "")))
        path = found[0] if found else ""
        # A name with words behind it is text: "Plan limits" is no field.
        rest = named.replace(path, "", 1).strip("`*_ ?") if path else ""
        if not path or (rest and words.required_in(rest) is None and not rest.startswith(("(", "<", "string"))):
            for cell in cells:
                yield from self.scope.sentence(cell, line)
            return
        type_ = cells[self.types] if self.types is not None else ""
        stated = words.types_in(type_)
        special = {self.names, self.types, self.required, self.optional, self.defaults}
        described = [cell for index, cell in enumerate(cells) if index not in special]
        required: bool | None = None
        if self.required is not None:
            required = words.required_of_cell(cells[self.required])
            if not required and _depends(cells[self.required]):
                required = None
        elif self.optional is not None:
            required = not words.required_of_cell(cells[self.optional])
        else:
            given = (words.required_in(text) for text in (rest, type_, *described))
            required = next((one for one in given if one is not None), None)
        default = words.default_of(cells[self.defaults]) if self.defaults is not None else ""
        default = default or next((one for cell in described if (one := words.default_in(cell))), "")
        nullable = ("null" in stated) if stated else None
        yield FieldClaim(
            path=path,
            types=tuple(sorted(set(stated) - {"null"})),
            nullable=nullable,
            required=required,
            default=default,
            form="table",
            role=self.role,
            status=self.scope.status,
            operation=self.scope.operation,
            location=self.scope.at(line),
            group=self.group,
        )
        yield from self._details(path, type_, described, cells, line)

    def _details(
        self, path: str, type_: str, described: Sequence[str], cells: Sequence[str], line: int
    ) -> Iterator[Claim]:
        values = words.values_in(cells[self.lists]) if self.lists is not None else ()
        if self.lists is not None and not values:
            # A column for values needs no words around them.
            values = words.values_in(f"one of {cells[self.lists]}")
        values = values or words.values_in(type_)
        values = values or next((one for cell in described if (one := words.values_in(cell))), ())
        yield from self.scope.values(path, values, "table", line, status=self.scope.status)
        for cell in (type_, *described):
            yield from self.scope.facts(cell, line, subject=path)


def _depends(cell: str) -> bool:
    """Whether a cell of "Required" says neither yes nor no: "if `b` is given"."""
    return len(cell.split()) > 1 and not words.bare(cell).lower().startswith(("no", "optional", "not"))


def _columns(table: Table) -> list[str]:
    return [words.bare(cell).lower() for cell in table.header.cells]


def _column(columns: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((index for index, column in enumerate(columns) if column in wanted), None)


def _fitted(cells: Sequence[str], width: int, types: int | None) -> list[str]:
    fitted = list(cells)
    while len(fitted) > width:
        spare = len(fitted) - width
        if types is not None and all(words.types_in(cell) for cell in fitted[types : types + spare + 1]):
            fitted[types : types + spare + 1] = [" | ".join(fitted[types : types + spare + 1])]
        else:
            fitted[width - 1 :] = [" | ".join(fitted[width - 1 :])]
    return fitted + [""] * (width - len(fitted))
