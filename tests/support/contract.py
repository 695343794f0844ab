"""A witness between client and server: every exchange held against the committed OpenAPI document.

The judge is openapi-core, which shares no code with either side. Bodies are judged inflated, as the
contract states them.
"""

from __future__ import annotations

import gzip
import io
import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import requests
import zstandard
from openapi_core import Config, OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest, RequestsOpenAPIResponse
from openapi_core.exceptions import OpenAPIError
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

DOCUMENT = Path(__file__).resolve().parents[2] / "resources" / "contract" / "openapi.json"


@cache
def contract() -> OpenAPI:
    """The committed document."""
    readers: dict[str, Callable[[bytes], Any]] = {
        "application/problem+json": json.loads,
        "application/octet-stream": _as_text,
        "application/offset+octet-stream": _as_text,
    }
    config = Config(extra_media_type_deserializers=readers)
    return OpenAPI.from_dict(json.loads(DOCUMENT.read_text("utf-8")), config=config)


def _as_text(body: bytes) -> str:
    """Bytes as the judge knows them: a string, one sign a byte, so that their number is judged."""
    return body.decode("latin-1")


class Witness(BaseAdapter):
    """Passes on and takes down what does not fit: ``breaches`` in words, ``heard`` counts by "METHOD path status"."""

    def __init__(self, way: BaseAdapter) -> None:
        super().__init__()
        self._way = way
        self.breaches: list[str] = []
        self.heard: Counter[str] = Counter()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        response = self._way.send(request, *args, **kwargs)
        wire = response.raw.read(decode_content=False)
        response.raw = HTTPResponse(
            body=io.BytesIO(wire),
            headers=response.raw.headers,
            status=response.status_code,
            preload_content=False,
            request_method=request.method,
        )
        self._judge(request, response, wire)
        return response

    def close(self) -> None:
        self._way.close()

    def _judge(self, request: requests.PreparedRequest, response: requests.Response, wire: bytes) -> None:
        seen = f"{request.method} {request.path_url.partition('?')[0]} {response.status_code}"
        self.heard[seen] += 1
        asked = RequestsOpenAPIRequest(_inflated_request(request))
        told = RequestsOpenAPIResponse(_inflated_response(response, wire))
        # A wrong question that the server refuses is an answer by the contract, and still a fault of the client.
        looks: tuple[tuple[str, Callable[[], object]], ...] = (
            ("request", lambda: contract().validate_request(asked)),
            ("response", lambda: contract().validate_response(asked, told)),
        )
        for side, look in looks:
            try:
                look()
            except OpenAPIError as error:
                reasons = [str(error), *(str(cause) for cause in _causes(error))]
                self.breaches.append(f"{seen}: {side}: {' / '.join(reasons)}"[:1000])


def _inflated_request(request: requests.PreparedRequest) -> requests.PreparedRequest:
    plain = request.copy()
    if plain.headers.get("Content-Encoding") == "gzip":
        assert isinstance(plain.body, bytes)
        plain.body = gzip.decompress(plain.body)
        del plain.headers["Content-Encoding"]
    return plain


def _inflated_response(response: requests.Response, wire: bytes) -> requests.Response:
    encoding = response.headers.get("Content-Encoding", "")
    if encoding == "gzip":
        wire = gzip.decompress(wire)
    elif encoding == "zstd":
        wire = zstandard.ZstdDecompressor().decompressobj().decompress(wire)
    plain = requests.Response()
    plain.status_code = response.status_code
    plain.headers.update({k: v for k, v in response.headers.items() if k.lower() != "content-encoding"})
    plain.raw = io.BytesIO(wire)
    return plain


def _causes(error: BaseException) -> list[BaseException]:
    """What lies under an error of the validator: it names the field."""
    found: list[BaseException] = list(getattr(error.__cause__, "schema_errors", ()) or ())
    if error.__cause__ is not None:
        found = [error.__cause__, *found, *_causes(error.__cause__)]
    return found
