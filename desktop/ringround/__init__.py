"""The ring-round: every family of one activity, rung one after the other, by keys alone if one likes."""
