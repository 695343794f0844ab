"""Who works here: signing in, tokens, the operating system's keyring and the store's key. No Qt, no store."""
