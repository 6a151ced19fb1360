"""Bringing in spreadsheets: four steps from a file to the club, nothing kept until the last."""
