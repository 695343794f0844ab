"""The HTTP side: paths, headers, codes and bodies. What is decided is decided elsewhere."""
