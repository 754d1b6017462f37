"""How the files in DOCX and XLSX archives refer to one another (Open Packaging Conventions, ECMA-376, part 2, 9.3)."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from retrieval.corpus.office.archive import Archive, attribute


class Relation(NamedTuple):
    """What a file refers to.

    Args:
        kind: the last word of its type: `officeDocument`, `worksheet`.
        part: the name of that file in the archive.
    """

    kind: str
    part: str


def relations_of(archive: Archive, part: str = "") -> dict[str, Relation]:
    """What a file of an archive refers to, or the archive itself, by the ids that it uses.

    Raises:
        FaultError: see `Archive.xml`.
    """
    folder, file = posixpath.split(part)
    root = archive.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
    found: dict[str, Relation] = {}
    for one in root if root is not None else ():
        target = posixpath.normpath(posixpath.join("/", folder, attribute(one, "Target"))).lstrip("/")
        found[attribute(one, "Id")] = Relation(attribute(one, "Type").rpartition("/")[2], target)
    return found


def part_of(relations: dict[str, Relation], kind: str, otherwise: str) -> str:
    """The first file of a kind.

    Args:
        relations: see `relations_of`.
        kind: see `Relation`.
        otherwise: where the file usually is, for archives that do not tell.
    """
    return next((one.part for one in relations.values() if one.kind == kind), otherwise)
