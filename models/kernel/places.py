"""Where the app's own files are. The app is installed editable, so they are found from the checkout."""

from pathlib import Path


def resources() -> Path:
    """The top-level `resources/` folder: fonts, the sample club, help. Never written to.

    Raises FileNotFoundError if it is missing.
    """
    folder = Path(__file__).resolve().parents[2] / "resources"
    if not folder.is_dir():
        raise FileNotFoundError(f"Breather's resources folder is missing: {folder}")
    return folder
