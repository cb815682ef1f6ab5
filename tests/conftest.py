"""What holds for every test: the suite says what is right, not how fast this machine is."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
