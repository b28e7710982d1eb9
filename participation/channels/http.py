"""One JSON request to a service that is named in the settings; redirects are never followed."""

import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from participation.channels import ChannelAway, Hangs

SECONDS = 15
LARGEST_ANSWER = 1_000_000


def post_json(
    url: str, payload: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    """The status and the JSON object of the answer, {} where it is none.

    Raises ChannelAway where nobody answers, Hangs where an answer does not come within 15 s.
    """
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.netloc, timeout=SECONDS)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    all_headers = {"Content-Type": "application/json", **(headers or {})}
    try:
        connection.connect()
    except OSError as error:
        raise ChannelAway(f"{type(error).__name__}") from error
    try:
        connection.request("POST", path, json.dumps(payload), all_headers)
        response = connection.getresponse()
        return response.status, _object(response.read(LARGEST_ANSWER))
    except TimeoutError as error:
        raise Hangs("no answer") from error
    except (OSError, HTTPException) as error:
        raise ChannelAway(f"{type(error).__name__}") from error
    finally:
        connection.close()


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
