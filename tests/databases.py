"""A database on which every migration has run; others are copied from it in a moment.

Running the migrations takes most of a minute, and every worker needs two databases. The copy's name
holds a digest of the migrations, so it serves until one of them changes, also in the next run.
"""

import ast
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "kenes_migrated_"
LOCK = 7_000_100  # an advisory lock: one worker makes it, the others wait
OURS = ("accounts", "participation", "budgeting", "councils", "edp")


def migrated_database() -> str:
    """The name of a database to copy from; made where there is none."""
    name = PREFIX + _digest()
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        there = {
            row[0]
            for row in admin.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
            )
        }
        if name not in there:
            for old in there:
                drop(admin, old)
            _make(admin, name)
    return name


def create_copy(admin: psycopg.Connection, name: str, template: str) -> None:
    admin.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )


def drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def address_of(name: str) -> str:
    return urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()


def _make(admin: psycopg.Connection, name: str) -> None:
    """Under another name until it is whole: nobody copies from a half of it."""
    unfinished = f"{PREFIX}unfinished"
    drop(admin, unfinished)
    admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0", "--no-input"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address_of(unfinished)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The migrations did not run:\n{done.stdout}{done.stderr}")
    admin.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(unfinished), sql.Identifier(name)
        )
    )


def _digest() -> str:
    """Of all migrations, those of others included, and of what ours import from our code."""
    modules = {migration.__module__ for migration in MigrationLoader(None).disk_migrations.values()}
    paths = {Path(str(sys.modules[module].__file__)) for module in modules}
    paths |= {imported for path in paths for imported in _imported(path)}
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _imported(path: Path) -> Iterator[Path]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    for name in names:
        if name.split(".")[0] in OURS:
            spec = importlib.util.find_spec(name)
            if spec is not None and spec.origin is not None:
                yield Path(spec.origin)
