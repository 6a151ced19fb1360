"""Breather's paper: frozen facts in, PDF bytes out. The only room that knows fpdf2; it knows no database.

`facts.py` says what each document may print, `consent_pack.py` and its neighbours lay a document out, and
`fonts.py`, `ops.py`, `blocks.py`, `table.py`, `sheet.py` and `press.py` are the page engine under them.
"""
