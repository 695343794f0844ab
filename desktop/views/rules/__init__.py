"""The page where the city's rules are read, changed and published."""
