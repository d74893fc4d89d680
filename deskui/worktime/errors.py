"""What working time cannot answer."""

from __future__ import annotations


class NeverOpen(ValueError):
    """The calendar does not open, or not often enough, within `HORIZON_YEARS` of the start."""


class NeverCloses(ValueError):
    """The calendar is open without a pause for `HORIZON_YEARS` from the instant asked about."""
