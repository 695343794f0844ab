"""Single values of a record: templates, value maps and rules of the mapping, bound to the columns of one file.

Pure. Binding happens once a file, so that filling in a field costs little on each of its records.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from desktop.models.domain.redaction import redact

from .mapping import Rule, Spec, columns_of, split_template
from .problems import RowProblem

Fill = Callable[[Sequence[str]], str]
"""From the cells of a record to one text, blanks around it removed. Raises :class:`RowProblem`."""

_BLANKS = re.compile(r"\s+")
_LONGEST_SHOWN = 40

redacted = lru_cache(maxsize=8192)(redact)
"""``redact`` with a memory: answers repeat by the thousand."""


def bind(spec: Spec, columns: Sequence[str]) -> Fill:
    """A field's specification as a function of a record's cells."""
    if isinstance(spec, str):
        return bind_template(spec, columns)
    fill = bind_template(spec.text, columns)
    rules = [bind_rule(rule, columns) for rule in spec.rules]
    values, default = spec.values, spec.default
    blame = next(iter(columns_of(spec)), "")

    def value(cells: Sequence[str]) -> str:
        for holds, result in rules:
            if holds(cells):
                return result
        text = fill(cells)
        if not values:
            return text or default or ""
        if text in values:
            return values[text]
        if default is not None:
            return default
        shown = text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
        raise RowProblem(blame, f"the mapping does not say what {shown!r} becomes")

    return value


def bind_template(template: str, columns: Sequence[str]) -> Fill:
    """A template as a function of a record's cells."""
    parts = split_template(template)
    if len(parts) == 1:
        constant = template.strip()
        return lambda cells: constant
    where = [columns.index(name) for name in parts[1::2]]
    if parts[0] == parts[-1] == "" and len(where) == 1:
        only = where[0]
        return lambda cells: cells[only]
    literals = parts[::2]

    def text(cells: Sequence[str]) -> str:
        made = [literals[0]]
        for index, literal in zip(where, literals[1:], strict=True):
            made += (cells[index], literal)
        return "".join(made).strip()

    return text


def bind_rule(rule: Rule, columns: Sequence[str]) -> tuple[Callable[[Sequence[str]], bool], str]:
    """Whether a rule holds for a record, and what it then gives."""
    index = columns.index(rule.column)
    if rule.filled is not None:
        filled = rule.filled
        return (lambda cells: bool(cells[index]) is filled), rule.value
    pattern = re.compile(rule.matches, re.IGNORECASE)
    return (lambda cells: pattern.search(cells[index]) is not None), rule.value


def one_line(text: str) -> str:
    """Runs of blanks and line ends as one blank."""
    return _BLANKS.sub(" ", text)
