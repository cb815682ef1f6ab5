"""`python -m makewhole`: the same as the command `makewhole`."""

import sys

from makewhole.cli import main

if __name__ == "__main__":
    sys.exit(main())
