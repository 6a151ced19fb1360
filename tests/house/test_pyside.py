"""The PySide6 pinned is sound: 6.12 on Python 3.11 loses a None at each call and aborts by the 5,700th."""

import subprocess
import sys

CALLS = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
for number in range(10_000):
    label.setText(str(number))
print(label.text())
"""


def test_ten_thousand_calls_survive() -> None:
    done = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "9999"), done.stderr
