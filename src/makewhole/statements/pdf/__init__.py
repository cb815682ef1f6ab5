"""A PDF's bytes into tables: by the geometry of its text, within limits that no file can pass.

The reading is done by a process of its own (`worker`), which is ended when it takes too long:
PDF is a format in which a few bytes can ask for any amount of work.
"""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any

from makewhole.errors import PasswordNeeded, UnreadableFile
from makewhole.records import Text
from makewhole.statements import limits
from makewhole.statements.place import Place

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from makewhole.statements.pdf.worker import main; main()"
)

Row = tuple[int, list[str]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Document:
    """The tables of a PDF with what stands around them, and what could not be read of it."""

    tables: list[list[Row]]
    doubts: list[Text] = field(default_factory=list)


def read_pdf(
    name: str,
    data: bytes,
    vocabulary: Iterable[str] = (),
    passwords: Sequence[str] = (),
    progress: Progress | None = None,
) -> Document:
    """The tables of a PDF whose headings are in the vocabulary.

    Raises `PasswordNeeded` where it is locked, and `UnreadableFile` where it is broken, holds
    pictures instead of text, has text without meaning, or asks for more than a statement needs.
    """
    if len(data) > limits.LARGEST_PDF:
        raise UnreadableFile(_too_much(name))
    request = {
        "passwords": [*passwords, ""],
        "vocabulary": sorted(vocabulary),
        "patience": limits.PATIENCE,
    }
    answer: dict[str, Any] = {}
    for message in _ask(name, request, data):
        if "page" in message and progress:
            progress(message["page"], message["of"])
        answer = message
    if "grids" not in answer:
        raise _problem(name, answer.get("problem", ""), given=bool(passwords))
    return _document(name, answer)


def _ask(name: str, request: dict[str, Any], data: bytes) -> Iterator[dict[str, Any]]:
    """What the other process says, message by message; it is ended in any case."""
    command = [sys.executable, "-c", _START, json.dumps(sys.path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 - our own interpreter with our own words
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
    ) as worker:
        said: queue.Queue[bytes] = queue.Queue()
        assert worker.stdin is not None  # noqa: S101
        assert worker.stdout is not None  # noqa: S101
        listener = threading.Thread(target=_listen, args=(worker.stdout, said), daemon=True)
        head = json.dumps(request).encode() + b"\n"
        speaker = threading.Thread(target=_speak, args=(worker.stdin, head, data), daemon=True)
        listener.start()
        speaker.start()
        try:
            while line := said.get(timeout=limits.SILENCE):
                with suppress(ValueError):
                    yield json.loads(line)
        except queue.Empty:
            raise UnreadableFile(_too_much(name)) from None
        finally:
            worker.kill()
            listener.join()
            speaker.join()


def _listen(stream: IO[bytes], said: "queue.Queue[bytes]") -> None:
    for line in stream:
        said.put(line)
    said.put(b"")


def _speak(stream: IO[bytes], head: bytes, data: bytes) -> None:
    with suppress(OSError):
        stream.write(head)
        stream.write(data)
        stream.close()


def _document(name: str, answer: dict[str, Any]) -> Document:
    pages = answer["pages"]
    blank, hidden, garbled = answer["blank"], answer["hidden"], answer["garbled"]
    if len(garbled) * 2 > pages:
        raise UnreadableFile(_garbled(name))
    if len(blank) + len(hidden) == pages:
        raise UnreadableFile(_scanned(name))
    doubts = []
    unread = sorted({*blank, *hidden, *garbled})
    if unread:
        which = "、".join(map(str, unread)), ", ".join(map(str, unread))
        doubts.append(
            Text(
                f"第 {which[0]} 页没有能读的文字（可能是图片），没有读；那里若有明细，就不在结果里",
                f"page {which[1]} has no text that can be read (perhaps a picture) and was not "
                "read; rows that stand there are missing here",
            )
        )
    return Document([list(_placed(rows)) for rows in answer["grids"]], doubts)


def _placed(rows: Iterable[tuple[int, int, list[str]]]) -> Iterator[Row]:
    """The rows with their places, numbered through so that each number stands for one row."""
    for through, (page, line, cells) in enumerate(rows, 1):
        yield Place(through, page, line), cells


def _problem(name: str, problem: str, *, given: bool) -> UnreadableFile:
    if problem == "password":
        return PasswordNeeded(_locked(name, given=given))
    if problem == "encryption":
        return UnreadableFile(
            Text(
                f"{name}：PDF 的加密方式不认识。请用阅读器打开它，另存为没有密码的 PDF 再试。",
                f"{name}: the PDF is encrypted in an unknown way. Open it in a viewer, save it "
                "without a password and try again.",
            )
        )
    if problem == "broken":
        return UnreadableFile(
            Text(
                f"{name}：PDF 已损坏，请重新下载。",
                f"{name}: the PDF is broken; download it again.",
            )
        )
    return UnreadableFile(_too_much(name))


def _locked(name: str, *, given: bool) -> Text:
    if given:
        return Text(
            f"{name}：PDF 的密码不对。密码在发送这份账单的短信、邮件或应用消息里。",
            f"{name}: wrong password for the PDF. It came with the statement, by text message, "
            "e-mail or in the app.",
        )
    return Text(
        f"{name}：PDF 有密码，请加上 --password 密码（在发送这份账单的短信、邮件或应用消息里）。",
        f"{name}: the PDF is locked; add --password PASSWORD (it came with the statement, by "
        "text message, e-mail or in the app).",
    )


def _scanned(name: str) -> Text:
    return Text(
        f"{name}：PDF 里只有图片，没有文字（像是扫描或拍照的）。请在钱包或银行的应用里导出"
        "电子版 PDF、CSV 或 Excel；文字识别会认错数字，所以不用。",
        f"{name}: the PDF holds pictures and no text, like a scan. Let the wallet's or bank's app "
        "export an electronic PDF, CSV or Excel; recognised text gets figures wrong, so none is "
        "made here.",
    )


def _garbled(name: str) -> Text:
    return Text(
        f"{name}：PDF 的字体没有说明各个符号是什么字，文字读不出来。请在钱包或银行导出 CSV 或"
        " Excel，或直接下载原始 PDF，不要打印成 PDF。",
        f"{name}: the fonts of the PDF do not say which letters their signs are, so its text "
        "cannot be read. Export CSV or Excel, or take the original PDF and not one printed anew.",
    )


def _too_much(name: str) -> Text:
    return Text(
        f"{name}：PDF 过大或过于复杂，没有读（最多 400 页、100 万字、32 MB）。"
        "请分成较短的时间段导出，或导出 CSV、Excel。",
        f"{name}: the PDF is larger or more complex than statements are and was not read (at most "
        "400 pages, a million letters, 32 MB). Export shorter periods, or CSV or Excel.",
    )
