"""Deny by default: every handler asks who is there, and the few that do not are named here."""

from __future__ import annotations

from litestar.routes import HTTPRoute

from central.api.requests import PUBLIC
from tests.support.central_office import Office


def test_every_door_is_shut_unless_it_stands_here(office: Office) -> None:
    """A new handler answers nobody who has not signed in; whoever opens one to the public writes it down here."""
    open_doors = {
        (method, route.path)
        for route in office.app.routes
        if isinstance(route, HTTPRoute)
        for method, handler in ((m, h) for h in route.route_handlers for m in h.http_methods)
        if handler.opt.get(PUBLIC) and method not in ("OPTIONS", "HEAD")
    }
    assert open_doors == {
        ("GET", "/.well-known/oauth-authorization-server"),
        ("GET", "/oauth/authorize"),
        ("POST", "/oauth/authorize"),
        ("POST", "/oauth/token"),
        ("POST", "/oauth/revoke"),
        ("GET", "/api/v1/meta"),
        ("GET", "/api/v1/sample/people"),
    }
    asked = 0
    with office.server.session() as session:
        for route in office.app.routes:
            if not isinstance(route, HTTPRoute) or not route.path.startswith("/api/v1/"):
                continue
            path = "/".join(
                ("1" if ":int" in part else part.strip("{}")) if part.startswith("{") else part
                for part in route.path.split("/")
            )
            for method in sorted(route.methods - {"OPTIONS", "HEAD"}):
                if (method, route.path) in open_doors:
                    continue
                for token in ({}, {"Authorization": "Bearer made.up.token"}, {"Authorization": "Basic YTpi"}):
                    reply = session.request(method, f"{office.server.base_url}{path}", headers=token)
                    assert reply.status_code == 401, (method, route.path)
                    assert reply.headers["WWW-Authenticate"].startswith("Bearer")
                    asked += 1
    assert asked > 60
