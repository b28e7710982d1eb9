"""`manage.py demo`: the whole platform with data, in one command."""

import hashlib
import os
import shutil
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection, connections
from redis import Redis

from config import embedded
from config.demo import LOGINS, PASSWORD, is_empty, load_demo
from config.processes import Supervisor

START_SECONDS = 60


class Command(BaseCommand):
    help = "Run the platform with demo data: web, worker and beat; Ctrl-C stops all of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port", type=int, default=int(os.environ.get("PORT") or 8000), help="default: 8000"
        )
        parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1")
        parser.add_argument("--reset", action="store_true", help="start with fresh demo data")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}"  # noqa: S104
        _require_free_port(host, port)
        try:
            if options["reset"]:
                self._reset()
            self._prepare()
            code = self._run(host, port, address)
        finally:
            self._stop_services()
        if code:
            sys.exit(code)

    def _reset(self) -> None:
        if os.environ.get("DATABASE_URL"):
            raise CommandError("--reset empties the demo's own database only; DATABASE_URL is set.")
        self.stdout.write("Removing the old demo data …")
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        Redis.from_url(settings.REDIS_URL).flushall()
        for folder in (
            settings.BALLOT_KEY_DIR,
            settings.PANEL_KEY_DIR,
            settings.EMAIL_FILE_PATH,
            settings.MEDIA_ROOT,
        ):
            shutil.rmtree(folder, ignore_errors=True)

    def _prepare(self) -> None:
        self.stdout.write("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        if is_empty():
            self.stdout.write("Loading demo data …")
            load_demo()
        _collect_static()
        connections.close_all()

    def _run(self, host: str, port: int, address: str) -> int:
        environment = os.environ | {"KENES_MODE": "demo", "SITE_URL": address}
        python = [sys.executable, "-m"]
        celery = [*python, "celery", "-A", "config"]
        with Supervisor() as children:
            children.start(
                "web",
                [*python, "gunicorn", "config.wsgi:application", "--bind", f"{host}:{port}",
                 "--worker-class", "gthread", "--workers", "2", "--threads", "4",
                 "--log-level", "warning", "--graceful-timeout", "5"],
                env=environment,
                cwd=settings.BASE_DIR,
            )  # fmt: skip
            children.start(
                "worker",
                [*celery, "--quiet", "worker", "--concurrency", "2", "--loglevel", "WARNING",
                 "--without-gossip", "--without-mingle", "--hostname", f"demo-{port}@%h"],
                # The demo may well run as root in a container; the worker warns of it at length.
                env=environment | {"PYTHONWARNINGS": "ignore::RuntimeWarning"},
                cwd=settings.BASE_DIR,
            )  # fmt: skip
            children.start(
                "beat",
                [*celery, "--quiet", "beat", "--loglevel", "WARNING", "--pidfile="],
                env=environment,
                cwd=settings.BASE_DIR,
            )
            if children.wait_ready(f"{address}/healthz", START_SECONDS):
                self._welcome(address)
            return children.run()

    def _welcome(self, address: str) -> None:
        lines = ["", f"Kenes runs at {address}/", "", f"Sign in with the password {PASSWORD}:"]
        lines += [f"  {login.email:<24} {login.does}" for login in LOGINS]
        lines += ["", f"Mail of the demo: {address}/en/demo/mail/", "Ctrl-C stops everything.", ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def _stop_services(self) -> None:
        """Servers that ran before us belong to somebody else of this checkout."""
        connections.close_all()
        if settings.SERVICES_STARTED_HERE:
            embedded.stop(settings.SERVICES_DIR)


def _require_free_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be had ({error.strerror}). "
                "Choose another one: make demo PORT=8001"
            ) from error


def _collect_static() -> None:
    """Compress and name the static files, unless they are as they were."""
    digest = hashlib.sha256()
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            stat = path.stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}".encode())
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest.hexdigest())
