"""What the desktop takes, beside the floor below which nothing can go, measured in one run. See docs/performance.md."""
