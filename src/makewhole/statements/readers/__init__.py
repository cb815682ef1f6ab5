"""One module a provider; each lists its layouts in `READERS` and is found without registration."""
