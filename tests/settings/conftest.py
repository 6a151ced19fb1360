"""The same app and club as for the shell."""

from tests.shell.conftest import app, club_file

__all__ = ["app", "club_file"]
