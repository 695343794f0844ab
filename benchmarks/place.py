"""Where the project lies. Imports nothing: processes whose memory is measured ask it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
