"""XML from outside as small trees with line numbers, of the wanted elements only.

Declarations of document types are refused, so nothing is expanded or fetched; names lose their
namespaces, for banks choose prefixes and versions freely.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from makewhole.errors import UnreadableFile
from makewhole.records import Text
from makewhole.statements.limits import DEEPEST_XML, MOST_MEMBERS
from makewhole.statements.source import Source


@dataclass(slots=True)
class Node:
    """One element: its local name, the line it begins on, its own text and its children."""

    name: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["Node"]:
        """The children of that name."""
        return (child for child in self.children if child.name == name)

    def at(self, path: str) -> "Node | None":
        """The first element at a path like `Amt` or `Refs/EndToEndId`."""
        nodes = [self]
        for name in path.split("/"):
            nodes = [child for node in nodes for child in node.children if child.name == name]
        return nodes[0] if nodes else None

    def said(self, *paths: str) -> str:
        """The text at the first of the paths that has one, or the empty string."""
        for path in paths:
            found = self.at(path)
            if found and found.text.strip():
                return found.text.strip()
        return ""

    def flat(self) -> str:
        """All text of the element and below it, in order."""
        pieces, waiting = [], [self]
        while waiting:
            node = waiting.pop()
            pieces.append(node.text.strip())
            waiting.extend(reversed(node.children))
        return " ".join(piece for piece in pieces if piece)


class _Builder(ContentHandler):
    """Builds the trees of the wanted elements; what surrounds them is not kept."""

    def __init__(self, wanted: str, done: Callable[[Node], None]) -> None:
        super().__init__()
        self._wanted = wanted
        self._done = done
        self._open: list[tuple[Node, list[str]]] = []
        self._depth = 0
        self._locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802  the interface's name
        self._locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        self._depth += 1
        if self._depth > DEEPEST_XML:
            raise _TooDeep
        local = name.rpartition(":")[2]
        if self._open or local == self._wanted:
            line = self._locator.getLineNumber() or 0 if self._locator else 0
            node = Node(local, line, dict(attrs.items()))
            if self._open:
                self._open[-1][0].children.append(node)
            self._open.append((node, []))

    def characters(self, content: str) -> None:
        if self._open:
            self._open[-1][1].append(content)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802
        self._depth -= 1
        if self._open:
            node, pieces = self._open.pop()
            node.text = "".join(pieces)
            if not self._open:
                self._done(node)


class _TooDeep(Exception):
    """The file nests elements deeper than any statement."""


def elements(source: Source, wanted: str) -> list[Node]:
    """Every element of that name as a tree.

    The encoding that the file declares is tried first, then the one its bytes have; documents that
    were put one behind another are read one by one. Raises `UnreadableFile` where the XML is
    broken, cut off, nested too deeply or declares entities.
    """
    problem: Exception | None = None
    for documents in _readings(source):
        found: list[Node] = []
        problems = (_parse(data, _Builder(wanted, found.append)) for data in documents)
        problem = next((each for each in problems if each), None)
        if problem is None:
            return found
    raise UnreadableFile(
        Text(
            f"{source.name}：XML 不完整或有误（{problem}），所以没有读。请重新下载。",
            f"{source.name}: the XML is broken or cut off ({problem}), so nothing was read. "
            "Download it again.",
        )
    )


def _readings(source: Source) -> Iterator[Iterable[bytes]]:
    yield (source.data,)
    # A declaration that lies, or stands too late, makes the parser stumble; then the text decides.
    parts = [part for part in source.text.lstrip("\ufeff").split("<?xml") if part.strip()]
    if len(parts) <= MOST_MEMBERS:
        yield _documents(parts)


def _documents(parts: Iterable[str]) -> Iterator[bytes]:
    """Each document without its declaration, moved down to the line on which it begins."""
    above = 0
    for part in parts:
        head, declared, body = part.partition("?>")
        if not declared or "<" in head:
            head, body = "", part
        yield ("\n" * (above + head.count("\n")) + body).encode()
        above += part.count("\n")


def _parse(data: bytes, builder: _Builder) -> Exception | None:
    from xml.sax import SAXException

    from defusedxml.common import DefusedXmlException
    from defusedxml.sax import make_parser

    parser: Any = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(builder)
    try:
        parser.parse(BytesIO(data))
    except (SAXException, DefusedXmlException, _TooDeep, LookupError, ValueError) as problem:
        return problem
    return None
