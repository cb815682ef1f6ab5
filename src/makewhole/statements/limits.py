"""What no statement needs and a hostile file might ask for: every limit, with its reason.

Whatever counts is counted while it is read, so that no promise inside a file is believed. The
same table stands in docs/limits.md.
"""

MB = 1024 * 1024

# The exports of a million payments that we know of stay below a third of this.
LARGEST_FILE = 512 * MB
# All files of an archive together; what a single file may be, an archive may hold.
LARGEST_MEMBER = 512 * MB
# An archive of 300 monthly statements with their notices fits well.
MOST_MEMBERS = 1000
# Entries in the directories of an archive and of those within it; each costs memory to list.
MOST_ENTRIES = 20_000
# Wallets mail archives, people pack several of them into one; more depth has no purpose.
DEEPEST_ARCHIVE = 2
# Unpacked bytes for each packed one. Tables of equal rows reach 60; bombs start at 1000.
LARGEST_RATIO = 100
# Up to this size the ratio does not matter: a bomb of this size does no harm.
FREE_UNPACKED = 16 * MB
# The old encryption of archives is undone byte by byte; statements are a hundredth of this.
LARGEST_OLD_CIPHER = 8 * MB
# One cell of a text table; a spreadsheet program keeps 32,767 characters.
LARGEST_CELL = 1_000_000
# One line of a text table; XML and OFX on one line are read by readers of their own.
LONGEST_LINE = 4_000_000
# Lines shorter than this on average are no table once there are many.
THINNEST_LINE = 8
FREE_LINES = 100_000
# Columns of any table; the widest export known has 60.
MOST_COLUMNS = 1000
# Cells that the sheets of a file span, empty ones between included, for each unpacked byte ...
CELLS_A_BYTE = 0.2
# ... but so many are free: a form with a remark far below its rows.
FREE_CELLS = 1_000_000
# The text of all cells of a workbook, where a long text may stand in many cells but is stored once.
MOST_SHEET_TEXT = 64 * 1_000_000
# Sheets of a workbook, or tables of a web page's frames.
MOST_SHEETS = 200
# Tables within tables of a web page; pages laid out by tables nest some ten deep.
DEEPEST_PAGE = 50
# Elements within elements of XML; CAMT nests 14 deep.
DEEPEST_XML = 100
# No person's payment lies beyond; it guards against garbage.
LARGEST_AMOUNT = 10**13
# The largest PDF; Chinese fonts that are embedded whole take 20 MB.
LARGEST_PDF = 32 * MB
# Pages of a PDF; honest statements have some hundred.
MOST_PAGES = 400
# Letters of a PDF, and on one page of it.
MOST_LETTERS = 1_000_000
MOST_LETTERS_ON_PAGE = 20_000
# Lines and boxes drawn on one page.
MOST_RULES_ON_PAGE = 8_000
# What all parts of a PDF unpack to.
MOST_UNPACKED = 96 * MB
# Memory of the process that reads a PDF, beyond what its program takes.
PDF_MEMORY = 256 * MB
# Seconds of the processor before a PDF's first letter, and letters that earn another second.
PATIENCE = 2.0
LETTERS_A_SECOND = 2_500
# Seconds in which the process that reads a PDF has to say something.
SILENCE = 20
