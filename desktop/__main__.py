"""`python -m desktop [CLUB.breather]`: opens the window."""

import gc
import sys


def main() -> int:
    """Paints first: nothing made while starting is ever garbage, so nothing is looked through for it."""
    gc.disable()
    from desktop.app import run

    return run(sys.argv)


if __name__ == "__main__":
    sys.exit(main())
