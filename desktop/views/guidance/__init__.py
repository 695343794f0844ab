"""Light documents to units: written and followed by the office, read and confirmed by liaisons."""
