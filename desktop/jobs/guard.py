"""An error nobody caught is shown, and the app lives on."""

import sys
import threading
from collections.abc import Callable
from types import TracebackType


def install_guard(report: Callable[[BaseException], None]) -> Callable[[], None]:
    """Sends errors from slots and threads to `report`; gives back a function that puts the old hooks in place.

    `report` may be called on any thread: pass `jobs.failed.emit`, which queues itself to the UI thread.
    """
    old_hook, old_thread_hook = sys.excepthook, threading.excepthook

    def on_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            old_hook(kind, error, trace)
        else:
            report(error)

    def on_thread_error(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            report(args.exc_value)

    def restore() -> None:
        sys.excepthook, threading.excepthook = old_hook, old_thread_hook

    sys.excepthook, threading.excepthook = on_error, on_thread_error
    return restore
