"""What we know: meaning, rows on disk, rows on screen."""
