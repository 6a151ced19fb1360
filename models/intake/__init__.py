"""Spreadsheets in: read → table → recognise → map columns → typed rows and refusals.

This half is pure: no database, no screen, no clock. The way through is `tables.read_tables`, `recognise.recognise`,
`rows.read_rows`, then `across.check_across`, `likeness.likely` and `compare.compare`.
"""
