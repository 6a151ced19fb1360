"""The two commands do nothing twice, say the one command when they may not act, and run every check to the end."""

import importlib
import importlib.util
import socket
import sys
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

INSTALLER = Path(__file__).resolve().parents[2] / "installer"


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(INSTALLER)
    return importlib.import_module("system")


@pytest.fixture
def server(system: ModuleType) -> ModuleType:
    return importlib.import_module("server")


@pytest.fixture
def environment(system: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module that makes .venv, looking at a folder of the test's own."""
    found = importlib.import_module("environment")
    pins = tmp_path / "installer" / "requirements"
    pins.mkdir(parents=True)
    for name in ("run", "test"):
        (pins / f"{name}.txt").write_text("one==1\n", "utf-8")
    (tmp_path / "pyproject.toml").touch()
    for name, path in (("ROOT", ""), ("VENV", ".venv"), ("PYTHON", ".venv/python"), ("PLACE", ".venv/made-for")):
        monkeypatch.setattr(found, name, tmp_path / path)
    return found


@pytest.fixture
def steps(environment: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps that would have been run, by what goes wrong when they fail."""
    taken: list[str] = []

    def pretend(command: list[str], trouble: str) -> None:
        taken.append(trouble)
        (tmp_path / ".venv").mkdir(exist_ok=True)
        (tmp_path / ".venv" / "python").touch()

    monkeypatch.setattr(environment, "run", pretend)
    monkeypatch.setattr(environment, "works", lambda: True)
    return taken


def test_a_second_run_has_nothing_to_do(environment: ModuleType, steps: list[str]) -> None:
    environment.prepare("run")
    assert len(steps) == 4
    environment.prepare("run")
    assert len(steps) == 4


def test_what_was_set_up_for_the_tests_serves_the_app(environment: ModuleType, steps: list[str]) -> None:
    environment.prepare("test")
    environment.prepare("run")
    assert len(steps) == 4


def test_new_pins_are_installed(environment: ModuleType, steps: list[str]) -> None:
    environment.prepare("run")
    environment.requirements("run").write_text("one==2\n", "utf-8")
    environment.prepare("run")
    assert len(steps) == 7  # the three after .venv is made


def test_a_step_that_fails_is_taken_again(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "make_venv", environment.VENV.mkdir)
    with pytest.raises(environment.SetupProblem, match="network"):
        environment.prepare("run")
    assert not (environment.VENV / "run.stamp").exists()


def test_a_moved_folder_gets_a_new_venv(environment: ModuleType, steps: list[str]) -> None:
    environment.prepare("run")
    environment.PLACE.write_text("somewhere else", "utf-8")
    environment.prepare("run")
    assert steps.count("Python could not make .venv.") == 2


def test_without_root_the_one_command_is_said(system: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(system.shutil, "which", lambda name: name)
    monkeypatch.setattr(system.sys, "platform", "linux")
    here = {"libone": False, "libtwo": True, "xthree": False}
    needs = [system.Need(package, lambda package=package: here[package]) for package in here]
    with pytest.raises(system.SetupProblem, match="sudo apt-get install --no-install-recommends libone xthree"):
        system.see_to(needs)


def test_nothing_missing_runs_nothing(system: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.sys, "platform", "linux")
    monkeypatch.setattr(system, "install", lambda packages: pytest.fail(f"asked for {packages}"))
    system.see_to((system.Need("libone", lambda: True),))


def test_a_library_is_found_by_its_own_name(system: ModuleType) -> None:
    known = {"win32": "kernel32", "darwin": "libc.dylib"}.get(sys.platform, "libc.so.6")
    assert system.library("libc6", known).present()
    assert not system.library("libnone", "libnone-of-these.so.9").present()


@pytest.mark.parametrize(
    ("variables", "screen"), [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)]
)
def test_a_screen_is_known(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], screen: bool
) -> None:
    monkeypatch.setattr(environment.sys, "platform", "linux")
    assert environment.has_screen(variables) is screen


@pytest.mark.parametrize("url", ["postgresql://here", None])
def test_every_check_runs_though_the_first_fails(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str | None
) -> None:
    spec = importlib.util.spec_from_file_location("checks", INSTALLER / "test.py")
    assert spec is not None
    assert spec.loader is not None
    checks = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "checks", checks)  # where its dataclasses look for themselves
    spec.loader.exec_module(checks)
    told = []

    def perform(check: Any) -> Any:
        told.append((check.name, check.environment))
        return checks.Outcome(check, check.name != "ruff", 1.0)

    monkeypatch.setattr(checks, "see_to", lambda needs: None)
    monkeypatch.setattr(checks, "prepare", lambda pins: None)
    monkeypatch.setattr(checks, "perform", perform)
    monkeypatch.setattr(checks.server, "no_cluster_of_its_own", lambda: None)
    monkeypatch.setattr(checks.server, "running", lambda: nullcontext(url))
    assert checks.main([]) == 1
    said, summary = capsys.readouterr().out.split("== summary\n")
    on_it = [["passed", "server"]] if url else []
    assert [line.split()[:2] for line in summary.splitlines()] == [
        ["FAILED", "ruff"], ["passed", "mypy"], ["passed", "imports"], *on_it, ["passed", "pytest"],
    ]  # fmt: skip
    assert ("no PostgreSQL here" in said) is (url is None)
    assert told[-1] == ("pytest", {checks.server.VARIABLE: url} if url else {})
    monkeypatch.setattr(checks.server, "running", lambda: pytest.fail("nobody needs a server for this"))
    assert checks.main(["--only", "mypy"]) == 0


def test_a_server_of_the_tests_own_comes_and_goes(server: ModuleType) -> None:
    if server.programs() is None:
        with server.running() as url:
            assert url is None
        return
    with server.running() as url:
        port = int(url.rpartition(":")[2].partition("/")[0])
        socket.create_connection(("127.0.0.1", port)).close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_a_server_that_will_not_start_says_why(
    server: ModuleType, system: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    no_luck = [sys.executable, "-c", "import sys; sys.exit('out of luck')"]
    monkeypatch.setattr(server, "programs", lambda: tmp_path)
    monkeypatch.setattr(server, "is_root", lambda: False)
    monkeypatch.setattr(server, "as_nobody", lambda command: no_luck)
    with pytest.raises(system.SetupProblem, match="out of luck"), server.running():
        pytest.fail("it did not start")


def test_debian_is_told_to_start_no_server_of_the_machine(
    server: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = tmp_path / "createcluster.conf"
    monkeypatch.setattr(server, "CREATE_CLUSTER", settings)
    monkeypatch.setattr(server, "programs", lambda: None)
    monkeypatch.setattr(server, "is_root", lambda: True)
    monkeypatch.setattr(server.shutil, "which", lambda _: "/usr/bin/apt-get")
    asked = []

    def install(packages: list[str]) -> None:
        asked.extend(packages)
        settings.write_text("#create_main_cluster = true\nssl = on\n")

    monkeypatch.setattr(server, "install", install)
    server.no_cluster_of_its_own()
    server.no_cluster_of_its_own()
    assert asked == ["postgresql-common"]
    assert settings.read_text().splitlines() == ["ssl = on", "create_main_cluster = false"]
