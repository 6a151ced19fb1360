"""Money as whole pence; shown as British pounds."""

import re


def pounds(pence: int | None) -> str:
    """£1,234.50, or nothing for no amount."""
    if pence is None:
        return ""
    sign = "-" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02}"


def parse_pounds(text: str) -> int:
    """Whole pence from 45, 45.5, £1,234.50. Raises ValueError with a sentence for anything else."""
    found = re.fullmatch(r"£?\s*(\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d{1,2}))?", text.strip())
    if not found:
        raise ValueError(f"“{text.strip()}” is not an amount of money; write it like £45.00")
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))
