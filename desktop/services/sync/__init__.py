"""One round of push, pull, apply and settle: plain functions, no Qt."""
