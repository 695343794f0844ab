"""Made-up persons, and the search for what is left of them where nothing of them may be."""
