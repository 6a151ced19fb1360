"""The colours, in one place; everything on screen derives from them."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QGuiApplication, QPalette


@dataclass(frozen=True)
class Tokens:
    """One look. `*_soft` are grounds for text of the colour they are named after.

    Attributes:
        bg, panel, side: page, card, navigation.
        ink, soft: text, second text.
        line, edge: hairline between things; border of something one can use (at least 3:1).
        brand, brand_soft, brand_ink: the one next action, selection, text on the brand colour.
        ok, warn, bad: state, always with an icon and a word.
        hover: the ground of a row or button under the pointer.
    """

    name: str
    bg: str
    panel: str
    side: str
    ink: str
    soft: str
    line: str
    edge: str
    hover: str
    brand: str
    brand_strong: str
    brand_soft: str
    brand_ink: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    neutral_soft: str

    def colour(self, name: str) -> QColor:
        """A token as a colour: colour("brand")."""
        return QColor(str(getattr(self, name)))


LIGHT = Tokens(
    name="light", bg="#F6F5F1", panel="#FFFFFF", side="#FBFAF7",
    ink="#1D2A2E", soft="#5B6B70", line="#E2DFD6", edge="#828B8C", hover="#F3F2EC",
    brand="#0B6E69", brand_strong="#085652", brand_soft="#E0F0EE", brand_ink="#FFFFFF",
    ok="#1B7A43", ok_soft="#E6F4EA", warn="#8F5300", warn_soft="#FDF1DC", bad="#B3261E", bad_soft="#FCE5E2",
    neutral_soft="#EEECE5",
)  # fmt: skip

DARK = Tokens(
    name="dark", bg="#14191B", panel="#1D2427", side="#181E20",
    ink="#E9EEEC", soft="#A3B0B2", line="#323B3F", edge="#76858A", hover="#242C2F",
    brand="#4DC3BA", brand_strong="#74D5CD", brand_soft="#17393A", brand_ink="#0E1B1B",
    ok="#6FD195", ok_soft="#163323", warn="#F0B45A", warn_soft="#3A2B12", bad="#FF9B92", bad_soft="#431C1A",
    neutral_soft="#2A3235",
)  # fmt: skip


def current() -> Tokens:
    """The look in use, read from the application's palette, which is where `theme.apply` puts it."""
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if ground.lightness() < 128 else LIGHT


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
