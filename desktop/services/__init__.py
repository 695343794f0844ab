"""What we do: everything between what is known and what is shown."""
