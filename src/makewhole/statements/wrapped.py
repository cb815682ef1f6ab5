"""A layout behind a door of its own: what a reader does to a file before a layout reads it."""

from dataclasses import dataclass

from makewhole.records import Side
from makewhole.statements.layout import Layout
from makewhole.statements.reader import Draft
from makewhole.statements.source import Source


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A reader with the name and the side of its layout, which does the reading.

    What a subclass changes is which files it claims, and what of them the layout is shown.
    """

    layout: Layout

    @property
    def provider(self) -> str:
        """The wallet or bank."""
        return self.layout.provider

    @property
    def name(self) -> str:
        """The layout's name."""
        return self.layout.name

    @property
    def side(self) -> Side:
        """Which side the layout's statements are."""
        return self.layout.side

    def closeness(self, source: Source) -> float:
        """How much of what identifies the layout the file has."""
        return self.layout.closeness(source)

    def read(self, source: Source) -> list[Draft]:
        """The drafts that the layout makes of the file."""
        return self.layout.read(source)
