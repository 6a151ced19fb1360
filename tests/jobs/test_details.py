"""What may be copied about an error, and errors nobody caught."""

import sys
import threading

from desktop.jobs import details_of, install_guard


def test_details_say_where_but_never_what() -> None:
    name = "Niamh Osei"
    try:
        try:
            raise KeyError(name)
        except KeyError as first:
            raise ValueError(f"{name} is not there") from first
    except ValueError as error:
        details = details_of(error)
    assert details.splitlines()[0] == "ValueError"
    assert "KeyError" in details
    assert "test_details.py:" in details
    assert "Niamh" not in details


def test_a_folder_that_can_hold_a_name_is_left_out() -> None:
    code = compile("raise ValueError('x')", "/srv/denise.adeyemi/breather/desktop/people/page.py", "exec")
    try:
        exec(code)
    except ValueError as error:
        details = details_of(error)
    assert "desktop/people/page.py:1" in details
    assert "denise" not in details


def test_the_guard_reports_and_can_be_taken_away() -> None:
    seen: list[BaseException] = []
    before = sys.excepthook, threading.excepthook
    restore = install_guard(seen.append)
    error = ValueError("in a slot")
    try:
        sys.excepthook(ValueError, error, None)
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
    finally:
        restore()
    assert seen[0] is error
    assert isinstance(seen[1], ZeroDivisionError)
    assert (sys.excepthook, threading.excepthook) == before
