"""The program as `python -m desktop` starts it, ending at its first rows, and telling what it had imported by then.

python -m tests.support.start_imports REPORT SECRETS --profile …    (SECRETS: a JSON file with what the keyring holds)

Changes nothing on the way but where the keyring's answers come from. The report is JSON: module → who imported it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import FrameType, ModuleType

_IMPORTERS: dict[str, str] = {}


class _Noting:
    """Finds nothing; notes who asked first."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and "importlib" in frame.f_code.co_filename:
            frame = frame.f_back
        _IMPORTERS.setdefault(name, frame.f_globals.get("__name__", "?") if frame is not None else "?")
        return None


class Keyring:
    """As a backend of the keyring package looks to the vault."""

    priority = 1
    secrets: dict[str, str]

    def get_password(self, service: str, name: str) -> str | None:
        return self.secrets.get(name)

    def set_password(self, service: str, name: str, secret: str) -> None:
        self.secrets[name] = secret

    def delete_password(self, service: str, name: str) -> None:
        self.secrets.pop(name, None)


def main(words: list[str]) -> int:
    report, secrets, *rest = words
    before = set(sys.modules)
    sys.meta_path.insert(0, _Noting())
    sys.argv = ["supervision-desk", *rest]

    from desktop import app
    from desktop.services.account import vault

    # The backend is this module's own, which is loaded as the program loads any other.
    Keyring.secrets = json.loads(Path(secrets).read_text())
    sys.modules["tests.support.start_imports"] = sys.modules["__main__"]
    vault.ALLOWED[sys.platform] = ("tests.support.start_imports.Keyring",)

    class Watched(app.App):
        def tell(self) -> None:
            known = {name: _IMPORTERS.get(name, "") for name in set(sys.modules) - before}
            Path(report).write_text(json.dumps(known))
            self.window.close()

    def watched(*made_of: object) -> Watched:
        made = Watched(*made_of)  # type: ignore[arg-type]  # what the program gives
        made.looked.connect(made.tell)
        return made

    app.App = watched  # type: ignore[assignment,misc]  # the program makes one, by this name

    from desktop.__main__ import main as start

    return start()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
