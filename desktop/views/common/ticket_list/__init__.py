"""The list of tickets as every page shows it: queues, filter, columns, the pane, and what leaves it on paper."""
