"""A PostgreSQL of the tests' own: made in a folder of its own, on a spare port of this machine, gone afterwards.

It is quick rather than safe (nothing is forced to the disk), since nothing in it outlives the tests.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from system import Need, SetupProblem, install

VARIABLE = "BREATHER_TEST_SERVER"
"""The environment variable that tells the tests where the server is: a URL with its owner's name and password."""

OLDEST = 15
OWNER = "owner"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "jit=off")
CREATE_CLUSTER = Path("/etc/postgresql-common/createcluster.conf")


def programs() -> Path | None:
    """The folder of the newest PostgreSQL here that is new enough; None where there is none."""
    found = [Path(where).resolve().parent for where in (shutil.which("initdb"),) if where is not None]
    for root in (Path("/usr/lib/postgresql"), Path("/usr/pgsql")):
        found += [path.parent for path in root.glob("*/bin/initdb")]
    return max((folder for folder in found if version(folder) >= OLDEST), key=version, default=None)


def version(folder: Path) -> int:
    """The major version of the PostgreSQL in a folder of programs; 0 if it does not run."""
    try:
        said = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False)
        return int(said.stdout.split()[2].split(".")[0])
    except (OSError, IndexError, ValueError):
        return 0


SERVER = (Need("postgresql", lambda: programs() is not None),)
"""What the tests need besides, to run on a server too."""


def no_cluster_of_its_own() -> None:
    """Before Debian's package is installed: it shall not make and start a server for the whole machine.

    What says so belongs to a package that comes first, and is changed once that is there.
    """
    if programs() is not None or not is_root() or shutil.which("apt-get") is None:
        return
    if not CREATE_CLUSTER.exists():
        install(["postgresql-common"])
    said = CREATE_CLUSTER.read_text("utf-8") if CREATE_CLUSTER.exists() else ""
    lines = [line for line in said.splitlines() if not line.lstrip("# ").startswith("create_main_cluster")]
    CREATE_CLUSTER.write_text("\n".join([*lines, "create_main_cluster = false", ""]), "utf-8")


@contextmanager
def running(options: Sequence[str] = (), files: Mapping[str, bytes] | None = None) -> Iterator[str | None]:
    """A server for as long as the block lasts: its URL, or None where this machine has no PostgreSQL.

    `options` are more of its settings ("ssl=on"); `files` are put beside its folder of data ("../NAME" to a setting),
    for its eyes alone. Raises SetupProblem where it does not start.
    """
    where = programs()
    if where is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="breather-server-", ignore_cleanup_errors=True) as folder:
        password, port = secrets.token_hex(16), spare_port()
        home = Path(folder)
        make(where, home, {"password": password.encode(), **(files or {})})
        server = start(where, home, port, options)
        try:
            yield f"postgresql://{OWNER}:{password}@127.0.0.1:{port}/postgres"
        finally:
            stop(server)


def make(where: Path, home: Path, files: Mapping[str, bytes]) -> None:
    """Makes the server's files under `home`, owned by somebody who is not root: PostgreSQL refuses root.

    `files` are put there first; one of them is the "password" of its owner.
    """
    for name, content in files.items():
        (home / name).write_bytes(content)
        (home / name).chmod(0o600)
    if is_root():
        for path in (home, *(home / name for name in files)):
            shutil.chown(path, "nobody")
    settings = ["-U", OWNER, "--auth=scram-sha-256", f"--pwfile={home / 'password'}", "-E", "UTF8", "--no-sync"]
    command = [str(where / "initdb"), "-D", str(home / "data"), "--locale=C", *settings]
    done = subprocess.run(as_nobody(command), cwd=home, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SetupProblem(f"PostgreSQL could not make its files:\n{done.stderr[-2000:]}")


def start(where: Path, home: Path, port: int, options: Sequence[str] = ()) -> "subprocess.Popen[bytes]":
    """Starts it and waits until it answers. Raises SetupProblem."""
    listen = ["-p", str(port), "-k", str(home) if os.name == "posix" else ""]
    settings = [part for one in ("listen_addresses=127.0.0.1", *QUICK, *options) for part in ("-c", one)]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            as_nobody([str(where / "postgres"), "-D", str(home / "data"), *listen, *settings]),
            cwd=home, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    ready = [str(where / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(300):
        if subprocess.run(ready, check=False).returncode == 0:
            return server
        try:
            server.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    stop(server)
    raise SetupProblem(f"PostgreSQL did not start:\n{(home / 'log').read_text('utf-8', 'replace')[-2000:]}")


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Stops it at once; whoever is still connected is cut off."""
    if server.poll() is None:
        server.send_signal(signal.SIGQUIT if os.name == "posix" else signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def as_nobody(command: Sequence[str]) -> list[str]:
    """The command, run as nobody where this is root; on Linux it ends when this process does, however that ends."""
    if shutil.which("setpriv") is None:
        return [*command]
    who = ["--reuid=nobody", "--regid=nogroup", "--clear-groups"] if is_root() else []
    return ["setpriv", *who, "--pdeathsig=QUIT", *command]


def is_root() -> bool:
    """Whether this is root."""
    return sys.platform != "win32" and os.geteuid() == 0


def spare_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    # A server to try things on: `python3 installer/server.py` says where it is and runs until Ctrl+C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that it is tidied up after this too
    with suppress(KeyboardInterrupt), running() as url:
        print(url, flush=True)
        while url is not None:
            time.sleep(60)
