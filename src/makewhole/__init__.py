"""Makewhole (追回): finds the money a digital wallet owes you, and helps you get it back."""

__version__ = "0.1.0"
