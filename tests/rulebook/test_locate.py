"""The line of every key, in TOML of every shape."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privacy_check.rulebook.locate import key_lines
from privacy_check.rulebook.problems import KeyPath

SHAPES: dict[str, tuple[str, dict[KeyPath, int]]] = {
    "pairs": ("a = 1\nb = 2\n", {("a",): 1, ("b",): 2}),
    "no line end at the end": ("a = 1\nb = 2", {("b",): 2}),
    "comments and blank lines": ("# a = 1\n\n  # b\na = 1 # c = 2\n", {("a",): 4}),
    "indented": ("\n\t  a\t=\t1\n", {("a",): 2}),
    "dotted keys": (
        "a.b = 1\na . c = 2\n",
        {("a",): 1, ("a", "b"): 1, ("a", "c"): 2},
    ),
    "quoted keys": (
        '"a b" = 1\n\'c.d\' = 2\n"" = 3\ne . "#" = 4\n',
        {("a b",): 1, ("c.d",): 2, ("",): 3, ("e", "#"): 4},
    ),
    "escaped quoted keys": ('x = 0\n"\\u0061\\tb" = 1\n"\\"" = 2\n', {("a\tb",): 2, ('"',): 3}),
    "an escaped quoted header": ('x = 0\n["\\u0061"]\nb = 1\n', {("a",): 2, ("a", "b"): 3}),
    "tables": ("[a]\nb = 1\n\n[c]\nd = 2\n", {("a",): 1, ("a", "b"): 2, ("c",): 4, ("c", "d"): 5}),
    "spaced headers": ('\n[ a . "b" ] # x\nc = 1\n', {("a", "b"): 2, ("a", "b", "c"): 3}),
    "a table named by a later one only": ("\n[a.b.c]\nd = 1\n", {("a",): 2, ("a", "b"): 2}),
    "a table after its part": ("\n[a.b]\n[a]\nc = 1\n", {("a", "b"): 2, ("a", "c"): 4}),
    "arrays of tables": (
        "[[a]]\nb = 1\n[[a]]\nb = 2\n",
        {("a",): 1, ("a", 0): 1, ("a", 0, "b"): 2, ("a", 1): 3, ("a", 1, "b"): 4},
    ),
    "arrays of tables in arrays of tables": (
        "[[a]]\n[[a.b]]\nc = 1\n[[a.b]]\n[[a]]\n[[a.b]]\nc = 2\n[a.d]\ne = 3\n",
        {
            ("a", 0, "b", 0): 2,
            ("a", 0, "b", 0, "c"): 3,
            ("a", 0, "b", 1): 4,
            ("a", 1): 5,
            ("a", 1, "b", 0): 6,
            ("a", 1, "b", 0, "c"): 7,
            ("a", 1, "d"): 8,
            ("a", 1, "d", "e"): 9,
        },
    ),
    "inline tables": (
        "a = { b = 1, c.d = { e = '}' } }\nf = {}\n",
        {("a", "b"): 1, ("a", "c", "d", "e"): 1, ("f",): 2},
    ),
    "lists over lines": (
        "a = [\n  1, # one ]\n\n  [2,\n 3],\n]\nb = []\n",
        {("a",): 1, ("a", 0): 2, ("a", 1): 4, ("a", 1, 0): 4, ("a", 1, 1): 5, ("b",): 7},
    ),
    "inline tables in a list over lines": (
        "a = [\n { b = 1 },\n { b = [\n 2] },\n]\n",
        {("a", 0, "b"): 2, ("a", 1, "b"): 3, ("a", 1, "b", 0): 4},
    ),
    "strings over lines": (
        'a = """\nb = 1\n[c]\n\\""" """\nd = \'\'\'\n[[e]]\n\'\'\'\nf = 1\n',
        {("a",): 1, ("d",): 5, ("f",): 8},
    ),
    "strings that end in quotes": (
        'a = """x"""""\nb = \'\'\'y\'\'\'\'\'\nc = """"z"""\nd = ""\ne = """"""\nf = 1\n',
        {("b",): 2, ("c",): 3, ("d",): 4, ("e",): 5, ("f",): 6},
    ),
    "strings that look like other things": (
        'a = "# ] } \' \\" "\nb = \'# ] } " \\\'\nc = ["]", \']\', "}"]\nd = 1\n',
        {("b",): 2, ("c", 2): 3, ("d",): 4},
    ),
    "dates, numbers and flags": (
        "a = 1979-05-27 07:32:00\nb = 1e3\nc = [ 07:32:00, -inf, true ]\nd = 0xf\n",
        {("b",): 2, ("c", 2): 3, ("d",): 4},
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_every_key_is_found_on_its_line(shape: str, end: str) -> None:
    text, wanted = SHAPES[shape]
    text = text.replace("\n", end)
    lines = key_lines(text)
    assert {path: lines.get(path) for path in wanted} == wanted
    assert set(paths_of(tomllib.loads(text))) == set(lines)


def paths_of(value: object, base: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the path of everything in a parsed document."""
    if base:
        yield base
    if isinstance(value, dict):
        for name, item in value.items():
            yield from paths_of(item, (*base, name))
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from paths_of(item, (*base, i))


@dataclass(slots=True)
class Writer:
    """Writes TOML and notes the lines on which each key and list item stands."""

    draw: st.DrawFn
    end: str
    text: str = ""
    names: int = 0
    stands: dict[KeyPath, set[int]] = field(default_factory=dict)

    def put(self, text: str) -> None:
        self.text += text.replace("\n", self.end)

    def choice(self, *options: str) -> str:
        return self.draw(st.sampled_from(options))

    def yes(self) -> bool:
        return self.draw(st.booleans())

    def note(self, path: KeyPath) -> None:
        self.stands.setdefault(path, set()).add(self.text.count("\n") + 1)

    def new_name(self) -> str:
        self.names += 1
        return f"k{self.names}" + self.choice("", "", "", "-x", " y", ".z", "#", "[", "\u00e4", '"')

    def put_name(self, name: str) -> None:
        """Write a name in one of the ways in which it can be written."""
        ways = []
        if name.replace("-", "").isascii() and name.replace("-", "").isalnum():
            ways += [name, name]
        ways.append(f"'{name}'")
        quoted = name.replace('"', '\\"')
        ways += [f'"{quoted}"', f'"\\u006b{quoted[1:]}"']
        self.put(self.choice(*ways))

    def put_dotted(self, base: KeyPath, names: list[str]) -> KeyPath:
        for i, name in enumerate(names):
            if i:
                self.put(self.choice(".", " . ", "\t.", ". "))
            base = (*base, name)
            self.note(base)
            self.put_name(name)
        return base

    def space(self) -> None:
        """Write blanks, comments and line ends, where a list may have them."""
        self.put(self.choice("", " ", "\n", " # ] } \" '\n\t", "\n\n"))

    def pair(self, base: KeyPath, depth: int = 0, dotted: tuple[str, ...] = ()) -> None:
        names = [*dotted, self.new_name()]
        path = self.put_dotted(base, names)
        self.put(self.choice(" = ", "=", "\t= "))
        self.value(path, depth)

    def value(self, path: KeyPath, depth: int) -> None:
        kind = self.draw(st.integers(0, 4 if depth < 3 else 2))
        if kind == 3:
            self.list(path, depth)
        elif kind == 4:
            self.inline_table(path, depth)
        else:
            self.put(
                self.choice(
                    "1",
                    "0x1f",
                    "true",
                    "1e5",
                    "1979-05-27T07:32:00Z",
                    "1979-05-27 07:32:00",
                    '""',
                    "''",
                    '"a = 1 # ] } \' \\" \\\\"',
                    "'a = \" # ] } \\'",
                    '"""\na = 1\n[b]\n\\""" # "" ] }"""',
                    "'''\na = 1\n[[b]]\n'' # \" ] }'''",
                    '""" """""',
                    "''''x'''",
                )
            )

    def list(self, path: KeyPath, depth: int) -> None:
        self.put("[")
        self.space()
        count = self.draw(st.integers(0, 3))
        for i in range(count):
            self.note((*path, i))
            self.value((*path, i), depth + 1)
            self.space()
            if i < count - 1 or self.yes():
                self.put(",")
                self.space()
        self.put("]")

    def inline_table(self, path: KeyPath, depth: int) -> None:
        self.put("{ ")
        for i in range(self.draw(st.integers(0, 3))):
            self.put(" , " if i else "")
            self.pair(path, depth + 1, (self.new_name(),) if self.yes() else ())
        self.put(" }")

    def pairs(self, base: KeyPath) -> None:
        shared = self.new_name()
        for _ in range(self.draw(st.integers(0, 3))):
            self.put(self.choice("", "  ", "# x = 1 [a]\n", "\n"))
            self.pair(base, 0, (shared,) if self.draw(st.integers(0, 3)) == 0 else ())
            self.put(self.choice("\n", " # ' \"\n", "\n\n"))

    def header(self, base: KeyPath, names: list[str], item: int | None = None) -> KeyPath:
        """Write a table's header; `base` is the path of an open table that it names first."""
        self.put(self.choice("", " ") + ("[" if item is None else "[["))
        self.put(self.choice("", " "))
        path: KeyPath = ()
        for part in base:
            if isinstance(part, int):
                path = (*path, part)
                continue
            if path:
                self.put(".")
            path = self.put_dotted(path, [part])
        if path:
            self.put(".")
        path = self.put_dotted(path, names)
        if item is not None:
            path = (*path, item)
            self.note(path)
        self.put(self.choice("", " ") + ("]" if item is None else "]]") + self.choice("", " # ]"))
        self.put("\n")
        return path


@st.composite
def documents(draw: st.DrawFn) -> Writer:
    """Return a document of pairs, tables, lists of tables, and tables within both."""
    writer = Writer(draw, draw(st.sampled_from(["\n", "\r\n"])))
    writer.pairs(())
    for _ in range(draw(st.integers(0, 4))):
        names = [writer.new_name() for _ in range(draw(st.integers(1, 3)))]
        if writer.yes():
            path = writer.header((), names)
            writer.pairs(path)
            if writer.yes():
                writer.pairs(writer.header(path, [writer.new_name()]))
            continue
        part, inner = writer.new_name(), writer.new_name()
        for item in range(draw(st.integers(1, 3))):
            path = writer.header((), names, item)
            writer.pairs(path)
            if writer.yes():
                writer.pairs(writer.header(path, [part]))
            for number in range(draw(st.integers(0, 2))):
                writer.pairs(writer.header(path, [inner], number))
    return writer


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_every_key_of_a_document_has_a_line_on_which_it_stands(written: Writer) -> None:
    parsed = set(paths_of(tomllib.loads(written.text)))
    assert parsed == set(written.stands), "the writer itself knows what it wrote"
    lines = key_lines(written.text)
    assert set(lines) == parsed
    assert {path: line for path, line in lines.items() if line not in written.stands[path]} == {}


def test_a_text_that_was_never_parsed_is_refused() -> None:
    with pytest.raises(ValueError, match="line 2"):
        key_lines("a = 1\n= 2\n")
