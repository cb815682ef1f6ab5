"""The verbs from a shell."""
