"""The figures of a period, on screen, as a spreadsheet and on paper."""
