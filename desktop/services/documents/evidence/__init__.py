"""Evidence bundles: one zip about one finding, with every file's hash in a manifest (``docs/evidence.md``)."""
