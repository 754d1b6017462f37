"""Files that are no articles, or whose format is not read: what they are, and what to do about them."""

from __future__ import annotations

from collections.abc import Iterable

from retrieval.corpus.readers.record import FaultError

_OFFICE = "open it in Word or LibreOffice and save it as .docx"
_PICTURE = "run OCR on it and give the text, or move it out of the folder"
_MOVE = "move it out of the folder"

_KINDS: tuple[tuple[str, str, str], ...] = (
    (".doc .dot .rtf .wps .wpd .pages", "it is a document of another program", _OFFICE),
    (".docm .dotx .dotm .ott .fodt", "it is a template, or a document with macros", _OFFICE),
    (".xls .xlsb .ods .numbers", "it is a table of another program", "open it in Excel and save it as .xlsx"),
    (".ppt .pptx .pps .ppsx .odp .key", "it is a presentation", "save its text as .docx or .txt"),
    (".mobi .azw .azw3 .fb2 .djvu .chm .lit", "it is a book of another program", "convert it to .epub in Calibre"),
    (".jpg .jpeg .png .gif .webp .bmp .tif .tiff .heic .avif .svg .ico .psd .ai .eps", "it is a picture", _PICTURE),
    (".mp3 .ogg .oga .wav .m4a .aac .flac .amr .wma", "it is a sound", _MOVE),
    (".mp4 .mkv .avi .mov .wmv .webm .flv .3gp .mpg .mpeg", "it is a film", _MOVE),
    (".zip .rar .7z .tar .gz .tgz .bz2 .xz .zst .iso", "it is an archive", "unpack it into the folder"),
    (".eml .msg .mbox .pst", "it is mail", "save the message as .html or .txt"),
    (".js .css .woff .woff2 .ttf .otf .eot .map .php .asp .aspx .py .exe .dll .so .db .sqlite .bak .tmp .lnk .url",
     "it is no article but a file of a program", _MOVE),
)  # fmt: skip
"""File endings, what such a file is, and what to do about it."""

_KNOWN = {ending: (reason, remedy) for endings, reason, remedy in _KINDS for ending in endings.split()}


def fault_of(ending: str, readers: Iterable[str]) -> FaultError:
    """What is wrong with a file that no reader reads.

    Args:
        ending: of its name, in small letters.
        readers: the endings that are read.
    """
    if ending in _KNOWN:
        return FaultError(*_KNOWN[ending])
    return FaultError("its format is not known", f"convert it to one of {', '.join(readers)}")
