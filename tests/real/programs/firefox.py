"""Real Firefox profiles: started plainly, or given permissions through Marionette.

Marionette is Firefox's own remote control: JSON messages with their length in
front, on a port of this machine. In the chrome context a script may call the
same permission manager that the address bar calls.
"""

import json
import shutil
import socket
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .home import SEARCH_PATH, Choice, MakerError, environment, free_port, stop, wait_until

PROGRAMS = ("firefox-esr", "firefox")
FOLDERS = (Path(".config/mozilla/firefox"), Path(".mozilla/firefox"))
KINDS = ("camera", "microphone", "desktop-notification")

NUMBERS: dict[Choice, int] = {"ask": 0, "allow": 1, "block": 2}

ADD = """
const [origin, kind, number, expire, until] = arguments;
const principal = Services.scriptSecurityManager.createContentPrincipal(
  Services.io.newURI(origin), {});
Services.perms.addFromPrincipal(principal, kind, number, expire, until);
"""
SET = "Services.prefs.setIntPref(arguments[0], arguments[1]);"
SAVE = "Services.prefs.savePrefFile(null);"
SET_VALUES = """
for (const [name, value] of Object.entries(arguments[0])) {
  if (typeof value === "boolean") Services.prefs.setBoolPref(name, value);
  else Services.prefs.setStringPref(name, value);
}
"""
MODULES = """
const done = arguments[arguments.length - 1];
const { AddonManager } = ChromeUtils.importESModule(
  "resource://gre/modules/AddonManager.sys.mjs");
const { ExtensionPermissions } = ChromeUtils.importESModule(
  "resource://gre/modules/ExtensionPermissions.sys.mjs");
const { FileUtils } = ChromeUtils.importESModule("resource://gre/modules/FileUtils.sys.mjs");
"""
INSTALL = f"""{MODULES}
AddonManager.getInstallForFile(new FileUtils.File(arguments[0]))
  .then(install => install.install()).then(() => done("done"), error => done(String(error)));
"""
SWITCH_OFF = f"""{MODULES}
AddonManager.getAddonByID(arguments[0])
  .then(addon => addon.disable()).then(() => done("done"), error => done(String(error)));
"""
TAKE_BACK = f"""{MODULES}
ExtensionPermissions.remove(arguments[0], {{ permissions: [], origins: arguments[1] }})
  .then(() => done("done"), error => done(String(error)));
"""
CLEAR = "for (const name of arguments) { Services.prefs.clearUserPref(name); }"

# Held in user.js for one start only: remote control on a port of our choosing,
# and without the many preferences that it would otherwise set for testing.
REMOTE_PREFS = ("marionette.port", "remote.prefs.recommended")


@dataclass(slots=True, kw_only=True)
class Remote:
    """A conversation with Marionette."""

    connection: socket.socket
    waiting: bytes = b""
    sent: int = field(default=0)

    def ask(self, command: str, **parameters: object) -> dict[str, Any]:
        """Send one command and give its result.

        Raises:
            MakerError: Firefox answered with an error.
        """
        self.sent += 1
        message = json.dumps([0, self.sent, command, parameters]).encode()
        self.connection.sendall(f"{len(message)}:".encode() + message)
        error: dict[str, str] | None
        result: dict[str, Any]
        _, _, error, result = json.loads(self.receive())
        if error:
            fault = f"{command}: {error['error']}: {error['message']}"
            raise MakerError(fault)
        return result

    def run(self, script: str, *arguments: object) -> object:
        """Run a script with Firefox's own rights and give what it returns."""
        answer = self.ask("WebDriver:ExecuteScript", script=script, args=list(arguments))
        value: object = answer["value"]
        return value

    def receive(self) -> bytes:
        """Give the next whole message."""
        while b":" not in self.waiting:
            self._more()
        length, self.waiting = self.waiting.split(b":", 1)
        while len(self.waiting) < int(length):
            self._more()
        message, self.waiting = self.waiting[: int(length)], self.waiting[int(length) :]
        return message

    def choose(self, origin: str, kind: str, choice: Choice, *, until: int = 0) -> None:
        """Set for good what one site may do, or until a time in milliseconds."""
        self.run(ADD, origin, kind, NUMBERS[choice], 2 if until else 0, until)

    def wait_for(self, script: str, *arguments: object) -> None:
        """Run a script that says when it is done.

        Raises:
            MakerError: It said anything else.
        """
        answer = self.ask("WebDriver:ExecuteAsyncScript", script=script, args=list(arguments))
        if answer["value"] != "done":
            message = f"Firefox said: {answer['value']}"
            raise MakerError(message)

    def install(self, home: Path, name: str, manifest: Mapping[str, object]) -> None:
        """Add a small extension for good; only an ESR takes one that is not signed."""
        file = home / f"{name}.xpi"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("manifest.json", json.dumps(manifest))
            archive.writestr("script.js", "")
        self.run(SET_VALUES, {"xpinstall.signatures.required": False})
        self.wait_for(INSTALL, str(file))

    def set(self, values: Mapping[str, bool | str]) -> None:
        """Set preferences and save them."""
        self.run(SET_VALUES, dict(values))
        self.run(SAVE)

    def choose_default(self, kind: str, choice: Choice) -> None:
        """Set what every site without a choice of its own may do."""
        self.run(SET, f"permissions.default.{kind}", NUMBERS[choice])
        self.run(SAVE)

    def _more(self) -> None:
        """Receive some bytes."""
        got = self.connection.recv(65536)
        if not got:
            raise MakerError("Firefox closed the conversation")
        self.waiting += got


def program() -> str | None:
    """Give the name of the installed Firefox."""
    return next((name for name in PROGRAMS if shutil.which(name, path=SEARCH_PATH)), None)


def fresh_profile(home: Path) -> Path:
    """Start Firefox once without remote control, cut it off, and give its profile.

    A signal ends Firefox without a last save, as a power cut would. For a
    profile that was ended politely, take ``profile_with`` without choices.
    """
    with running(home):
        wait_until("prefs.js", lambda: any(_used(home, "prefs.js")))
        wait_until("permissions.sqlite", lambda: any(_used(home, "permissions.sqlite")))
    return profile(home)


def profile_with(
    home: Path,
    *,
    sites: Mapping[str, Choice] | None = None,
    defaults: Mapping[str, Choice] | None = None,
) -> Path:
    """Make a profile with lasting grants and give its folder after a polite end.

    Args:
        home: The home folder.
        sites: For each origin, the choice for camera, microphone and notifications.
        defaults: For each kind of permission, the choice for all other sites.
    """
    with remote(home) as firefox:
        for origin, choice in (sites or {}).items():
            for kind in KINDS:
                firefox.choose(origin, kind, choice)
        for kind, choice in (defaults or {}).items():
            firefox.choose_default(kind, choice)
    return profile(home)


def profile(home: Path) -> Path:
    """Give the profile folder that Firefox used in this home."""
    used = [file.parent for file in _used(home, "prefs.js")]
    if len(used) != 1:
        message = f"expected one used profile, found {len(used)}"
        raise MakerError(message)
    return used[0]


@contextmanager
def running(home: Path, *switches: str) -> Iterator[subprocess.Popen[bytes]]:
    """Keep a Firefox running on the profile that it makes in this home."""
    name = program()
    if name is None:
        raise MakerError("Firefox is not installed")
    process = subprocess.Popen(
        [name, "--headless", "--no-remote", *switches, "about:blank"],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        stop(process)


@contextmanager
def remote(home: Path) -> Iterator[Remote]:
    """Start Firefox under remote control; it ends politely at the end.

    A home without a profile gets one from a plain start first, so that the
    profile is as Firefox makes it.
    """
    port = free_port()
    folder = profile(home) if any(_used(home, "prefs.js")) else fresh_profile(home)
    once = folder / "user.js"
    once.write_text(
        f'user_pref("marionette.port", {port});\nuser_pref("remote.prefs.recommended", false);\n',
        encoding="utf-8",
    )
    try:
        with running(home, "--marionette", "--remote-allow-system-access") as process:
            wait_until("Marionette", lambda: _listens(port), seconds=60)
            with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
                firefox = Remote(connection=connection)
                firefox.receive()
                firefox.ask("WebDriver:NewSession")
                firefox.ask("Marionette:SetContext", value="chrome")
                firefox.run(CLEAR, *REMOTE_PREFS)
                yield firefox
                firefox.ask("Marionette:Quit", flags=["eAttemptQuit"])
                process.wait(timeout=60)
    finally:
        once.unlink()


def _used(home: Path, name: str) -> Iterator[Path]:
    """Give the files of this name in the profiles of this home."""
    for folder in FOLDERS:
        yield from (home / folder).glob(f"*/{name}")


def _listens(port: int) -> bool:
    """Tell whether Marionette takes connections yet."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
