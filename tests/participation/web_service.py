"""A local HTTP service for tests of Telegram and SMS: it notes what it is asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class WebService:
    """`requests` are (path, headers, payload); `answers` are (status, object) by path."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.answers: dict[str, tuple[int, Any]] = {}
        self.url = ""

    def payloads(self, path: str) -> list[dict[str, Any]]:
        return [payload for at, _, payload in self.requests if at.endswith(path)]


@contextmanager
def running_service() -> Iterator[WebService]:
    service = WebService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            payload = json.loads(self.rfile.read(length))
            service.requests.append((self.path, dict(self.headers), payload))
            path = "/" + self.path.rsplit("/", 1)[-1]
            status, answer = service.answers.get(path, (200, {"ok": True, "result": []}))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *args: object) -> None:
            """Nothing on the screen of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
