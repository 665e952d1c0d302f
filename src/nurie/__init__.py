"""Colours line drawings."""
