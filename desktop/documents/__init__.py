"""Print: choosing a document, looking at its pages, and keeping track of the copies that left the building."""
