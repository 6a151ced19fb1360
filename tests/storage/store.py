"""Makes the stored club file of the newest schema version: `python -m tests.storage.store`, once for each version."""

from pathlib import Path
from tempfile import TemporaryDirectory

from models.migrations.upgrade import HEAD
from tests.clubs import a_child, new_club, put

if __name__ == "__main__":
    stored = Path(__file__).parent / "stored"
    stored.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        club = new_club(Path(folder))
        put(club, lambda uow: a_child(uow, "Maryam", "Müller"))
        club.close()
        for suffix in ("", ".keys"):
            (stored / f"{HEAD}.breather{suffix}").write_bytes((Path(folder) / f"club.breather{suffix}").read_bytes())
