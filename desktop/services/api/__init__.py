"""The only HTTP of the desktop: one client of the REST contract, its transport and its errors. No Qt, no store."""
