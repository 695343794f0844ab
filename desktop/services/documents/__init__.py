"""Spreadsheets, word files and PDF: exports, notices, bulletins."""
