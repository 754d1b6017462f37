"""The fields at the top of a text, in each form that writers of sites use."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from retrieval import Article
from retrieval.corpus.articles import read_corpus
from tests.retrieval.corpus.test_folder import DAY, GOOD, only, refused, write

TOML = '+++\ntitle = "سیل گلستان"\ndate = 2025-12-27T09:00:00+03:30\nauthors = ["نیکو", "راد"]\ndraft = false\n+++\n'
NIKOLA = (
    ".. title: سیل گلستان\n.. slug: flood\n.. date: 2025-12-27 09:00:00 UTC+03:30\n.. author: نیکو، راد\n.. link:\n"
)
PELICAN = (
    "Title: سیل گلستان\nDate: 2025-12-27 09:00\nAuthors: نیکو، راد\n"
    "Summary: سیل\n    به گنبد رسید\nurl: pages/flood.html\n"
)
YAML = "---\nTitle: سیل گلستان\ndate: 1404-10-06\nauthor:\n  - نیکو\n  - راد\npermalink: /flood/\n...\n"
FORMS = {
    "TOML": TOML,
    "Nikola": NIKOLA,
    "Nikola in a comment": f"<!--\n{NIKOLA}-->\n",
    "Pelican": PELICAN,
    "YAML": YAML,
    "no blank line": TOML.rstrip("\n"),
}


def read(tmp_path: Path, content: str, name: str = "a.md") -> Article:
    """The article of a file."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(content.encode())
    return only(read_corpus(tmp_path))


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("form", FORMS)
def test_each_form_gives_the_fields_and_leaves_the_text(tmp_path: Path, form: str, line_end: str, name: str) -> None:
    article = read(tmp_path, f"{FORMS[form]}\n{GOOD}\n".replace("\n", line_end), name)
    assert (article.title, article.date, article.author) == ("سیل گلستان", DAY, "نیکو، راد")
    assert (article.text.strip(), article.url) == (GOOD, "")


@pytest.mark.parametrize("form", ["Nikola", "TOML"])
def test_the_text_may_begin_below_the_fields_without_a_blank_line(tmp_path: Path, form: str) -> None:
    article = read(tmp_path, f"{FORMS[form]}## گنبد\n{GOOD}")
    assert article.text == f"گنبد\n{GOOD}"


@pytest.mark.parametrize(
    "text",
    [
        "Note: the bridge is closed.\n\nسیل آمد.",
        "نام: علی\nتاریخ: ۱۴۰۴/۱۰/۰۶\n\nسیل آمد.",
        "https://example.org\nسیل آمد.",
        ".. note:: سیل آمد.\n",
        "Title without a colon\n\nسیل آمد.",
    ],
)
def test_lines_that_name_neither_title_nor_date_are_text(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text, "a.txt").text == text


@pytest.mark.parametrize(
    "draft",
    [
        '+++\ntitle = "سیل"\ndraft = true\n+++\n',
        ".. title: سیل\n.. status: draft\n\n",
        "Title: سیل\nStatus: draft\n\n",
        "Title: سیل\nStatus: skip\n\n",
        "---\nlayout: post\npublished: false\n---\n",
    ],
)
def test_drafts_are_left_out_in_every_form(tmp_path: Path, draft: str) -> None:
    corpus = read_corpus(write(tmp_path, a_md=draft + GOOD, good_txt=GOOD))
    assert [article.id for article in corpus.articles] == ["good.txt"]
    assert [problem.reason for problem in corpus.problems] == ["1 draft is left out"]


def test_a_file_in_the_folder_of_drafts_is_one(tmp_path: Path) -> None:
    write(tmp_path / "_drafts", a_md=GOOD)
    assert "draft" in refused(tmp_path)


@pytest.mark.parametrize(
    ("name", "front", "day"),
    [
        ("2025-12-27-flood.md", "---\nlayout: post\ncategories: خبر\n---\n", DAY),
        ("سیل-1404-10-06.md", "", DAY),
        ("2025-12-27-flood.md", "---\ndate: 2020-01-02\n---\n", datetime.date(2020, 1, 2)),
        ("2025-13-27-flood.md", "", None),
        ("12025-12-27.md", "", None),
    ],
)
def test_a_file_name_tells_the_day_where_the_fields_do_not(
    tmp_path: Path, name: str, front: str, day: datetime.date | None
) -> None:
    assert read(tmp_path, front + GOOD, name).date == day


@pytest.mark.parametrize(
    ("field", "url"),
    [
        ("link: https://example.org/a", "https://example.org/a"),
        ("canonical_url: http://example.org/a", "http://example.org/a"),
        ("permalink: /a/", ""),
        ("permalink: /a/\nurl: https://example.org/a", "https://example.org/a"),
    ],
)
def test_only_a_whole_address_is_one(tmp_path: Path, field: str, url: str) -> None:
    assert read(tmp_path, f"---\n{field}\n---\n{GOOD}").url == url


@pytest.mark.parametrize("front", ["+++\n[author]\nname = 'نیکو'\n+++\n", "---\nauthor:\n  name: نیکو\n---\n"])
def test_an_author_with_more_fields_is_the_name(tmp_path: Path, front: str) -> None:
    assert read(tmp_path, front + GOOD).author == "نیکو"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("+++\ntitle = 'سیل'\n", "a.md, line 1: its front matter is not closed; end it with a line `+++`"),
        ("+++\ntitle = 'سیل'\nx = \n+++\nمتن", "a.md, line 3: its front matter is broken TOML (Invalid value"),
        (f"+++\nx = {'[' * 90_000}\n+++\nمتن", "its front matter is broken TOML"),
        ("+++\ntitle = {a = 1}\n+++\nمتن", "its title is no text"),
    ],
)
def test_broken_fields_are_told_with_their_line(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "a.md").write_text(content, encoding="utf-8")
    assert told in refused(tmp_path)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ('{{< figure src="a.png" title="نگاره" >}}\n\nسیل آمد.', "سیل آمد."),
        ("سیل {{% tel 110 %}} آمد.", "سیل آمد."),
        ("{% include a.html %}\n{: .lead}\nسیل آمد.", "سیل آمد."),
        ("سیل {{ page.title }} آمد.", "سیل آمد."),
        ("`{{ page }}` آمد.", "{{ page }} آمد."),
        ("```\n{% raw %}\n```\n\n~~~\n{{ a }}\n~~~", "{% raw %}\n\n{{ a }}"),
        ("تابع f{x} و {y}", "تابع f{x} و {y}"),
        ("{{" * 1000, "{{" * 1000),
    ],
)
def test_codes_of_a_sites_program_are_no_text(tmp_path: Path, markdown: str, text: str) -> None:
    assert read(tmp_path, markdown).text == text
