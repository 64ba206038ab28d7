"""The ways through a conversation: its parts, its keys, what help changes, and what was kept.

Each is what somebody who tried `ask` ran into. A person without a screen presses the keys.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from asking import (
    CHANNELS,
    PROFILES,
    Kept,
    Person,
    answers_for,
    asked,
    asked_for,
    flat,
    good_report,
    in_lines,
    rules_for,
)

from privacy_check.judge.answers import GIVEN, Prompt, prompts
from privacy_check.judge.findings import Judged
from privacy_check.person.answers_file import read_answers, write_answers
from privacy_check.person.private_file import PrivateFileError
from privacy_check.record import replaced
from privacy_check.render import words
from privacy_check.report.build import Report
from privacy_check.rulebook.records import Rule
from privacy_check.rulebook.select import Wish

FAST_GOOD = "yyyyyyn"
SHORT = 7
THREAT, PICTURE, DEVICE, ANYONE = "h1E", "h2E", "h3E", "h4E"
ODD = ("notification-banners=on", "automatic-lock=off")


@cache
def computer(profile: str = "", channel: str = "video", odd: tuple[str, ...] = ()) -> Report:
    """Return the report of a computer whose settings are good, but for `id=value` ones."""
    return good_report(profile, channel, odd=dict(item.split("=") for item in odd))


def named(name: str, profile: str = "") -> Prompt:
    return next(prompt for prompt in prompts(rules_for(profile)) if prompt.rule.id == name)


def deciding(profile: str) -> list[Prompt]:
    """Return the questions that decide and are not among the short ones."""
    found = asked_for(rules_for(profile))
    return [item for item in found if item.question.pause and not item.question.quick]


def others(profile: str) -> list[Prompt]:
    found = asked_for(rules_for(profile))
    return [item for item in found if not (item.question.pause or item.question.quick)]


def shows(person: Person, prompt: Prompt) -> bool:
    """Say whether a question is what is shown now."""
    return prompt.text in person.last and " of " in person.last.split("leave: x")[0]


def is_end(person: Person) -> bool:
    return "enter end" in person.last


def everything(person: Person) -> str:
    return flat([line for screen in person.screens for line in screen])


# The parts and the keys between them


@pytest.mark.parametrize("profile", PROFILES)
def test_more_questions_are_first_those_that_decide_and_then_the_end_again(profile: str) -> None:
    part, report = deciding(profile), computer(profile)
    for number, prompt in enumerate(part):
        person = asked(FAST_GOOD + "m" + "y" * number, report)
        assert shows(person, prompt)
        assert person.last.startswith(f"{number + 1} of {len(part)} ")
    assert is_end(asked(FAST_GOOD + "m" + "y" * len(part), report))
    rest = asked(FAST_GOOD + "m" + "y" * len(part) + "m", report)
    assert shows(rest, others(profile)[0])
    assert rest.last.startswith(f"1 of {len(others(profile))} ")


def test_more_goes_on_with_the_first_question_that_was_not_shown() -> None:
    """Whoever went to the end early comes back to what is open, not to what was answered."""
    _, second, third, *_ = deciding("close")
    report = computer("close")

    assert shows(asked(FAST_GOOD + "mye" + "m", report), third)
    assert shows(asked(FAST_GOOD + "mse" + "m", report), third)
    assert shows(asked(FAST_GOOD + "me" + "m", report), second)
    assert shows(asked("ye" + "m", report), asked_for(rules_for("close"))[2])


def test_what_was_skipped_and_decides_is_offered_again_at_last() -> None:
    keys = answers_for(rules_for(), {"feel-safe": "s", "nobody-else-in-room": "s"})
    person = asked(keys, computer())

    assert "m more questions" in person.last
    assert shows(asked(keys + "m", computer()), named("nobody-else-in-room"))
    assert named("nobody-else-in-room").question.quick


def test_without_an_open_question_no_more_are_offered() -> None:
    person = asked(answers_for(rules_for()), computer())

    assert is_end(person)
    assert "m more questions" not in person.last
    assert "m more questions" in asked(FAST_GOOD, computer()).last


@pytest.mark.parametrize("name", ["who-controls-device", "changes-may-be-noticed"])
def test_going_to_the_end_from_a_question_about_the_device_holds_steps_back(name: str) -> None:
    """It was shown and not answered, as when it is skipped."""
    number = [item.rule.id for item in asked_for(rules_for())].index(name)
    keys = answers_for(rules_for())
    until = [i for i, key in enumerate(keys) if key != "m"][number]

    assert shows(asked(keys[:until], computer()), named(name))
    assert "c show steps" in asked(keys[:until] + "e", computer()).last


@pytest.mark.parametrize("before", ["", "y", "yyyyyy", FAST_GOOD + "m", FAST_GOOD + "mn"])
def test_one_key_leads_to_the_end_from_each_part(before: str) -> None:
    assert is_end(asked(before + "e", computer("close")))


def test_one_key_leads_to_the_end_from_every_other_question() -> None:
    start = FAST_GOOD + "m" + "y" * len(deciding("")) + "m"
    report = computer()
    for number in (0, 1, len(others("")) // 2, len(others("")) - 1):
        person = asked(start + "y" * number, report)
        assert shows(person, others("")[number])
        assert is_end(asked(start + "y" * number + "e", report))


def test_going_to_the_end_answers_nothing() -> None:
    """A question that was only shown has no answer, as one that was not."""
    number = len(asked_for(rules_for("close")))
    for keys, open_still in (("e", number), ("ye", number - 1), (FAST_GOOD + "mne", 0)):
        person = asked(keys, computer("close"))
        if open_still:
            assert f"Not answered: {open_still} (" in person.last
        else:
            assert words.STOP_HERE in person.last


def test_an_open_question_that_decides_is_said_so_and_not_called_worth_a_look() -> None:
    person = asked(FAST_GOOD, computer())

    assert words.NOT_ANSWERED_YET in person.last
    assert "Worth a look" not in person.last
    for prompt in deciding(""):
        assert prompt.question.name in person.last


def test_back_leads_from_the_end_to_the_last_question_of_its_part() -> None:
    report = computer("close")

    assert shows(asked(FAST_GOOD + "b", report), asked_for(rules_for("close"))[SHORT - 1])
    keys = FAST_GOOD + "m" + "y" * len(deciding("close"))
    assert shows(asked(keys + "b", report), deciding("close")[-1])


def test_back_at_the_first_question_stays_there() -> None:
    first = asked("", computer()).screens[-1]

    assert asked("b", computer()).screens[-1] == first
    assert asked("bb", computer()).screens[-1] == first
    assert shows(asked("bby", computer()), asked_for(rules_for())[1])


def test_help_is_there_at_every_question_and_comes_back_to_it() -> None:
    report = computer()
    for before in ("", "y", "yn?", FAST_GOOD + "m", FAST_GOOD + "myym"):
        first = asked(before, report)
        chosen = asked(before + "h", report)
        back = asked(before + "h4E", report)
        assert "someone is threatening me" in chosen.last
        assert back.screens[-1] == first.screens[-1]
        assert asked(before + "hE", report).screens[-1] == first.screens[-1]


def test_every_question_of_a_whole_conversation_offers_help_the_end_and_leaving() -> None:
    person = asked(answers_for(rules_for("close")), computer("close"))
    questions = [screen for screen in person.screens if "? not sure s skip" in flat(screen)]

    assert len(questions) == len(asked_for(rules_for("close")))
    for screen in questions:
        assert "help: h" in screen[0]
        assert screen[0].endswith("leave: x")
        assert "e end" in flat(screen)


@pytest.mark.parametrize("profile", PROFILES)
def test_what_was_done_after_a_call_is_not_asked_before_it(profile: str) -> None:
    """It stands on the card for after the call; an honest no before it would be a false finding."""
    for channel in CHANNELS:
        rules = rules_for(profile, channel)
        past = [rule for rule in rules if rule.question and rule.question.past]
        keys = "m".join("s" * len(part) for part in parts(rules))
        person = asked(keys, computer(profile, channel))
        assert past or channel == "text"
        assert is_end(person)
        for rule in past:
            assert rule.question
            assert rule.question.text not in everything(person)
            assert rule.question.name not in person.last.split("Before the call")[-1] or (
                not rule.question.name
            )


def parts(rules: tuple[Rule, ...]) -> list[list[Prompt]]:
    found = asked_for(rules)
    short = [item for item in found if item.question.quick]
    then = [item for item in found if item.question.pause and not item.question.quick]
    return [short, then, found[len(short) + len(then) :]]


# What help changes


def as_record_first(name: str) -> Report:
    """Return a report with one more rule that waits until a record is kept.

    The shipped ones are about what was done after a call, which is not asked before it anyway.
    """
    report = computer("", "video", ("location-service=on",))
    findings = [
        replaced(item, rule=replaced(item.rule, record_first=item.rule.id == name))
        for item in report.findings
    ]
    return replaced(report, findings=tuple(findings))


@pytest.mark.parametrize("topic", [THREAT, PICTURE, DEVICE, ANYONE])
@pytest.mark.parametrize("first", [True, False])
def test_under_a_threat_or_once_something_was_passed_on_keeping_a_record_comes_first(
    topic: str, *, first: bool
) -> None:
    """What asks to delete is left out then: the question, its settings, and what is open."""
    report, prompt = as_record_first("location-off"), named("location-off")
    (read,) = {words.meaning(thing.judged.row) for thing in report.to_look_at()}
    keys = FAST_GOOD + "m" + "y" * len(deciding("")) + "m"
    keys = topic + keys + "e" if first else keys + "e" + topic
    person = asked(keys + "a", report)
    number = int(re.findall(r"Not answered: (\d+) ", everything(person))[-1])
    all_others = asked(keys + "m" + "s" * len(others("")), report)

    left_out = topic in (THREAT, PICTURE)
    assert read in asked(FAST_GOOD + "a", report).last
    assert (read in person.last) != left_out
    assert number == len(others("")) - left_out
    if first:
        assert (prompt.text in everything(all_others)) != left_out


def test_back_works_at_once_after_the_questions_became_fewer() -> None:
    keys = answers_for(rules_for(), rest="s")
    last = others("")[-1]

    assert shows(asked(keys + THREAT + "b", as_record_first("location-off")), last)
    before = others("")[-2]
    assert shows(asked(keys + THREAT + "b", as_record_first(last.rule.id)), before)


def test_all_that_asks_to_delete_waits_for_a_record() -> None:
    deletes = {rule.id for rule in rules_for("close") if rule.record_first}

    assert deletes == {"delete-as-agreed"}


@pytest.mark.parametrize("topic", [THREAT, DEVICE])
@pytest.mark.parametrize("first", [True, False])
def test_who_says_so_in_help_sees_no_steps_until_they_ask(topic: str, *, first: bool) -> None:
    """As after an answer that somebody else checks this device."""
    report = computer(odd=ODD)
    keys = answers_for(rules_for(), {"join-muted": "n"})
    keys = topic + keys if first else keys + topic
    last, listed = asked(keys, report), asked(keys + "a", report)
    steps = [words.change(thing.judged.row)[0] for thing in report.to_look_at()]

    for person in (last, listed):
        assert [step for step in steps if flat([step]) in person.last] == []
        assert "Back: " not in person.last
    assert named("join-muted").question.hint not in last.last
    assert words.CHANGE_MAY_BE_NOTICED in last.last
    assert "c show steps" in last.last
    shown = asked(keys + "c", report).last
    assert any(flat([step]) in shown for step in steps)
    assert "c show steps" not in shown


@pytest.mark.parametrize("topic", [PICTURE, ANYONE])
def test_other_topics_of_help_hold_no_steps_back(topic: str) -> None:
    last = asked(answers_for(rules_for()) + topic, computer(odd=ODD)).last

    assert "Back: " in last
    assert "c show steps" not in last


@pytest.mark.parametrize(
    ("topic", "asks"), [(THREAT, True), (DEVICE, True), (PICTURE, False), (ANYONE, False)]
)
def test_a_file_is_asked_about_again_where_somebody_may_check_the_device(
    topic: str, *, asks: bool
) -> None:
    written: list[object] = []
    kept = Kept(answers={}, write=written.append)
    person = asked(FAST_GOOD + topic + "k", computer(), kept)

    assert ("found by someone who checks it" in person.last) == asks
    assert len(written) == (not asks)
    asked(FAST_GOOD + topic + "kn", computer(), kept)
    assert len(written) == (0 if asks else 2)


def test_no_question_shows_what_may_help_once_help_was_about_the_device() -> None:
    """But for the questions that decide, and those about the device itself."""
    person = asked(DEVICE + answers_for(rules_for()), computer())
    texts = [flat(screen) for screen in person.screens if "? not sure s skip" in flat(screen)]
    for prompt, text in zip(asked_for(rules_for()), texts[1:], strict=True):
        stays = prompt.question.pause or prompt.question.care
        assert prompt.text in text
        assert text.endswith(prompt.question.hint) == bool(stays or not prompt.question.hint)


# What the last screen says


def nervous() -> str:
    return next(rule.say for rule in rules_for("close") if rule.id == "nervous-is-normal")


def deciding_only(keys: str) -> str:
    """Return the keys up to the last question that decides."""
    return "m".join(keys.split("m")[:2])


@pytest.mark.parametrize("profile", ["close", ""])
def test_a_clear_no_is_not_called_unsure_and_nobody_is_told_it_is_nerves(profile: str) -> None:
    rules, report = rules_for(profile), computer(profile)
    assert nervous()
    for prompt in [item for item in asked_for(rules) if item.question.pause]:
        no = "n" if prompt.question.good == "yes" else "y"
        person = asked(deciding_only(answers_for(rules, {prompt.rule.id: no})), report)
        assert words.STOP_HERE in person.last, prompt.rule.id
        assert "ot sure?" not in person.last
        assert nervous() not in person.last
        assert prompt.question.hint in person.last


def test_a_no_among_unsure_answers_is_still_a_clear_no() -> None:
    keys = answers_for(rules_for("close"), {"free-to-say-no": "n", "feel-safe": "?"})
    person = asked(keys, computer("close"))

    assert words.STOP_HERE in person.last
    assert nervous() not in person.last


def test_who_is_unsure_is_told_so_and_that_nerves_are_normal() -> None:
    rules, report = rules_for("close"), computer("close")
    for prompt in [item for item in asked_for(rules) if item.question.pause]:
        person = asked(deciding_only(answers_for(rules, {prompt.rule.id: "?"})), report)
        assert words.OUTCOME["pause"] in person.last
        assert nervous() in person.last


@pytest.mark.parametrize("key", "n?")
def test_where_it_is_best_to_stop_no_setting_is_shown_until_asked(key: str) -> None:
    keys = answers_for(rules_for(), {"free-to-say-no": key, "join-muted": "n"})
    report = computer(odd=ODD)
    person = asked(keys, report)

    assert "2 things on this computer may be worth a look, later: a." in person.last
    assert "Somebody to talk to: h." in person.last
    for text in ("Worth a look first", "Back: ", "Also: ", "Not answered"):
        assert text not in person.last
    for thing in report.to_look_at():
        assert words.meaning(thing.judged.row) not in person.last
        assert flat([words.change(thing.judged.row)[0]]) not in person.last
    listed = asked(keys + "a", report).last
    assert all(words.meaning(thing.judged.row) in listed for thing in report.to_look_at())


LATER = ("storage-encryption=not-encrypted",)


def test_what_is_for_later_is_not_among_the_things_to_do_first() -> None:
    alone = asked(answers_for(rules_for()), computer(odd=LATER)).last
    report = computer(odd=(*LATER, *ODD))
    beside = asked(answers_for(rules_for()), report).last
    later = [t.judged.row for t in report.to_look_at() if t.judged.row.place.variant.form.later]

    assert later
    for text in (alone, beside):
        assert "For later, not before a call: " in text
        assert not any(words.meaning(row) in text for row in later)
        assert not any(flat([words.change(row)[0]]) in text for row in later)
    assert "Worth a look first" not in alone
    assert "Worth a look first" in beside
    names = beside.split("For later, not before a call: ")[1].split(".")[0]
    assert all(words.inside(row.place.setting.title) in names for row in later)


@pytest.mark.parametrize("profile", PROFILES)
def test_items_are_named_as_the_persons_own_matter_and_can_be_told_apart(profile: str) -> None:
    """Not by the name of a setting, which reads like a discovery; and without commas inside."""
    rules = rules_for(profile)
    worries = {
        prompt.rule.id: "n" if prompt.question.good == "yes" else "y"
        for prompt in asked_for(rules)
        if not (prompt.question.pause or prompt.question.care) and prompt.question.good != "either"
    }
    last = asked(answers_for(rules, worries), computer(profile)).last
    also = last.split("Also: ")[1].split(".")[0].split("; ")
    shown = [match[1] for match in re.finditer(r" \d (\D[^.]*)\.", last.split("Also: ")[0])]

    assert len(shown) == 3
    assert len(also) + len(shown) == len(worries)
    wanted = {name_of(prompt) for prompt in asked_for(rules) if prompt.rule.id in worries}
    assert {name[:1].lower() + name[1:] for name in (*also, *shown)} == {
        name[:1].lower() + name[1:] for name in wanted
    }
    assert [name for name in wanted if ";" in name] == []
    severity = {name_of(item).lower(): item.rule.severity for item in asked_for(rules)}
    order = [("high", "medium", "low").index(severity[name.lower()]) for name in (*shown, *also)]
    assert order == sorted(order)


def test_an_item_that_was_answered_and_read_is_one_thing() -> None:
    """The person's own words, and the first step here; not the same thing twice."""
    report = computer("", "video", ("notification-banners=on",))
    last = asked(answers_for(rules_for(), {"notifications-off": "n"}), report).last
    row = report.to_look_at()[0].judged.row

    assert f"1 {name_of(named('notifications-off')).capitalize()}. " in last
    assert f"Here: {flat([words.change(row)[0]])}" in last
    assert words.meaning(row) not in last
    assert " 2 " not in last.split("What this cannot show")[0]


def test_no_name_of_an_answer_holds_a_comma() -> None:
    names = [rule.question.name for rule in rules_for("close") if rule.question]

    assert any(names)
    assert [name for name in names if "," in name or ";" in name or name.endswith(".")] == []


def name_of(prompt: Prompt) -> str:
    return prompt.question.name or words.inside(prompt.rule.title)


def test_what_a_setting_is_called_is_not_said_of_an_answer() -> None:
    """Open apps are no discovery of a program at the camera."""
    for rule in rules_for("close"):
        question = rule.question
        titles = [judged_title(item) for item in finding_settings(rule.id)]
        if question and question.name:
            assert question.name not in titles
    last = asked(answers_for(rules_for(), {"close-other-apps": "n"}), computer()).last
    assert "camera or microphone" not in last.split("If someone else")[0]


def finding_settings(name: str) -> tuple[Judged, ...]:
    return next(f.settings for f in computer("close").findings if f.rule.id == name)


def judged_title(item: Judged) -> str:
    return words.inside(item.row.place.setting.title)


# What was kept


def kept_with(answers: dict[str, str], written: list[object] | None = None) -> Kept:
    return Kept(answers=answers, write=(written if written is not None else []).append)


def is_asked_again(prompt: Prompt) -> bool:
    """Say whether a question is about now, or weighs so much that no file may answer it."""
    question, rule = prompt.question, prompt.rule
    decides = question.pause or question.care or question.quick or rule.severity == "high"
    return bool(decides or rule.phase in ("just-before", "during"))


@pytest.mark.parametrize("profile", ["", "close"])
def test_kept_answers_about_now_are_not_taken(profile: str) -> None:
    """A file vouches for no feeling of today: what is short or decides is asked again."""
    found = asked_for(rules_for(profile))
    again = [item for item in found if is_asked_again(item)]
    kept = {item.rule.id: "no" if item.question.good == "no" else "yes" for item in found}
    person = asked("e", computer(profile), kept_with(kept))

    assert SHORT < len(again) < len(found)
    assert f"Not answered: {len(again)} (" in person.last
    assert words.NOT_ANSWERED_YET in person.last
    first = asked("", computer(profile), kept_with(kept))
    assert shows(first, found[0])
    assert "(answered" not in first.last


def test_kept_answers_to_other_questions_are_taken() -> None:
    number, prompt = next(
        (i, item) for i, item in enumerate(others("")) if not is_asked_again(item)
    )
    kept = kept_with({prompt.rule.id: "no"})
    start = FAST_GOOD + "m" + "y" * len(deciding("")) + "m" + "y" * number
    person = asked(FAST_GOOD + "e", computer(), kept)

    assert f"Not answered: {len(asked_for(rules_for())) - SHORT - 1} (" in person.last
    assert shows(asked(start, computer(), kept), prompt)
    assert "(answered: no)" in asked(start, computer(), kept).last


@pytest.mark.parametrize("key", "yn?s")
def test_answers_about_now_are_not_written(key: str) -> None:
    written: list[dict[str, str]] = []
    kept = Kept(answers={}, write=written.append)  # type: ignore[arg-type] # only kept, not written
    keys = answers_for(rules_for("close"), rest=key) + "ky"
    asked(keys, computer("close"), kept)
    (whole,) = written
    lasting = [item.rule.id for item in asked_for(rules_for("close")) if not is_asked_again(item)]

    assert set(whole) == set(lasting)
    assert set(whole.values()) <= set(GIVEN)


CALLS = [("", "video"), ("close", "video"), ("care", "video"), ("", "text"), ("care", "voice")]


@pytest.mark.parametrize("made", CALLS)
def test_a_file_that_was_kept_for_another_kind_of_call_is_refused(
    made: tuple[str, str], tmp_path: Path
) -> None:
    path = str(tmp_path / "kept.json")
    answers = {"linked-devices": "unsure"}
    write_answers(path, Wish(profile=made[0], channel=made[1]), answers)
    for profile, channel in CALLS:
        wish = Wish(profile=profile, channel=channel)
        if (profile, channel) == made:
            assert read_answers(path, wish) == answers
        else:
            with pytest.raises(PrivateFileError, match="another --profile or --channel") as error:
                read_answers(path, wish)
            assert "unsure" not in str(error.value)
            assert "linked-devices" not in str(error.value)
    whole = json.loads(Path(path).read_text())
    assert (whole["profile"], whole["channel"]) == made


def test_a_file_of_before_without_the_kind_of_call_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    path.write_text(json.dumps({"schema": "answers-v1", "answers": {"feel-safe": "yes"}}))
    path.chmod(0o600)
    with pytest.raises(PrivateFileError):
        read_answers(str(path), Wish())


@pytest.mark.parametrize("place", ["", "missing/kept.json", "file/kept.json"])
def test_a_place_where_no_file_can_be_made_is_told_before_the_first_question(
    place: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    path = str(tmp_path / place) if place else ""
    done = in_lines(tmp_path, "\n" + "y\n" * SHORT, "--answers", path)

    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Choose another place" in done.stderr


# In plain lines


@pytest.mark.parametrize("said", ["not sure", "?", "unsure"])
def test_in_plain_lines_not_sure_is_not_taken_for_no(said: str, tmp_path: Path) -> None:
    """The last short question is good when the answer is no; "not sure" begins with the same n."""
    done = in_lines(tmp_path, "\n" + "y\n" * (SHORT - 1) + f"nothing\n{said}\n\n")
    text = flat(done.stdout.splitlines())

    assert (done.returncode, done.stderr) == (0, "")
    assert words.OUTCOME["pause"] in text
    assert text.count("Please type one of the keys alone") == 1
    assert "Type a key and press Enter" in text
    assert "clears this window" not in text


# Steps on a phone


@pytest.mark.parametrize(
    "name", ["close-other-apps", "auto-upload", "ai-notes-off", "location-off"]
)
def test_a_step_on_a_phone_is_never_half_of_what_to_do(name: str) -> None:
    """One kind of phone a system, and all its steps: half a way may cut a person off."""
    no = "n" if named(name).question.good == "yes" else "y"
    last = asked(answers_for(rules_for(), {name: no}), computer()).last
    used = [use.id for use in named(name).rule.settings]
    for platform in ("ios", "android"):
        ways = {
            flat(words.phone_steps(place.variant, place.variant.form.change))
            for place in computer().phones
            if place.variant.platform == platform and place.setting.id in used
        }
        assert (words.PLATFORM[platform] in last) == bool(ways)
        assert not ways or any(way in last for way in ways)
    assert "irplane" not in last


def test_a_path_that_somebody_looked_up_is_shown_before_one_that_is_only_believed() -> None:
    last = asked(answers_for(rules_for(), {"notifications-off": "n"}), computer()).last
    believed = {
        place.variant.form.steps == "believed"
        for place in computer().phones
        if place.setting.id == "phone-focus" and place.variant.platform == "android"
    }

    assert believed == {True, False}
    assert "Android" in last
    assert words.NOT_CONFIRMED not in last.split("Android", 1)[1]
