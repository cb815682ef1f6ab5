"""Invented statements that show every kind of finding, and a household where nothing is wrong."""
