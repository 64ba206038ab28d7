"""Programs, devices, disks, cloud folders, the bus, the session; and which desktop is meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from privacy_check.machine.case import CaseMachine
from privacy_check.machine.folder import FolderMachine
from privacy_check.machine.interface import (
    BusQuestion,
    Holder,
    MissingError,
    NoBusError,
    Process,
    Processes,
    UnseenError,
)
from privacy_check.machine.window import Window
from privacy_check.readers import bus, cloud, devices, programs, session, storage
from privacy_check.readers.applies import Guess, applies
from privacy_check.readers.raw import Found, Look
from privacy_check.reading import NotApplicable, Unreadable
from privacy_check.rulebook.load import load
from privacy_check.rulebook.reads import (
    Bus,
    Devices,
    Environment,
    Folder,
    Installed,
    Running,
    Storage,
    Synced,
    Sysfs,
)
from privacy_check.rulebook.records import Applies, Program, ProgramList, Source

SOURCE = Source(title="A test", checked=dt.date(2026, 11, 22))


def window(files: Mapping[str, str] | None = None, **given: object) -> Window:
    data = {path: text.encode() for path, text in (files or {}).items()}
    return Window(CaseMachine(files=data, **given))  # type: ignore[arg-type] # given by name


def listed(scope: str, *items: Program) -> dict[str, ProgramList]:
    return {"x": ProgramList(id="x", title="X", scope=scope, programs=items, sources=(SOURCE,))}


RECORDER = Program(name="Recorder", processes=("simplescreenrecorder",))
GRABBER = Program(name="Grabber", processes=("ffmpeg",), arguments=("x11grab",))


def running(scope: str, *seen: Process, own: bool = True, others: bool = True) -> Found:
    class Machine(CaseMachine):
        def processes(self) -> Processes:
            return Processes(seen=seen, own_whole=own, all_whole=others)

    look = Look(window=Window(Machine()), programs=listed(scope, RECORDER, GRABBER))
    return programs.read(Running(programs="x"), look)


@pytest.mark.parametrize(
    ("names", "arguments", "expected"),
    [
        (("simplescreenrecorder",), (), ("running", ("Recorder",))),
        (("simplescreenrec",), (), ("running", ("Recorder",))),  # as the kernel cuts it
        (("simplescreenre",), (), ("none", ())),
        (("ffmpeg",), ("-f", "x11grab"), ("running", ("Grabber",))),
        (("ffmpeg",), ("-i", "film.mkv"), ("none", ())),
        (("editor",), ("simplescreenrecorder", "x11grab"), ("none", ())),
    ],
)
def test_programs_are_known_by_name_and_argument(
    names: tuple[str, ...], arguments: tuple[str, ...], expected: tuple[str, tuple[str, ...]]
) -> None:
    found = running("user", Process(pid=7, names=names, arguments=arguments))

    assert (found.raw, found.names) == expected


EDITOR = Process(pid=7, names=("editor",))
FILM = Process(pid=8, names=("ffmpeg",), arguments=("x11grab",))
THEIRS = Process(pid=9, names=("ffmpeg",), arguments=("x11grab",), own=False)


def test_what_another_account_hides_counts_for_a_system_list_only() -> None:
    with pytest.raises(UnseenError):
        running("system", EDITOR, others=False)
    assert running("user", EDITOR, others=False).raw == "none"
    assert running("system", EDITOR, FILM, others=False).raw == "running"


def test_another_account_s_program_counts_for_a_system_list_only() -> None:
    assert running("user", EDITOR, THEIRS).raw == "none"
    assert running("system", EDITOR, THEIRS).raw == "running"


@pytest.mark.parametrize("scope", ["user", "system"])
def test_a_list_that_is_not_whole_is_no_good_news(scope: str) -> None:
    with pytest.raises(UnseenError):
        running(scope, EDITOR, own=False, others=False)
    assert running(scope, FILM, own=False, others=False).raw == "running"


def test_a_saved_proc_tells_what_ran(tmp_path: Path) -> None:
    place = tmp_path / "proc" / "7"
    place.mkdir(parents=True)
    (tmp_path / "home/sam").mkdir(parents=True)
    (place / "comm").write_text("simplescreenrec\n")
    (place / "cmdline").write_bytes(b"simplescreenrecorder\0")
    machine = FolderMachine(tmp_path, "/home/sam", dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    look = Look(window=Window(machine), programs=listed("user", RECORDER))

    assert programs.read(Running(programs="x"), look).raw == "running"


def test_an_installed_program_is_found_and_its_absence_needs_a_place_to_look() -> None:
    app = Program(
        name="App", installed=("/usr/share/applications/app.desktop", "~/.local/share/app")
    )
    lists = listed("user", app)
    wanted = Installed(programs="x")

    def read(seen: Window) -> str:
        return programs.read(wanted, Look(window=seen, programs=lists)).raw

    assert read(window({"/home/sam/.local/share/app/x": ""})) == "yes"
    assert read(window({"/usr/share/applications/other.desktop": ""})) == "no"
    with pytest.raises(UnseenError):
        read(window())


CAMERA = {"/sys/class/video4linux/video0/name": "Camera"}
SOUND = {"/sys/class/sound/pcmC0D0c/x": ""}


@pytest.mark.parametrize(
    ("device", "files", "holders", "raw"),
    [
        ("camera", CAMERA, [], "free"),
        ("camera", CAMERA, [("cheese", "/dev/video0")], "in-use"),
        ("camera", CAMERA, [("wireplumber", "/dev/video0")], "carried"),
        ("camera", CAMERA, [("wireplumber", "/dev/video0"), ("cheese", "/dev/video0")], "in-use"),
        ("camera", CAMERA, [("cheese", "/dev/snd/pcmC0D0c")], "free"),
        ("microphone", SOUND, [("audacity", "/dev/snd/pcmC0D0c")], "in-use"),
        ("microphone", SOUND, [("player", "/dev/snd/pcmC0D0p")], "free"),
        ("microphone", SOUND, [("pipewire", "/dev/snd/pcmC0D0c")], "carried"),
    ],
)
def test_who_uses_a_device(
    device: str, files: dict[str, str], holders: list[tuple[str, str]], raw: str
) -> None:
    holding = tuple(Holder(program=name, path=path) for name, path in holders)

    assert (
        devices.read(Devices(device=device), Look(window=window(files, holding=holding))).raw == raw
    )


def test_no_device_is_not_free_and_a_nameless_holder_is_not_seen() -> None:
    folders = frozenset({"/sys/class/video4linux"})
    with pytest.raises(MissingError):
        devices.read(Devices(device="camera"), Look(window=window(SOUND, empty=folders)))
    with pytest.raises(UnseenError) as raised:
        devices.read(Devices(device="camera"), Look(window=window()))
    assert not isinstance(raised.value, MissingError)
    holding = (Holder(program="", path="/dev/video0"),)
    with pytest.raises(UnseenError):
        devices.read(Devices(device="camera"), Look(window=window(CAMERA, holding=holding)))


def disks(
    mounts: str,
    uuids: Mapping[str, str],
    slaves: Mapping[str, tuple[str, ...]],
    nodes: Mapping[str, str],
) -> Window:
    """Return a machine with layers of storage: device name to uuid, and to the devices below."""
    files = {"/proc/self/mountinfo": mounts}
    links = {}
    names = {
        *uuids,
        *slaves,
        *nodes.values(),
        *(item for below in slaves.values() for item in below),
    }
    for name in names:
        files[f"/sys/devices/virtual/block/{name}/size"] = "1\n"
        links[f"/sys/class/block/{name}"] = f"/sys/devices/virtual/block/{name}"
    for name, uuid in uuids.items():
        files[f"/sys/devices/virtual/block/{name}/dm/uuid"] = uuid + "\n"
    for number, name in nodes.items():
        links[f"/sys/dev/block/{number}"] = f"/sys/devices/virtual/block/{name}"
    for name, below in slaves.items():
        for item in below:
            links[f"/sys/devices/virtual/block/{name}/slaves/{item}"] = (
                f"/sys/devices/virtual/block/{item}"
            )
    return window(files, links=links)


ROOT = "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/mapper/root rw\n"
LUKS = "CRYPT-LUKS2-0123456789abcdef-root"


@pytest.mark.parametrize(
    ("uuids", "slaves", "raw"),
    [
        ({"dm-0": LUKS}, {"dm-0": ("sda3",)}, "encrypted"),
        ({"dm-0": "LVM-abc", "dm-1": LUKS}, {"dm-0": ("dm-1",), "dm-1": ("sda3",)}, "encrypted"),
        ({"dm-0": "LVM-abc"}, {"dm-0": ("sda3",)}, "not-encrypted"),
        ({"dm-0": "CRYPT-VERITY-abc-root"}, {"dm-0": ("sda3",)}, "not-encrypted"),
        ({"dm-0": "CRYPT-INTEGRITY-abc-root"}, {"dm-0": ("sda3",)}, "not-encrypted"),
        (
            {"dm-0": "LVM-a", "dm-1": LUKS},
            {"dm-0": ("dm-1", "sdb1"), "dm-1": ("sda3",)},
            "not-encrypted",
        ),
        ({"dm-0": "LVM-a", "dm-1": LUKS, "dm-2": LUKS}, {"dm-0": ("dm-1", "dm-2")}, "encrypted"),
        ({"dm-0": "XCRYPT-LUKS2-abc"}, {"dm-0": ("sda3",)}, "not-encrypted"),
    ],
)
def test_layers_of_storage(
    uuids: dict[str, str], slaves: dict[str, tuple[str, ...]], raw: str
) -> None:
    seen = disks(ROOT, uuids, slaves, {"254:0": "dm-0"})

    assert storage.read(Storage(place="home"), Look(window=seen)).raw == raw


def test_the_nearest_mount_of_home_counts() -> None:
    mounts = ROOT + "30 22 8:2 / /home rw - ext4 /dev/sda2 rw\n"
    nodes = {"254:0": "dm-0", "8:2": "sda2"}

    assert (
        storage.read(
            Storage(place="home"), Look(window=disks(mounts, {"dm-0": LUKS}, {}, nodes))
        ).raw
        == "not-encrypted"
    )
    elsewhere = ROOT + "30 22 8:2 / /home/samantha rw - ext4 /dev/sda2 rw\n"
    assert (
        storage.read(
            Storage(place="home"), Look(window=disks(elsewhere, {"dm-0": LUKS}, {}, nodes))
        ).raw
        == "encrypted"
    )


@pytest.mark.parametrize(
    "mounts",
    [
        "22 1 0:35 / / rw - zfs pool/root rw\n",
        "22 1 0:35 / / rw - overlay overlay rw\n",
        "22 1 0:35 / / rw - nfs server:/home rw\n",
        "22 1 0:35 / / rw - tmpfs tmpfs rw\n",
        "30 22 8:2 / /srv rw - ext4 /dev/sda2 rw\n",
        "nonsense\n",
        "",
    ],
)
def test_storage_that_does_not_show_its_layers_is_unreadable(mounts: str) -> None:
    with pytest.raises(UnseenError):
        storage.read(Storage(place="home"), Look(window=disks(mounts, {}, {}, {})))


def test_layers_in_a_circle_end() -> None:
    seen = disks(ROOT, {}, {"dm-0": ("dm-1",), "dm-1": ("dm-0",)}, {"254:0": "dm-0"})

    with pytest.raises(UnseenError):
        storage.read(Storage(place="home"), Look(window=seen))


def test_a_copy_of_files_does_not_show_its_disk() -> None:
    seen = window({"/proc/self/mountinfo": ROOT}, live=False)

    with pytest.raises(UnseenError):
        storage.read(Storage(place="home"), Look(window=seen))


PLAIN = {"/proc/self/mountinfo": ROOT}


def synced(files: Mapping[str, str], **given: object) -> tuple[str, tuple[str, ...]]:
    found = cloud.read(Synced(folders="captures"), Look(window=window({**PLAIN, **files}, **given)))
    return found.raw, found.names


def dropbox(path: str) -> dict[str, str]:
    return {"/home/sam/.dropbox/info.json": f'{{"personal": {{"path": "{path}"}}}}'}


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("/home/sam", "synced"),
        ("/home/sam/Pictures", "synced"),
        ("/home/sam/Pictures/Camera", "synced"),
        ("/home/sam/Dropbox", "none"),
        ("/home/sam/Picturesque", "none"),
        ("/home", "synced"),
        ("/", "synced"),
    ],
)
def test_captures_in_a_synced_folder(path: str, raw: str) -> None:
    assert synced(dropbox(path))[0] == raw


def test_a_synced_folder_reached_through_a_link_counts() -> None:
    links = {"/home/sam/Pictures": "Dropbox/Pictures"}
    assert synced(dropbox("/home/sam/Dropbox"), links=links)[0] == "synced"
    links = {"/home/sam/Dropbox": "/home/sam/Videos"}
    assert synced(dropbox("/home/sam/Dropbox"), links=links)[0] == "synced"


def test_folders_that_were_given_other_places_count() -> None:
    dirs = {"/home/sam/.config/user-dirs.dirs": 'XDG_PICTURES_DIR="$HOME/Dropbox/Shots"'}

    assert synced({**dropbox("/home/sam/Dropbox"), **dirs}) == ("synced", ("Dropbox",))


def test_lines_beside_the_folders_do_not_matter() -> None:
    beside = 'XDG_DATA_DIRS="/usr/share"\nXDG_DOWNLOADS_DIR="$HOME/d"\nXDG_DOWNLOAD_DIR="$HOME/d"\n'
    dirs = {"/home/sam/.config/user-dirs.dirs": beside}

    assert synced({**dropbox("/home/sam/Dropbox"), **dirs})[0] == "none"
    with pytest.raises(UnseenError, match="folders"):
        synced({name: text.replace("_DATA_", "_DATB_") for name, text in dirs.items()})


def test_a_home_on_a_network_or_cloud_disk_is_synced() -> None:
    network = {"/proc/self/mountinfo": ROOT + "30 22 0:40 / /home rw - nfs4 server:/home rw\n"}
    assert synced(network) == ("synced", ("a network disk",))
    pictures = {
        "/proc/self/mountinfo": ROOT
        + "30 22 0:40 / /home/sam/Pictures rw - fuse.rclone remote: rw\n"
    }
    assert synced(pictures) == ("synced", ("a cloud disk",))
    elsewhere = {"/proc/self/mountinfo": ROOT + "30 22 0:40 / /mnt/x rw - fuse.rclone remote: rw\n"}
    assert synced(elsewhere)[0] == "none"


ONEDRIVE = "/home/sam/.config/onedrive/config"
NEXTCLOUD = "/home/sam/.config/Nextcloud/nextcloud.cfg"
SYNCTHING = "/home/sam/.config/syncthing/config.xml"


def syncthing(attributes: str = 'type="sendreceive"', inside: str = "") -> dict[str, str]:
    inside += '<device id="A"/><device id="B"/>'
    folder = f'<folder id="a" path="~/Pictures" {attributes}>{inside}</folder>'
    return {SYNCTHING: f"<configuration>{folder}</configuration>"}


@pytest.mark.parametrize(
    ("files", "raw"),
    [
        ({NEXTCLOUD: "[Accounts]\n0\\Folders\\1\\localPath=/home/sam/Pictures/\n"}, "synced"),
        ({NEXTCLOUD: "[Accounts]\n0\\Multifolders\\1\\localPath=/home/sam/Pictures/\n"}, "synced"),
        ({NEXTCLOUD: "[Accounts]\n0\\Folders\\1\\localPath=/home/sam/Work/\n"}, "none"),
        (syncthing(), "synced"),
        (syncthing('type="receiveonly"'), "none"),
        (syncthing(inside="<paused>true</paused>"), "none"),
        ({"/home/sam/.config/onedrive/refresh_token": "x"}, "none"),
        ({"/home/sam/.config/onedrive/config": 'sync_dir = "~/Pictures"\n'}, "synced"),
        (
            {ONEDRIVE: 'sync_dir = "~/Pictures"\ndownload_only = "true"\n'},
            "none",
        ),
    ],
)
def test_folders_of_other_sync_programs(files: dict[str, str], raw: str) -> None:
    assert synced(files)[0] == raw


@pytest.mark.parametrize(
    "files",
    [
        {"/home/sam/.dropbox/info.json": "{"},
        {"/home/sam/.dropbox/info.json": "[]"},
        {"/home/sam/.dropbox/info.json": '{"personal": {}}'},
        {NEXTCLOUD: "[Accounts]\n0\\Folders"},
        {SYNCTHING: "<configuration>"},
        {SYNCTHING: '<!DOCTYPE x [<!ENTITY a "b">]><configuration/>'},
        {"/home/sam/.config/Insync/x": ""},
        {"/home/sam/.var/app/com.dropbox.Client/x": ""},
        {"/home/sam/.var/app/nz.mega.MEGAsync/x": ""},
        {"/home/sam/.pcloud/data.db": ""},
    ],
)
def test_a_sync_program_that_cannot_be_read_spoils_good_news(files: dict[str, str]) -> None:
    with pytest.raises(UnseenError):
        synced(files)


def test_no_folder_and_no_account_leaves_the_reader() -> None:
    found = cloud.read(
        Synced(folders="captures"), Look(window=window({**PLAIN, **dropbox("/home/sam/Pictures")}))
    )

    assert "Pictures" not in repr(found)
    assert "sam" not in repr(found)


def test_a_missing_list_of_disks_is_unreadable() -> None:
    with pytest.raises(UnseenError):
        cloud.read(Synced(folders="captures"), Look(window=window()))


PAUSED = Bus(
    bus="session",
    name="a.b",
    path="/a",
    interface="a.b.c",
    property="paused",
    method="",
    contains="",
)


@pytest.mark.parametrize(
    ("answer", "raw"),
    [((("b", True),), "true"), ((("s", "x"),), "x"), ((("u", 3),), "3"), ((False,), "false")],
)
def test_a_property_on_the_bus(answer: tuple[object, ...], raw: str) -> None:
    answers = {bus.question(PAUSED): answer}

    assert bus.read(PAUSED, Look(window=window(answers=answers))).raw == raw


@pytest.mark.parametrize("answer", [(), (1, 2), (("as", []),), (None,), (("v", ("b", True)),)])
def test_an_odd_answer_on_the_bus_is_unreadable(answer: tuple[object, ...]) -> None:
    with pytest.raises(UnseenError):
        bus.read(PAUSED, Look(window=window(answers={bus.question(PAUSED): answer})))


def test_nobody_on_the_bus_and_no_bus_differ() -> None:
    with pytest.raises(NoBusError):
        bus.read(PAUSED, Look(window=window()))
    other = BusQuestion(bus="session", name="c.d", path="/", interface="c.d", member="E")
    with pytest.raises(MissingError):
        bus.read(PAUSED, Look(window=window(answers={other: (1,)})))


def test_the_session_tells_its_variables() -> None:
    wanted = Environment(name="XDG_SESSION_TYPE")
    variables = {"XDG_SESSION_TYPE": "wayland"}
    found = session.read(wanted, Look(window=window(variables=variables)))

    assert isinstance(found, Found)
    assert found.raw == "wayland"
    with pytest.raises(UnseenError):
        session.read(wanted, Look(window=window()))
    with pytest.raises(UnseenError):
        session.read(wanted, Look(window=window(variables=variables, live=False)))


def test_kernel_files_and_folders_are_counted() -> None:
    files = {
        "/sys/class/drm/card0-A/status": "connected\n",
        "/sys/class/drm/card0-B/status": "disconnected\n",
    }
    wanted = Sysfs(path="/sys/class/drm/card*-*/status", count="connected")
    found = session.read(wanted, Look(window=window(files)))
    assert isinstance(found, Found)
    assert found.raw == "1"
    with pytest.raises(MissingError):
        session.read(wanted, Look(window=window()))
    with pytest.raises(UnseenError):
        session.read(wanted, Look(window=window({**files, "/sys/class/drm/card0-C/status": ""})))
    thumbs = session.read(
        Folder(path="~/.cache/thumbnails", tell="entries"),
        Look(window=window({"/home/sam/.cache/thumbnails/a": ""})),
    )
    assert isinstance(thumbs, Found)
    assert thumbs.raw == "1"


GNOME = Applies(desktop=("gnome",))
PLASMA = Applies(desktop=("plasma",))


@pytest.mark.parametrize(
    ("current", "wanted", "expected"),
    [
        ("GNOME", GNOME, type(None)),
        ("ubuntu:GNOME", GNOME, type(None)),
        ("gnome", GNOME, type(None)),
        ("KDE", GNOME, NotApplicable),
        ("KDE", PLASMA, type(None)),
        ("Budgie:GNOME", GNOME, Guess),
        ("somethingnew", GNOME, NotApplicable),
        ("", GNOME, NotApplicable),
    ],
)
def test_the_running_desktop_decides(current: str, wanted: Applies, expected: type) -> None:
    assert type(applies(wanted, window(variables={"XDG_CURRENT_DESKTOP": current}))) is expected


def test_a_desktop_that_only_left_files_is_a_guess() -> None:
    seen = window({"/home/sam/.config/kwinrc": ""})

    assert isinstance(applies(PLASMA, seen), Guess)
    assert isinstance(applies(GNOME, seen), NotApplicable)


KWINRC = "/home/sam/.config/kwinrc"
ASKED = {BusQuestion(bus="session", name="a.b", path="/a", interface="a.b", member="C"): ("x",)}


@pytest.mark.parametrize(
    ("given", "weakens"),
    [
        ({}, False),
        ({"live": False, "variables": {"DISPLAY": ":0"}}, False),
        ({"variables": {"DISPLAY": ":0"}}, True),
        ({"variables": {"WAYLAND_DISPLAY": "wayland-0"}}, True),
        ({"answers": ASKED}, True),
        ({"empty": frozenset({"/home/sam/.config/xfce4"})}, True),
        ({"empty": frozenset({"/home/sam/.config/i3"})}, True),
    ],
    ids=["no session", "a copy", "X", "Wayland", "a bus", "a second desktop", "an unknown one"],
)
def test_a_guess_is_weak_where_another_desktop_may_run(
    given: dict[str, object], *, weakens: bool
) -> None:
    verdict = applies(PLASMA, window({KWINRC: ""}, **given))
    assert isinstance(verdict, Guess)
    assert verdict.weakens is weakens


def test_a_desktop_whose_files_are_closed_is_unreadable() -> None:
    assert isinstance(applies(PLASMA, window(denied=frozenset({"/home/sam/.config"}))), Unreadable)
    assert isinstance(applies(GNOME, window(denied=frozenset({"/home/sam/.config"}))), Unreadable)


WHO = BusQuestion(
    bus="session",
    name="org.freedesktop.Notifications",
    path="/org/freedesktop/Notifications",
    interface="org.freedesktop.Notifications",
    member="GetServerInformation",
)


@pytest.mark.parametrize(
    ("answer", "server", "expected"),
    [
        (("dunst", "x", "1", "1.2"), "dunst", type(None)),
        (("Dunst", "x", "1", "1.2"), "dunst", type(None)),
        (("mako", "x", "1", "1.2"), "dunst", NotApplicable),
        (("new daemon", "x", "1", "1.2"), "dunst", NotApplicable),
        (("Xfce Notify Daemon", "x", "1", "1.2"), "xfce4-notifyd", type(None)),
    ],
)
def test_the_answering_notification_program_decides(
    answer: tuple[object, ...], server: str, expected: type
) -> None:
    wanted = Applies(notification_server=(server,))
    seen = window(answers={WHO: answer}, variables={"XDG_CURRENT_DESKTOP": "XFCE"})

    assert type(applies(wanted, seen)) is expected


def test_a_guessed_desktop_never_looks_good_by_its_default(tmp_path: Path) -> None:
    from privacy_check.judge.findings import Row, row_status
    from privacy_check.readers.look import look_at
    from privacy_check.rulebook.select import Place

    book = load(()).book
    assert book is not None
    setting = book.settings["automatic-lock"]
    variant = next(item for item in setting.variants if item.row == "linux/plasma")
    place = Place(setting=setting, variant=variant)
    rule = next(rule for rule in book.rules if rule.id == "screen-lock")
    use = next(use for use in rule.settings if use.id == setting.id)

    def status(seen: Window) -> str:
        reading = look_at(place, Look(window=seen, programs=book.programs))
        return row_status(Row(place=place, reading=reading), use)

    files = {"/home/sam/.config/kwinrc": "[A]\nb=c\n"}
    assert status(window(files)) == "unknown"
    assert status(window(files, variables={"XDG_CURRENT_DESKTOP": "KDE"})) == "pass"
