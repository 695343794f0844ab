"""What happened in a schedule, step by step in words, and a fingerprint of it that two runs of one seed share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

COMMAND = "python3 dev.py campaign simulation --seed {seed} --count 1"


class Violation(AssertionError):
    """An invariant does not hold. ``name`` is I1 to I23; the text says the difference in words."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name}: {what}")
        self.name = name
        self.what = what


@dataclass
class Story:
    """Lines below numbered steps."""

    steps: list[list[str]] = field(default_factory=lambda: [["before the first step"]])

    def step(self, who: str, what: str) -> None:
        """The next step begins."""
        self.steps.append([f"{len(self.steps)}. {who}: {what}"])

    def tell(self, line: str) -> None:
        """Something happened in the step that runs."""
        self.steps[-1].append(line)

    def fingerprint(self, *more: str) -> str:
        """32 hex digits of everything told, and of ``more``."""
        text = "\n".join(line for step in self.steps for line in step)
        return blake2b("\n".join([text, *more]).encode(), digest_size=16).hexdigest()

    def lines(self) -> list[str]:
        """The steps as lines of text."""
        return [line for head, *rest in self.steps for line in (head, *(f"     {each}" for each in rest))]

    def told(self, seed: int, broken: Violation, holding: Iterable[str]) -> str:
        """The story for a person: the steps, what each outbox holds, what broke, how to see it again."""
        lines = [f"Seed {seed} breaks {broken.name}.", "", *self.lines()]
        lines += ["", "What the outboxes hold:", *(f"     {line}" for line in holding)]
        lines += ["", f"{broken.name} is broken: {broken.what}", "", f"Again: {COMMAND.format(seed=seed)}"]
        return "\n".join(lines)
