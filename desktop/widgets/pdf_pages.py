"""The pages of a PDF as pictures, drawn from memory; nothing touches the disk."""

import atexit
import weakref
from typing import Any

from PySide6.QtGui import QImage

_POINTS_PER_INCH = 72


class PdfPages:
    """A PDF held in memory. Used on one thread only, as the library behind it asks."""

    def __init__(self, data: bytes) -> None:
        """Raises ValueError when the bytes are not a PDF that can be read."""
        # Imported here, not above: 9 MB that most days nobody needs.
        import pypdfium2

        try:
            self._pdf: Any = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            raise ValueError("These pages could not be read") from None
        # Let go with the screen it is shown on, or when the app ends: the library behind it complains of one left open.
        self._end = weakref.finalize(self, self._pdf.close)
        atexit.register(self._end)
        if self._pdf.get_formtype():
            self._pdf.init_forms()

    def __len__(self) -> int:
        return len(self._pdf)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height in points (1/72 inch), as the page is meant to be seen."""
        wide, high = self._pdf.get_page_size(page)
        return float(wide), float(high)

    def picture(self, page: int, dots_per_inch: float) -> QImage:
        """One page at a resolution, black on white."""
        sheet = self._pdf[page]
        bitmap = sheet.render(scale=dots_per_inch / _POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True)
        image = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
        ).copy()
        bitmap.close()
        sheet.close()
        return image

    def close(self) -> None:
        """Lets go of the memory."""
        atexit.unregister(self._end)
        self._end()
