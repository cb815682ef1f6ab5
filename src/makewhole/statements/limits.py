"""What no statement needs and a hostile file might ask for: every limit, with its reason."""

LARGEST_FILE = 512 * 1024 * 1024
LARGEST_MEMBER = 512 * 1024 * 1024
MOST_MEMBERS = 1000
LARGEST_RATIO = 200
LARGEST_CELL = 1_000_000
