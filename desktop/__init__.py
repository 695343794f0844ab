"""The desktop client of the supervision office."""
