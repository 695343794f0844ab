"""The OpenAPI 3.1 document: Litestar's paths and parameters, completed with what it leaves out.

Schemas come from msgspec with all bounds; replies and problems from ``api.documented``; each kind of operation with its
payload. ``python -m central openapi`` writes it; the committed copy in ``resources/contract`` is checked by a test.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Litestar
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig

from desktop.models.domain import entities, operations, oversight, wire
from desktop.models.domain.entities import TYPES
from desktop.models.domain.operations import CATALOGUE, Operation
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import PROTOCOL, Change, ChangesPage, Problem, SnapshotPage

from .api.attachments import CHUNK_TYPE
from .api.documented import BYTES, DOCUMENTED, HTML, Documented, Link
from .api.errors import PROBLEM_TYPE
from .api.oauth import FORM, OAuthError
from .api.requests import BODY, PUBLIC
from .app import PREFIX, assemble
from .config import LIMITS

Json = dict[str, Any]
_ROOTS = ("/oauth", "/.well-known")
_REF = "#/components/schemas/{name}"
_TITLE = "12345 supervision desk: central server"
_HEADERS: Mapping[str, Json] = {
    "X-Server-Time": {
        "description": "Real time of the server.",
        "schema": {"type": "string", "format": "date-time"},
    },
    "Retry-After": {"description": "Whole seconds.", "schema": {"type": "integer", "minimum": 1}},
    "ETag": {"description": "Strong.", "schema": {"type": "string"}},
    "Location": {"description": "The loopback redirect.", "schema": {"type": "string"}},
    "Upload-Offset": {"description": "Bytes received.", "schema": {"type": "integer", "minimum": 0}},
    "Upload-Length": {"description": "Bytes announced.", "schema": {"type": "integer", "minimum": 0}},
    "Content-Range": {"description": "Of a partial reply.", "schema": {"type": "string"}},
}
_REQUEST_HEADERS: Mapping[str, str] = {
    "X-Request-Id": "Names the request in the server's log.",
    "X-Device-Id": "The device the access token is bound to; another one is refused.",
    "X-Client-Version": "An outdated client may push but no longer pull (426).",
}


def document() -> Json:
    """The whole document, keys in a stable order."""
    app = assemble(State({}), OpenAPIConfig(title=_TITLE, version=f"{PROTOCOL}.0.0"))
    schema: Json = json.loads(json.dumps(app.openapi_schema.to_schema()))
    handlers = _handlers(app)
    structs: set[Any] = {Problem, OAuthError, RuleProfile, Operation, Change, *TYPES.values()}
    structs |= {kind.payload for kind in CATALOGUE.values()}
    for (method, path), documented in DOCUMENTED.items():
        full = path if path.startswith(_ROOTS) else PREFIX + path
        handler = handlers[method, full]
        structs |= {reply for reply in documented.replies.values() if reply not in (None, HTML, BYTES)}
        structs |= {handler.opt[key] for key in (BODY, FORM) if key in handler.opt}
        _complete(schema["paths"][full][method], method, handler, documented)
        handlers.pop((method, full))
    if handlers:
        raise LookupError(f"no line in api/documented.py for {sorted(handlers)}")
    statuses = {status for documented in DOCUMENTED.values() for status in documented.problems}
    schema["components"] = {
        "schemas": _components(structs),
        "responses": {str(status): _problem(status) for status in statuses},
        "parameters": {name: _request_header(name, text) for name, text in _REQUEST_HEADERS.items()},
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
    }
    whole: Json = json.loads(json.dumps(_whole_numbers(schema)))  # tuples become the lists they are in JSON
    return whole


def render() -> str:
    """The document as it is committed."""
    return json.dumps(document(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _handlers(app: Litestar) -> dict[tuple[str, str], HTTPRouteHandler]:
    found: dict[tuple[str, str], HTTPRouteHandler] = {}
    for route in app.routes:
        path = "/" + "/".join(_plain(part) for part in route.path.strip("/").split("/"))
        if not path.startswith((*_ROOTS, PREFIX)):
            continue  # Litestar's own pages about the document
        for handler in getattr(route, "route_handlers", []):
            for method in handler.http_methods:
                if method != "OPTIONS":
                    found[str(method).lower(), path] = handler
    return found


def _plain(part: str) -> str:
    """ "{device_id:str}" → "{device_id}"."""
    return part.partition(":")[0] + "}" if part.startswith("{") else part


def _complete(operation: Json, method: str, handler: HTTPRouteHandler, documented: Documented) -> None:
    """Replies, problems, request body, headers and security of one operation."""
    public = bool(handler.opt.get(PUBLIC))
    operation["operationId"] = handler.handler_name
    operation["summary"] = (handler.fn.__doc__ or "").strip().splitlines()[0]
    operation.pop("deprecated", None)
    operation["security"] = [] if public else [{"bearer": []}]
    operation["responses"] = _responses(documented)
    for parameter in operation.get("parameters", []):
        for name in ("deprecated", "allowEmptyValue", "allowReserved"):
            parameter.pop(name, None)
        if parameter["name"] in documented.parameters:
            parameter["required"] = True
            parameter["schema"] = {"type": "string", "pattern": documented.parameters[parameter["name"]]}
    if not public:
        operation.setdefault("parameters", []).extend(
            {"$ref": f"#/components/parameters/{name}"} for name in _REQUEST_HEADERS
        )
    body = _request_body(handler, documented)
    if body is not None:
        operation["requestBody"] = body


def _request_body(handler: HTTPRouteHandler, documented: Documented) -> Json | None:
    if BODY in handler.opt:
        content: Json = {"application/json": {"schema": _schema_of(handler.opt[BODY])}}
    elif FORM in handler.opt:
        content = {"application/x-www-form-urlencoded": {"schema": _schema_of(handler.opt[FORM])}}
    elif handler.opt.get("chunk"):
        chunk = {"schema": {"type": "string", "format": "binary", "maxLength": LIMITS.chunk_bytes}}
        content = {CHUNK_TYPE: chunk, BYTES: chunk}
    else:
        return None
    return {"required": not documented.optional_body, "content": content}


def _responses(documented: Documented) -> Json:
    responses: Json = {}
    for status, reply in documented.replies.items():
        headers = {name: _HEADERS[name] for name in ("X-Server-Time", *documented.headers)}
        response: Json = {"description": HTTPStatus(status).phrase, "headers": headers}
        if reply == HTML:
            response["content"] = {HTML: {"schema": {"type": "string"}}}
        elif reply == BYTES:
            response["content"] = {BYTES: {"schema": {"type": "string", "format": "binary"}}}
        elif reply is not None:
            response["content"] = {"application/json": {"schema": _schema_of(reply)}}
        if status in documented.links:
            response["links"] = {link.operation: _link(link) for link in documented.links[status]}
        responses[str(status)] = response
    if documented.oauth_error:
        responses["400"] = {
            "description": "An error of RFC 6749.",
            "content": {"application/json": {"schema": _schema_of(OAuthError)}},
        }
    for status in sorted(set(documented.problems)):
        responses[str(status)] = {"$ref": f"#/components/responses/{status}"}
    return responses


def _link(link: Link) -> Json:
    shown: Json = {"operationId": link.operation, "parameters": dict(link.parameters)}
    return shown | ({"requestBody": dict(link.body)} if link.body else {})


def _problem(status: int) -> Json:
    names = ("X-Server-Time", "Retry-After") if status in (429, 503) else ("X-Server-Time",)
    return {
        "description": HTTPStatus(status).phrase,
        "headers": {name: _HEADERS[name] for name in names},
        "content": {PROBLEM_TYPE: {"schema": _schema_of(Problem)}},
    }


def _request_header(name: str, text: str) -> Json:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": text,
        "schema": {"type": "string"},
    }


def _twin(struct: type[msgspec.Struct], **types: Any) -> type[msgspec.Struct]:
    """The same struct with other types for some fields: msgspec cannot document a field of raw JSON."""
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    for each in msgspec.structs.fields(struct):
        kind = types.get(each.name, each.type)
        if each.required:
            fields.append((each.encode_name, kind))
        else:
            fields.append((each.encode_name, kind, msgspec.UNSET if each.name in types else each.default))
    return msgspec.defstruct(
        struct.__name__, fields, kw_only=True, omit_defaults=True, namespace={"__doc__": struct.__doc__}
    )


_CHANGE = _twin(Change, data=dict[str, Any] | msgspec.UnsetType)
_TWINS: Mapping[Any, Any] = {
    Change: _CHANGE,
    ChangesPage: _twin(ChangesPage, changes=tuple[_CHANGE, ...]),  # type: ignore[valid-type]
    SnapshotPage: _twin(SnapshotPage, changes=tuple[_CHANGE, ...]),  # type: ignore[valid-type]
}


def _schema_of(struct: Any) -> Json:
    (schema,), _ = msgspec.json.schema_components([_TWINS.get(struct, struct)], ref_template=_REF)
    return schema


def _components(structs: set[Any]) -> Json:
    documented = sorted((_TWINS.get(struct, struct) for struct in structs), key=str)
    _, components = msgspec.json.schema_components(documented, ref_template=_REF)
    schemas: Json = dict(components)
    _mark_times(schemas)
    schemas["Change"] = _change(schemas["Change"])
    schemas |= _operations(schemas.pop("Operation"))
    return schemas


def _mark_times(schemas: Json) -> None:
    """Times are RFC 3339 with an offset; msgspec says so only where the type does."""
    for module in (entities, operations, oversight, wire):
        for struct in vars(module).values():
            if not (isinstance(struct, type) and issubclass(struct, msgspec.Struct)):
                continue
            properties = schemas.get(struct.__name__, {}).get("properties", {})
            for each in msgspec.structs.fields(struct):
                shown = properties.get(each.encode_name, {})
                for schema in (shown, *shown.get("anyOf", [])):
                    if "datetime.datetime" in str(each.type) and schema.get("type") == "string":
                        schema["format"] = "date-time"


def _whole_numbers(value: Any) -> Any:
    """Bounds such as 500.0 as the integers they are."""
    if isinstance(value, dict):
        return {key: _whole_numbers(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_whole_numbers(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _change(schema: Json) -> Json:
    """A put carries the row its type names; nothing else carries one."""
    rows = [
        {
            "if": {"properties": {"type": {"const": name}, "op": {"const": "put"}}},
            "then": {"properties": {"data": {"$ref": _REF.format(name=row.__name__)}}},
        }
        for name, row in TYPES.items()
    ]
    carries = {
        "if": {"properties": {"op": {"const": "put"}}},
        "then": {"required": ["data"]},
        "else": {"properties": {"data": False}},
    }
    return {**schema, "allOf": [*rows, carries]}


def _operations(base: Json) -> Json:
    """The envelope every operation has, and for each kind its payload. An unknown kind is refused by itself."""
    kinds: Json = {}
    for kind in CATALOGUE.values():
        properties = base["properties"] | {
            "kind": {"const": kind.name},
            "payload": {"$ref": _REF.format(name=kind.payload.__name__)},
        }
        kinds[f"Operation.{kind.name}"] = {
            **base,
            "title": kind.name,
            "description": f"{kind.mode} of {kind.entity_type}; any of the roles {', '.join(sorted(kind.roles))}",
            "properties": properties,
        }
    references = [{"$ref": _REF.format(name=name)} for name in kinds]
    other = "Operation.other"
    return {
        "Operation": {"anyOf": [*references, {"$ref": _REF.format(name=other)}]},
        other: {**base, "description": "Any other kind is answered with its own refusal."},
        **kinds,
    }
