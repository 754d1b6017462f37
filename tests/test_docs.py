"""What documents and docstrings name exists: files, modules, functions, commands, options, settings, make targets.

A name is what stands between backticks, a line of a block that begins with a command, or the target of a link.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import keyword
import re
import shlex
import tomllib
from collections.abc import Iterator, Set
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path

import pytest

import bot.__main__
import retrieval.__main__
from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import remember
from bot.history import History
from bot.rendering.plain import plain_text
from retrieval import Retriever
from retrieval.corpus.folder import SOURCES as SOURCES_FILE
from tests.conftest import ROOT
from tests.settings import DEFAULTS

MAX_README_LINES = 120

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PACKAGES = ("bot", "retrieval", "benchmarks", "tests")
SOURCES = sorted(set(chain.from_iterable((ROOT / package).rglob("*.py") for package in PACKAGES)) - {Path(__file__)})
PARSERS = {"bot": bot.__main__._parser(), "retrieval": retrieval.__main__._parser()}
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"(?m)^([a-z-]+):", MAKEFILE))
VARIABLES = set(re.findall(r"\$\(([A-Z_]+)", MAKEFILE))
SETTINGS = DEFAULTS.keys()
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
PYPROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
EXTRAS = tomllib.loads(PYPROJECT)["project"]["optional-dependencies"]

FENCE = re.compile(r"(?ms)^ *```\w*\n(.*?)^ *```$")
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:\.venv/bin/)?((?:bot|retrieval|make|python -m)(?: .+)?)")
EXPRESSION = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\(.*\)|\[.*\])?")
FILE = re.compile(r"[\w./-]+\.(?:py|md|toml)|(?:bot|retrieval|tests|docs|benchmarks)/[\w./-]*")
USERS_FILES = {SOURCES_FILE, f"corpus/{SOURCES_FILE}"}
"""Files that users write."""

DATA_FILE = re.compile(r"[\w-]+\.(?:bin|html|json|jsonl|qrels|run|sqlite|svg|txt)")
"""A file that a command reads or writes: it need not be here."""

HOME = re.compile(r"`(\w+)` (?:of|in) `([\w/]+\.py)`")

FOREIGN = {"BM25Okapi.get_scores", "MultiCollector", "article.text", "axis", "cProfile", "dc.date", "unicode61"}
"""Names of other projects' that no code here has, and the variable of an example."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in SOURCES}


@cache
def words(path: Path) -> frozenset[str]:
    """The names in a file's code, and its strings of one word; docstrings have more."""
    fields = chain.from_iterable(map(ast.iter_fields, ast.walk(tree(path))))
    found = [value for _, value in fields if isinstance(value, str) and " " not in value]
    return frozenset(chain(found, *(name.split(".") for name in found)))


@cache
def literals() -> frozenset[str]:
    """The project's strings of one word: names of engines, fields of JSON."""
    nodes = chain.from_iterable(ast.walk(tree(path)) for path in SOURCES)
    strings = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return frozenset(string for string in strings if " " not in string)


@cache
def all_words() -> frozenset[str]:
    return frozenset(chain(re.findall(r"[\w-]+", PYPROJECT + MAKEFILE), *map(words, SOURCES)))


@cache
def homes() -> dict[str, list[str]]:
    """The modules that define each class and function, and each variable of a module or class."""
    found: dict[str, list[str]] = {}
    for module, path in MODULES.items():
        for name in _definitions(tree(path)):
            found.setdefault(name, []).append(module)
    return found


def _definitions(node: ast.AST) -> Iterator[str]:
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield inner.name
        if isinstance(inner, (ast.Assign, ast.AnnAssign)):
            yield from (
                one.id for one in ast.walk(inner) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
            )
        if isinstance(inner, (ast.ClassDef, ast.If, ast.Try)):
            yield from _definitions(inner)


def has(owner: object, name: str) -> bool:
    """Whether a module or class has an attribute, or a class's instances get one."""
    if hasattr(owner, name):
        return True
    classes = owner.__mro__[:-1] if isinstance(owner, type) else ()
    return any(name in inspect.get_annotations(one) for one in classes) or (
        isinstance(owner, type) and re.search(rf"self\.{name}\b", inspect.getsource(owner)) is not None
    )


def resolves(dotted: str) -> bool:
    """Whether a dotted name leads from a module or class of the project to what is there."""
    parts = dotted.split(".")
    for size in range(len(parts), 0, -1):
        prefix = ".".join(parts[:size])
        for module in MODULES:
            if is_end(prefix, module) and _leads(import_module(module), parts[size:]):
                return True
    return any(_leads(import_module(module), parts) for module in homes().get(parts[0], ()))


def _leads(owner: object, names: list[str]) -> bool:
    for name in names:
        if not has(owner, name):
            return False
        owner = getattr(owner, name, None)
    return True


def is_known(name: str, near: Set[str]) -> bool:
    """Whether a plain or dotted name stands for something.

    Args:
        name: it.
        near: what may be named besides the project's modules, classes, functions and variables; a dotted name may begin
            with any of it, but in a document, where no variables are.
    """
    first, *others = name.split(".")
    if name in FOREIGN or (not others and (name in near or name in homes() or (ROOT / name).exists())):
        return True
    if keyword.iskeyword(name) or len(name) == 1 or name.startswith("__"):
        return True
    is_class = first[0].isupper() and first in homes()
    is_ours = is_class or first in PACKAGES or any(is_end(first, module) for module in MODULES)
    is_local = bool(others) and not is_ours and near is not all_words() and {first, *others} <= near
    return is_local or resolves(name)


def is_end(name: str, module: str) -> bool:
    """Whether a module may be called so: by its path, or the end of it (`text.bloom`)."""
    return f".{module}".endswith(f".{name}")


def wrong_command(line: str) -> str | None:
    """What a command line names that does not exist: a target, a command or an option."""
    first, *rest = shlex.split(line.replace("…", " "), comments=True)
    if first == "make":
        named = {word.partition("=")[0] for word in rest if not word.startswith("-")}
        return next((word for word in named if word not in TARGETS | VARIABLES), None)
    if first == "python":
        return None if rest[1] in MODULES or rest[1].isupper() else rest[1]
    commands = next(one for one in PARSERS[first]._actions if isinstance(one, argparse._SubParsersAction)).choices
    parser = PARSERS[first]
    if rest and not rest[0].startswith("-"):
        if rest[0] not in commands:
            return None if rest[0].isupper() else rest[0]
        parser = commands[rest[0]]
    options = set(chain.from_iterable(action.option_strings for action in parser._actions))
    given = re.findall(r"(?<![\w-])--?[a-z][\w-]*", " ".join(rest))
    return next((option for option in given if option not in options), None)


@cache
def all_options() -> frozenset[str]:
    """The options of all commands, the benchmarks' included."""
    return frozenset({"--help"}).union(
        *(re.findall(r'"(--?[a-z][\w-]*)"', path.read_text("utf-8")) for path in SOURCES)
    )


def exists(name: str) -> bool:
    """Whether a file or folder is there, under the project or a package, or of this name anywhere in it.

    What a user may write into the corpus counts as there.
    """
    if name in USERS_FILES:
        return True
    if "/" not in name:
        return any(ROOT.glob(name)) or any(path.name == name for path in SOURCES) or (ROOT / "docs" / name).exists()
    return any((base / name).exists() for base in (ROOT, ROOT / "retrieval", ROOT / "bot"))


def wrong_in_span(span: str, near: Set[str]) -> str | None:
    """What of a piece of code between backticks does not exist."""
    if span.startswith("PASOKH_"):
        return None  # `problems` sees to settings, wherever they stand
    command = COMMAND.fullmatch(span)
    if command and " " in command[1]:
        return wrong_command(command[1])
    if re.fullmatch(r"--[a-z][\w-]*(?: .*)?", span):
        return None if span.split(maxsplit=1)[0] in all_options() else span
    if "NAME" not in span and FILE.fullmatch(span):
        return None if exists(span) else span
    expression = None if DATA_FILE.fullmatch(span) else EXPRESSION.fullmatch(span)
    if expression and not is_known(expression[1], near):
        return span
    return None


def problems(text: str, near: Set[str]) -> list[str]:
    """What a text names that does not exist."""
    plain = FENCE.sub("", text)
    blocks = chain.from_iterable(block.splitlines() for block in FENCE.findall(text))
    commands = (match[1] for line in blocks if (match := COMMAND.fullmatch(line.strip())))
    found = [
        *(wrong_in_span(span, near) for span in SPAN.findall(plain)),
        *map(wrong_command, commands),
        *(link for link in re.findall(r"\bdocs/[\w-]+\.md", text) if not exists(link)),
        *(name for name in re.findall(r"PASOKH_\w*\w", text) if name not in SETTINGS or f"#{name}=" not in EXAMPLE),
        *(extra for extra in re.findall(r"pasokh\[(\w+)\]", text) if extra not in EXTRAS),
        *(f"{name} in {file}" for name, file in HOME.findall(plain) if not _stands_in(name, file)),
    ]
    return [one for one in found if one]


def _stands_in(name: str, file: str) -> bool:
    return any(name in words(path) for path in SOURCES if f"/{path.relative_to(ROOT)}".endswith(f"/{file}"))


def docstrings(path: Path) -> Iterator[str]:
    """The docstrings of a module, its classes and functions, and those behind its constants."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield inspect.cleandoc(node.value.value)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_names_exists(path: Path) -> None:
    text = path.read_text("utf-8")
    assert problems(text, all_words()) == []
    assert [link for link in LINK.findall(text) if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_what_docstrings_name_exists(package: str) -> None:
    found = [
        (str(path.relative_to(ROOT)), problem)
        for path in SOURCES
        if path.is_relative_to(ROOT / package)
        for text in docstrings(path)
        for problem in problems(text, words(path) | literals())
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "`retrieval.text.analyzer.Analyser`",
        "`Retriever.find`",
        "`lexicon.dump`",
        "`lexica.load`",
        "`no_such_function`",
        "`retrieval/text/terms.py`",
        "`terms.py`",
        "`VERSION` in `sentences.py`",
        "docs/no-such-page.md",
        "`PASOKH_ENGINES`",
        "```\nPASOKH_TOKEN=1\n```",
        "`make charts`",
        "```\nmake bench-scale COLOURS=3\n```",
        "`bot tell`",
        "`bot ask --xml`",
        "```\nretrieval index --check --corpus DIR --force\n```",
        "`--no-such-option`",
        "`python -m benchmarks.beauty`",
        "`pip install 'pasokh[experiment]'`",
    ],
)
def test_what_does_not_exist_is_found(text: str) -> None:
    assert problems(text, all_words())


@pytest.mark.parametrize(
    "text",
    [
        "`retrieval.text.analyzer.Analyzer.terms`",
        "`Retriever.search(…, explain=True)`",
        "`lexicon.load`",
        "`MAX_TOKEN_LENGTH` in `analyzer.py`",
        "`article.text[start:end]`",
        "`PASOKH_ENGINE=auto`",
        "```\nmake bench-scale SIZES=1000 AGAIN=--again  # a note\n```",
        "`bot ask --json -`",
        "`retrieval evaluate FILE... --html OUT`",
        "```\nsystemctl restart pasokh\n```",
    ],
)
def test_what_exists_is_not_complained_about(text: str) -> None:
    assert problems(text, all_words()) == []


def test_the_readme_is_short_and_leads_to_every_other_document() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.splitlines()) <= MAX_README_LINES
    linked = {ROOT / link for link in LINK.findall(text)}
    assert set(DOCUMENTS) - linked == {ROOT / "README.md"}


def test_the_readme_shows_what_the_bot_says(digests: Retriever) -> None:
    (dialogue,) = (block for block in FENCE.findall((ROOT / "README.md").read_text("utf-8")) if block.startswith("› "))
    conversation, history = Conversation(digests), History()
    for asked in dialogue.split("› ")[1:]:
        question, shown = asked.split("\n", 1)
        turn = conversation.read(question, history)
        answer = conversation.answer(turn)
        history = remember(turn, answer)
        assert _without_layout(shown) == _without_layout(plain_text(answer))


def _without_layout(text: str) -> str:
    """A reply without the breaks of its lines, and without the time at which the index took its source in."""
    return " ".join(re.sub(r"\s*\(نمایه: [^)]*\)", "", text).split())


def test_every_setting_and_its_default_is_documented() -> None:
    rows = dict(
        re.findall(r"(?m)^\| `(PASOKH_\w+)` \| (`.*?`|none|the .*?) \|", (ROOT / "docs/settings.md").read_text("utf-8"))
    )
    assert rows.keys() == SETTINGS
    for name, shown in rows.items():
        if shown not in ("none", "the platform's data folder"):
            assert shown == f"`{DEFAULTS[name]}`", name
        elif shown == "none":
            assert not DEFAULTS[name], name


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs/settings.md").read_text("utf-8")
    for program, parser in PARSERS.items():
        (commands,) = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
        assert [name for name in commands.choices if f"| `{program} {name} " not in text] == []


def test_every_room_has_its_paragraph() -> None:
    headings = set(re.findall(r"(?m)^### `([\w/]+)/`", (ROOT / "docs/architecture.md").read_text("utf-8")))
    rooms = {path.parent for package in ("bot", "retrieval") for path in (ROOT / package).rglob("__init__.py")}
    # The rooms of a room are told of in its own paragraph.
    assert {str(room.relative_to(ROOT)) for room in rooms if len(room.relative_to(ROOT).parts) <= 2} == headings


def test_the_layers_are_those_of_the_import_rules() -> None:
    contracts = tomllib.loads(PYPROJECT)["tool"]["importlinter"]["contracts"]
    layers = ["\n".join(contract["layers"]) for contract in contracts if "containers" in contract]
    shown = [block.strip() for block in FENCE.findall((ROOT / "docs/architecture.md").read_text("utf-8"))]
    assert [block for block in shown if block.startswith("__main__\n")] == layers


def test_a_word_stands_in_the_glossary_once() -> None:
    found = re.findall(r"(?m)^\| ([^|]+?) \|", (ROOT / "docs/glossary.md").read_text("utf-8"))
    words_of_it = [word for word in found if word != "word" and not word.startswith("-")]
    assert len(words_of_it) > 90
    assert sorted(set(words_of_it)) == sorted(words_of_it)
