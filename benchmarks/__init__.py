"""Households made up for measuring, and the measurements."""
