"""One thread with a queue: jobs of a lane run one at a time, in order."""

import threading
from collections.abc import Callable
from queue import SimpleQueue


class Lane:
    """A named thread that runs what is put on it until it is closed."""

    def __init__(self, name: str, home: Callable[[Callable[[], None]], object]) -> None:
        """`home` runs something on the thread the jobs come from.

        What a job holds is let go there: a dialog that nobody else holds any more would be taken apart here, on
        another thread than its own, which ends the program.
        """
        self._home = home
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, job: Callable[[], None]) -> None:
        """Queues a job; it must not raise."""
        self._queue.put(job)

    def close(self, wait: float | None) -> bool:
        """Finishes what is queued, then ends; waits at most `wait` seconds (None: as long as it takes).

        Returns whether the thread has ended.
        """
        self._queue.put(None)
        self._thread.join(wait)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            held = [job]
            del job
            held[0]()
            self._home(held.clear)
