"""The reference central server: the other end of the contract."""
