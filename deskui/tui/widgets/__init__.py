"""Widgets of the desk, one to a file."""
