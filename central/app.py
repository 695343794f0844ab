"""The application: every handler under its path, wrapped in the envelope. Reads no environment and no clock itself."""

from __future__ import annotations

import random

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig

from desktop.models.domain.clock import Clock

from . import services as wiring
from .api import attachments, audit, calls, oauth, people, presence, reports, rules, sample, sync, work
from .api.envelope import Envelope
from .api.errors import on_framework_error, on_problem, on_unexpected
from .api.options import with_options
from .api.requests import Authentication, provide_body, provide_services, provide_session
from .config import Config
from .database import Database
from .problems import ProblemError
from .signals import WaitFor, event_or_timeout
from .tokens import GrantError

PREFIX = "/api/v1"


def create_app(
    database: Database,
    config: Config,
    *,
    clock: Clock,
    rng: random.Random,
    wait_for: WaitFor = event_or_timeout,
) -> Litestar:
    """The server over a database opened by ``installation.open_database``. ``clock`` is real time.

    ``wait_for`` is how a long poll waits.

    The caller closes the database after the application has stopped.
    """
    services = wiring.build(database, config, clock=clock, rng=rng, wait_for=wait_for)
    app = assemble(State({"services": services}))
    app.asgi_handler = Envelope(app.asgi_handler, clock)
    return app


def assemble(state: State, openapi: OpenAPIConfig | None = None) -> Litestar:
    """The handlers alone: what the OpenAPI document is made from."""
    api = Router(
        PREFIX,
        route_handlers=with_options(
            (
                *people.HANDLERS,
                *rules.HANDLERS,
                *sync.HANDLERS,
                *work.HANDLERS,
                *calls.HANDLERS,
                *presence.HANDLERS,
                *attachments.HANDLERS,
                *reports.HANDLERS,
                *audit.HANDLERS,
                *sample.HANDLERS,
            )
        ),
        middleware=[Authentication()],
        dependencies={
            "session": Provide(provide_session),
            "payload": Provide(provide_body),
        },
    )
    return Litestar(
        route_handlers=[*with_options(oauth.HANDLERS), api],
        dependencies={"services": Provide(provide_services)},
        exception_handlers={
            ProblemError: on_problem,
            GrantError: oauth.on_grant_error,
            HTTPException: on_framework_error,
            Exception: on_unexpected,
        },
        state=state,
        openapi_config=openapi,
        logging_config=None,
    )
