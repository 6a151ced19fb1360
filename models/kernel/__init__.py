"""The ground floor: ids, dates and the clock, the acting person, money, words and typed errors."""
