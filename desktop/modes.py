"""What fills the window: the sample city or a city's real server, as the program sees either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop.locks import Gate
    from desktop.views.shell.guide_card import GuideCard
    from desktop.views.shell.sample_banner import SampleBanner


class Mode(Protocol):
    """What fills the window: it opens sessions and gives the frame its extras."""

    def begin(self) -> None: ...

    def banner(self) -> SampleBanner | None: ...

    def guide(self) -> GuideCard | None: ...

    def sign_in_again(self) -> None: ...

    @property
    def configurable(self) -> bool: ...

    def configure(self) -> None: ...

    def renew(self) -> None: ...

    def gate(self) -> Gate: ...

    def sign_out(self) -> None: ...

    def close(self) -> None: ...
