"""The private file of one person's answers: only words in it, only its owner reads it."""

from __future__ import annotations

import json
import os
import resource
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy_check.person.agreement_file import (
    LONGEST_WORD,
    MOST_WORDS,
    decode,
    encode,
    read_answers,
    write_answers,
)
from privacy_check.person.private_file import LARGEST_FILE, PrivateFileError
from privacy_check.report.agreement import Filled, arranged, merge, normal
from privacy_check.rulebook.decode import decode as decode_rules
from privacy_check.rulebook.documents import read_folder

RULES = Path(__file__).resolve().parents[2] / "rules"
DRAFT = decode_rules(item for item in read_folder(RULES)[0] if item.kind == "agreement")
TOPICS = sorted((entry.record for entry in DRAFT.agreement), key=lambda topic: topic.place)

ANSWERS = Filled(
    ranked={"recording": "ask", "screenshots": "no", "camera": ""},
    sets={"channel": ("Signal", "video"), "keep-out": (), "comfort": ("jokes",)},
    not_fine={"comfort": ("Old  stories",)},
)
TEXT = """\
{
  "schema": "agree-v1",
  "answers": {
    "recording": "ask",
    "screenshots": "no",
    "channel": [
      "video",
      "signal"
    ],
    "comfort": {
      "fine": [
        "jokes"
      ],
      "not-fine": [
        "old stories"
      ]
    }
  }
}
"""
SECRET = "a-telling-answer"


def file_of(answers: object, **more: object) -> bytes:
    return json.dumps({"schema": "agree-v1", "answers": answers, **more}).encode()


def written(tmp_path: Path, data: bytes, mode: int = 0o600) -> str:
    path = tmp_path / "mine.json"
    path.write_bytes(data)
    path.chmod(mode)
    return str(path)


# What is in it


def test_the_file_holds_words_and_nothing_else() -> None:
    assert encode(TOPICS, ANSWERS).decode() == TEXT


def test_answers_come_back() -> None:
    back = decode(TEXT.encode(), TOPICS)
    assert back.ranked == {"recording": "ask", "screenshots": "no"}
    assert back.sets == {"channel": ("video", "signal"), "comfort": ("jokes",)}
    assert back.not_fine == {"comfort": ("old stories",)}
    assert merge(TOPICS, [back]) == merge(TOPICS, [ANSWERS])
    assert encode(TOPICS, back).decode() == TEXT


OWN_WORD = st.text(max_size=LONGEST_WORD).filter(lambda word: len(normal(word)) <= LONGEST_WORD)


@given(
    st.dictionaries(
        st.sampled_from([topic.id for topic in TOPICS if topic.own_words]),
        st.lists(OWN_WORD, max_size=MOST_WORDS).map(tuple),
    )
)
def test_any_own_words_come_back(words: dict[str, tuple[str, ...]]) -> None:
    answers = Filled(sets=words, not_fine={"comfort": words.get("keep-out", ())})
    back = decode(encode(TOPICS, answers), TOPICS)
    assert merge(TOPICS, [back]) == merge(TOPICS, [answers])
    by_id = {topic.id: topic for topic in TOPICS}
    assert all(back.sets[name] == arranged(by_id[name], words.get(name, ())) for name in back.sets)


def test_nobody_answered_anything() -> None:
    assert json.loads(encode(TOPICS, Filled())) == {"schema": "agree-v1", "answers": {}}
    assert decode(file_of({}), TOPICS) == Filled()


@pytest.mark.parametrize("word", ["", "unsure"])
def test_unsure_by_hand_is_no_answer(word: str) -> None:
    assert decode(file_of({"recording": word}), TOPICS).ranked == {"recording": ""}


def test_a_mark_before_the_text_does_not_matter() -> None:
    assert decode(b"\xef\xbb\xbf" + TEXT.encode(), TOPICS) == decode(TEXT.encode(), TOPICS)


# What is wrong in it


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "this is not JSON"),
        (b"\xff", "this is not JSON"),
        (f'{{"{SECRET}'.encode(), "this is not JSON"),
        (b"[" * 60_000, "this is not JSON"),
        (b"9" * 6000, "this is not JSON"),
        (b"[]", "the file: this should be a table"),
        (b'{"answers": {}}', 'schema: this should be "agree-v1"'),
        (file_of({}, schema="agree-v2"), 'schema: this should be "agree-v1"'),
        (file_of({}, owner=SECRET), 'the key "owner" is not known; known here: schema, answers'),
        (file_of([SECRET]), "answers: this should be a table"),
        (file_of({"recordin": SECRET}), 'no topic "recordin" (did you mean "recording"?)'),
        (file_of({"change": SECRET}), 'no topic "change"'),
        (file_of({"a\x1b[2J": SECRET}), 'no topic "a\ufffd[2J"'),
        (file_of({"recording": SECRET}), "recording: this should be one of: no, ask, yes, unsure"),
        (file_of({"recording": ["no", SECRET]}), "recording: this should be one of"),
        (file_of({"recording": None}), "recording: this should be one of"),
        (file_of({"sharing": "yes"}), "sharing: this should be one of: no, ask, unsure"),
        (file_of({"channel": SECRET}), "channel: this should be a list of at most 20 words"),
        (file_of({"channel": [SECRET] * 21}), "channel: this should be a list of at most 20"),
        (file_of({"keep-out": [SECRET, 7]}), "keep-out: each entry should be text"),
        (file_of({"keep-out": [SECRET * 9]}), "keep-out: each entry should be text of at most 60"),
        (file_of({"comfort": [SECRET]}), "comfort: this should be a table"),
        (file_of({"comfort": {"great": [SECRET]}}), 'comfort: the key "great" is not known'),
        (file_of({"comfort": {"not-fine": SECRET}}), "comfort.not-fine: this should be a list"),
        (
            b'{"schema": "agree-v1", "answers": {"recording": "no", "recording": "yes"}}',
            'the key "recording" stands there twice',
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_key(data: bytes, told: str) -> None:
    with pytest.raises(PrivateFileError) as caught:
        decode(data, TOPICS)
    assert told in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert SECRET not in str(caught.value)


def test_nothing_earlier_carries_an_answer_along() -> None:
    """The JSON module's own error holds the whole text."""
    with pytest.raises(PrivateFileError) as caught:
        decode(f'{{"{SECRET}": '.encode(), TOPICS)
    assert caught.value.__context__ is None


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_answers_or_refused(data: bytes) -> None:
    try:
        merge(TOPICS, [decode(data, TOPICS)])
    except PrivateFileError:
        return


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([topic.id for topic in TOPICS]) | st.text(), VALUES))
def test_any_table_is_answers_or_refused(table: dict[str, object]) -> None:
    try:
        found = decode(file_of(table), TOPICS)
    except PrivateFileError:
        return
    merge(TOPICS, [found])


# The file itself


def test_a_written_file_is_private_and_comes_back(tmp_path: Path) -> None:
    path = str(tmp_path / "mine.json")
    before = os.umask(0o277)
    try:
        write_answers(path, TOPICS, ANSWERS)
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert read_answers(path, TOPICS) == decode(TEXT.encode(), TOPICS)
    assert [entry.name for entry in tmp_path.iterdir()] == ["mine.json"]


@pytest.mark.parametrize("kind", ["file", "link", "dangling", "folder"])
def test_what_exists_is_not_replaced(tmp_path: Path, kind: str) -> None:
    path, other = tmp_path / "mine.json", tmp_path / "other"
    other.write_text("kept")
    match kind:
        case "file":
            path.write_text("kept")
        case "link":
            path.symlink_to(other)
        case "dangling":
            path.symlink_to(tmp_path / "nowhere")
        case _:
            path.mkdir()
    with pytest.raises(PrivateFileError, match="exists"):
        write_answers(str(path), TOPICS, ANSWERS)
    assert other.read_text() == "kept"
    assert not (tmp_path / "nowhere").exists()


def test_where_nothing_can_be_written_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(PrivateFileError, match="cannot be used"):
        write_answers(str(tmp_path / "no" / "mine.json"), TOPICS, ANSWERS)
    with pytest.raises(PrivateFileError, match="not the name of a file"):
        write_answers("a\0b", TOPICS, ANSWERS)


def test_a_file_that_cannot_be_written_whole_is_not_left(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    try:
        with pytest.raises(PrivateFileError, match="cannot be used"):
            write_answers(str(tmp_path / "mine.json"), TOPICS, ANSWERS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601, 0o644, 0o700, 0o400, 0o4600])
def test_a_file_that_is_not_private_is_not_read(tmp_path: Path, mode: int) -> None:
    path = written(tmp_path, TEXT.encode(), mode)
    with pytest.raises(PrivateFileError, match=r"chmod 600|cannot be used"):
        read_answers(path, TOPICS)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    written(tmp_path, TEXT.encode())
    (tmp_path / "link").symlink_to("mine.json")
    with pytest.raises(PrivateFileError, match="a link is not followed"):
        read_answers(str(tmp_path / "link"), TOPICS)


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/null")):
        with pytest.raises(PrivateFileError, match=r"not a regular file|Is a directory"):
            read_answers(str(path), TOPICS)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(PrivateFileError, match="there is no such file"):
        read_answers(str(tmp_path / "nothing"), TOPICS)
    with pytest.raises(PrivateFileError, match="not the name of a file"):
        read_answers("a\0b", TOPICS)


@pytest.mark.parametrize("more", [0, 1])
def test_a_file_has_a_largest_size(tmp_path: Path, more: int) -> None:
    data = TEXT.encode()
    path = written(tmp_path, data + b" " * (LARGEST_FILE - len(data) + more))
    if more:
        with pytest.raises(PrivateFileError, match="larger than 64 KiB"):
            read_answers(path, TOPICS)
    else:
        assert read_answers(path, TOPICS) == decode(data, TOPICS)


@pytest.mark.skipif(os.geteuid() != 0, reason="only an administrator can give a file away")
def test_a_file_of_another_account_is_not_read(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.encode())
    os.chown(path, 65534, -1)
    with pytest.raises(PrivateFileError, match="belongs to another account"):
        read_answers(path, TOPICS)


def test_a_problem_inside_names_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, file_of({"recording": SECRET}))
    with pytest.raises(PrivateFileError) as caught:
        read_answers(path, TOPICS)
    assert str(caught.value).startswith(f"{path}: recording: ")
    assert SECRET not in str(caught.value)
