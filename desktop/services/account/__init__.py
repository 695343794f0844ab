"""Sign-in, tokens, keyring, lock and wipe."""
