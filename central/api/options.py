"""OPTIONS for every path, naming every method of it: Litestar alone names those of the first handler only."""

from __future__ import annotations

from collections.abc import Sequence

from litestar import Response, route
from litestar.handlers import HTTPRouteHandler

from .requests import PUBLIC


def with_options(handlers: Sequence[HTTPRouteHandler]) -> list[HTTPRouteHandler]:
    """The handlers, each path's OPTIONS before them."""
    methods: dict[str, set[str]] = {}
    for handler in handlers:
        for path in handler.paths:
            methods.setdefault(path, {"OPTIONS"}).update(handler.http_methods)
    return [*(_options(path, ", ".join(sorted(allowed))) for path, allowed in methods.items()), *handlers]


def _options(path: str, allow: str) -> HTTPRouteHandler:
    def options() -> Response[None]:
        return Response(None, status_code=204, headers={"Allow": allow})

    made: HTTPRouteHandler = route(
        path,
        http_method="OPTIONS",
        status_code=204,
        include_in_schema=False,
        opt={PUBLIC: True},
        sync_to_thread=False,
    )(options)
    return made
