"""Recognises an export by its content and reads it into one table of transactions, without loss."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from msgspec import structs

from makewhole.errors import AmbiguousLayout, UnknownLayout, UnreadableFile, together
from makewhole.records import NO_CURRENCY, Text
from makewhole.statements.catalogue import Format, called, known_formats, known_readers
from makewhole.statements.interim import settled
from makewhole.statements.layout import Layout
from makewhole.statements.place import line_of, page_of
from makewhole.statements.reader import Draft, Reader
from makewhole.statements.source import Source
from makewhole.statements.table import Reading, lay_together
from makewhole.statements.values import heading

__all__ = [
    "Draft",
    "Format",
    "Layout",
    "Reader",
    "Reading",
    "Source",
    "called",
    "known_formats",
    "known_readers",
    "read",
    "recognise",
]

_CLAIMED = 1.0
_CLOSEST = 3


def recognise(source: Source, readers: Iterable[Reader] | None = None) -> Reader:
    """The one reader that claims the source.

    Raises `AmbiguousLayout` naming all that do, or `UnknownLayout` naming those that came closest.
    """
    ranked = sorted(
        ((reader.closeness(source), reader) for reader in readers or known_readers()),
        key=lambda pair: (-pair[0], _title(pair[1])),
    )
    claims = [reader for close, reader in ranked if close >= _CLAIMED]
    if len(claims) == 1:
        return claims[0]
    if claims:
        names = "、".join(_title(reader) for reader in claims)
        raise AmbiguousLayout(
            Text(
                f"{source.name}：有多种格式都能读这个文件（{names}），为免读错没有读。"
                "请用 --mapping 指明各列。",
                f"{source.name}: more than one layout claims this file ({names}); nothing was "
                "read. Say which column is which with --mapping.",
            )
        )
    near = [_title(reader) for close, reader in ranked[:_CLOSEST] if close > 0]
    raise UnknownLayout(_unknown(source, near))


def _unknown(source: Source, near: list[str]) -> Text:
    closest = ", ".join(near)
    zh = f"最接近的格式：{'、'.join(near)}。" if near else "没有相近的格式。"
    en = f"The closest layouts are {closest}. " if near else "No layout comes close. "
    return Text(
        f"{source.name}：认不出这是哪家的账单。{zh}如果是带表头的 CSV 或 Excel，可以写一个"
        "列对应文件并加上 --mapping（写法见 docs/how-to/write-a-mapping.zh-CN.md）。",
        f"{source.name}: no known layout. {en}A CSV or Excel file with a header can be read "
        "with a mapping file: --mapping my-bank.toml (see docs/how-to/write-a-mapping.md).",
    )


def _title(reader: Reader) -> str:
    return f"{reader.provider}/{reader.name}"


def read(  # noqa: PLR0913 - one argument for each thing a person can say
    sources: Iterable[Source],
    *,
    passwords: Sequence[str] = (),
    mapping: Layout | None = None,
    dates: str = "",
    currency: str = "",
    progress: Callable[[str], None] | None = None,
) -> Reading:
    """One table out of many files.

    A file that the mapping fits is read by it, every other by the built-in reader that claims it.
    Two words of the person count for files that leave them open: `dates` says whether the day
    (`dmy`) or the month (`mdy`) comes first, `currency` is a code. Raises one error of
    `makewhole.errors` that names every file that cannot be read.
    """
    drafts: list[Draft] = []
    problems: list[UnreadableFile] = []

    def drafts_of(source: Source) -> list[Draft]:
        source.dates, source.currency = dates, currency
        if progress:
            progress(source.name)
        if source.is_pdf:
            source.passwords, source.progress = passwords, progress
            source.vocabulary = _headings(mapping)
        read_ = _reader_for(source, mapping).read(source)
        if read_:
            read_[0].warnings.extend([*source.warnings, *source.doubts])
        for draft in read_:
            draft.warnings.extend(_unnamed_currency(draft))
        return [_placed(each) for each in read_] if source.is_pdf else read_

    for given in sources:
        try:
            if given.is_packed:
                drafts.extend(_packed(given, passwords, drafts_of))
            else:
                drafts.extend(drafts_of(given))
        except UnreadableFile as problem:
            problems.append(problem)
    if problems:
        raise together(problems)
    return lay_together(settled(drafts))


def _unnamed_currency(draft: Draft) -> Iterator[Text]:
    if any(entry.currency == NO_CURRENCY for entry in draft.entries):
        yield Text(
            f"文件没有写明货币，先记作 {NO_CURRENCY}（无货币）；"
            "请用 --currency 写明，如 --currency EUR",
            f"the file names no currency; its rows are kept with {NO_CURRENCY}, the code for none. "
            "State it with --currency, as in --currency EUR",
        )


def _packed(
    archive: Source, passwords: Sequence[str], drafts_of: Callable[[Source], list[Draft]]
) -> list[Draft]:
    """The drafts in an archive; what lies beside its statements and is none gives a warning."""
    from makewhole.statements.archives import left_out, no_statement, no_table, nothing_in, unpack

    drafts: list[Draft] = []
    problems: list[UnreadableFile] = []
    beside: list[Source] = []
    for member in unpack(archive, passwords):
        if no_statement(member):
            beside.append(member)
            continue
        try:
            drafts.extend(drafts_of(member))
        except UnknownLayout as problem:
            if no_table(member):
                beside.append(member)
            else:
                problems.append(problem)
        except UnreadableFile as problem:
            problems.append(problem)
    if problems:
        raise together(problems)
    if not drafts:
        raise nothing_in(archive.name, beside)
    if beside:
        drafts[0].warnings.append(left_out(archive.name, beside))
    return drafts


def _reader_for(source: Source, mapping: Layout | None) -> Reader:
    if mapping is None:
        return recognise(source)
    if mapping.closeness(source) >= _CLAIMED:
        return mapping
    try:
        return recognise(source)
    except (UnknownLayout, AmbiguousLayout) as problem:
        raise type(problem)(problem.message + _unfit(mapping.missing(source))) from None


def _headings(mapping: Layout | None) -> frozenset[str]:
    """All headings by which a header of a PDF may be told."""
    readers = [*known_readers(), *([mapping] if mapping else [])]
    layouts = [getattr(reader, "layout", reader) for reader in readers]
    tables = [each for each in layouts if isinstance(each, Layout)]
    fields = [each for table in tables for each in (table.columns, table.optional)]
    named = [words for field in fields for words in field.values()]
    return frozenset(heading(word) for words in named for word in words)


def _placed(draft: Draft) -> Draft:
    """The draft of a PDF with pages and the lines on them."""
    return replace(
        draft,
        entries=[
            structs.replace(each, page=page_of(each.line), line=line_of(each.line))
            for each in draft.entries
        ],
        refused=[
            replace(each, page=page_of(each.line), line=line_of(each.line))
            for each in draft.refused
        ],
    )


def _unfit(missing: list[str]) -> Text:
    """Why a mapping file that was given does not fit."""
    zh = "、".join(f"“{name}”" for name in missing)
    en = ", ".join(f"“{name}”" for name in missing)
    return Text(
        f"给出的列对应文件也不合：文件里没有这些列：{zh}。",
        f" The mapping file that was given does not fit: the file has no column {en}.",
    )
