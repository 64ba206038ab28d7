"""Real Chromium profiles: started plainly, or given permissions through its settings page.

A WebDriver permission leaves nothing on disk, so the grants are made the way
the settings page makes them: by ``chrome.send`` on ``chrome://settings``.
Chromedriver is spoken to over its own HTTP interface on this machine.
"""

import http.client
import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .home import Choice, MakerError, environment, free_port, is_root, stop, wait_until

NEEDS = ("chromium", "chromedriver")
FOLDER = Path(".config/chromium")
PREFERENCES = Path("Default/Preferences")
KINDS = ("media-stream-camera", "media-stream-mic", "notifications")

LIST = "chrome.developerPrivate.getExtensionsInfo().then(l => done(l.map(x => [x.name, x.id])));"
SWITCH_OFF = "chrome.management.setEnabled(arguments[0], false, () => done());"
HOLD_BACK = (
    "chrome.developerPrivate.updateExtensionConfiguration("
    "{extensionId: arguments[0], hostAccess: arguments[1]}).then(done);"
)
ALLOW_SITE = "chrome.developerPrivate.addHostPermission(arguments[0], arguments[1]).then(done);"
SET = "chrome.settingsPrivate.setPref(arguments[0], arguments[1], '', done);"

SWITCHES = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--password-store=basic",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One open page of a running Chromium, reached through chromedriver."""

    port: int
    session: str
    folder: Path

    def open(self, address: str) -> None:
        """Go to an address."""
        _ask(self.port, "POST", f"/session/{self.session}/url", {"url": address})

    def command(self, path: str, body: object = None, *, method: str = "POST") -> object:
        """Send any command of a WebDriver session and give its value."""
        return _said(self.port, method, f"/session/{self.session}/{path}", body)

    def send(self, message: str, *arguments: str) -> None:
        """Send one message as the settings page itself does."""
        script = "chrome.send(arguments[0], arguments[1]);"
        body = {"script": script, "args": [message, list(arguments)]}
        _ask(self.port, "POST", f"/session/{self.session}/execute/sync", body)

    def run(self, script: str, *arguments: object) -> object:
        """Run a script of this page and give what it hands to ``done``."""
        body = {
            "script": f"const done = arguments[arguments.length - 1]; {script}",
            "args": list(arguments),
        }
        return _said(self.port, "POST", f"/session/{self.session}/execute/async", body)

    def set(self, name: str, *, value: bool) -> None:
        """Set a preference as the settings page does."""
        self.open("chrome://settings")
        if self.run(SET, name, value) is not True:
            message = f"Chromium did not take {name}"
            raise MakerError(message)

    def extensions(self) -> dict[str, str]:
        """Open the page of extensions and give the id of each by its name."""
        self.open("chrome://extensions")
        listed = self.run(LIST)
        return dict(listed) if isinstance(listed, list) else {}

    def choose(self, origin: str, kind: str, choice: Choice) -> None:
        """Set what one site may do, as on its page of site details.

        Chromium stores "ask" for a site too; as a default it stores nothing.
        """
        self.open(f"chrome://settings/content/siteDetails?site={origin}")
        self.send("setOriginPermissions", origin, kind, choice)

    def choose_default(self, kind: str, choice: Choice) -> None:
        """Set what every site without a choice of its own may do."""
        self.open("chrome://settings/content")
        self.send("setDefaultValueForContentType", kind, choice)


def fresh_profile(home: Path, *, url: str = "about:blank") -> Path:
    """Start Chromium once without a driver, end it politely, and give its folder."""
    with running(home, url=url):
        wait_until("Preferences", (home / FOLDER / PREFERENCES).exists)
    return home / FOLDER


@contextmanager
def running(
    home: Path, *switches: str, url: str = "about:blank"
) -> Iterator[subprocess.Popen[bytes]]:
    """Keep a Chromium running on the profile of this home.

    Args:
        home: The home folder.
        *switches: Further command-line switches.
        url: The page to show.
    """
    process = subprocess.Popen(
        ["chromium", *_switches(home), *switches, url],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until("Chromium", (home / FOLDER / "SingletonLock").is_symlink)
        yield process
    finally:
        stop(process)


def profile_with(
    home: Path,
    *,
    sites: Mapping[str, Choice] | None = None,
    defaults: Mapping[str, Choice] | None = None,
) -> Path:
    """Make a profile with grants and give its folder after a polite end.

    A polite end saves at once what Chromium else saves about ten seconds late.

    Args:
        home: The home folder.
        sites: For each origin, the choice for camera, microphone and notifications.
        defaults: For each content type, the choice for all other sites.
    """
    with settings_page(home) as page:
        for origin, choice in (sites or {}).items():
            for kind in KINDS:
                page.choose(origin, kind, choice)
        for kind, choice in (defaults or {}).items():
            page.choose_default(kind, choice)
    if not are_saved(home / FOLDER, sites or {}, defaults or {}):
        raise MakerError("Chromium did not save the choices")
    return home / FOLDER


def write_extensions(home: Path, manifests: Mapping[str, Mapping[str, object]]) -> str:
    """Write small extensions into a home and give the switch that loads them."""
    folders = []
    for name, manifest in manifests.items():
        folder = home / "extensions" / name
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        (folder / "script.js").write_text("", encoding="utf-8")
        folders.append(str(folder))
    return f"--load-extension={','.join(folders)}"


@contextmanager
def settings_page(home: Path, *switches: str) -> Iterator[Page]:
    """Start Chromium and hold a page of it open through chromedriver.

    Chromedriver joins a Chromium that runs already: one that it started itself
    would begin with preferences of chromedriver's own making.
    """
    active = home / FOLDER / "DevToolsActivePort"
    active.unlink(missing_ok=True)
    port = free_port()
    with running(home, "--remote-debugging-port=0", *switches), _chromedriver(home, port):
        wait_until("the port of Chromium", lambda: active.exists() and bool(active.read_text()))
        options = {"debuggerAddress": f"127.0.0.1:{active.read_text().split()[0]}"}
        body = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
        session = str(_ask(port, "POST", "/session", body)["sessionId"])
        yield Page(port=port, session=session, folder=home / FOLDER)
        _ask(port, "DELETE", f"/session/{session}")


@contextmanager
def _chromedriver(home: Path, port: int) -> Iterator[None]:
    """Keep a chromedriver listening on a port of this machine."""
    driver = subprocess.Popen(
        ["chromedriver", f"--port={port}"],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until("chromedriver", lambda: _answers(port))
        yield
    finally:
        stop(driver)


def preferences(folder: Path) -> dict[str, Any]:
    """Give the Preferences of the first profile as they are on the disk."""
    found: dict[str, Any] = json.loads((folder / PREFERENCES).read_text(encoding="utf-8"))
    return found


def _switches(home: Path) -> list[str]:
    """Give the switches of every start; root needs one more."""
    more = ["--no-sandbox"] if is_root() else []
    return [*SWITCHES, *more, f"--user-data-dir={home / FOLDER}"]


def are_saved(folder: Path, sites: Mapping[str, Choice], defaults: Mapping[str, Choice]) -> bool:
    """Tell whether these choices stand in the Preferences on the disk."""
    profile = preferences(folder)["profile"]
    exceptions = profile["content_settings"]["exceptions"]
    stored = profile.get("default_content_setting_values", {})
    return all(
        any(pattern.startswith(f"{origin}:") for pattern in exceptions[_stored(kind)])
        for origin in sites
        for kind in KINDS
    ) and all((_stored(kind) in stored) == (choice != "ask") for kind, choice in defaults.items())


def _stored(kind: str) -> str:
    """Give the name under which Preferences keep a content type."""
    return kind.replace("-", "_")


def _answers(port: int) -> bool:
    """Tell whether chromedriver answers yet."""
    try:
        return bool(_ask(port, "GET", "/status")["ready"])
    except OSError:
        return False


def _ask(port: int, method: str, path: str, body: object = None) -> dict[str, Any]:
    """Send one WebDriver command and give its value, where that is a table."""
    answer = _said(port, method, path, body)
    return answer if isinstance(answer, dict) else {}


def _said(port: int, method: str, path: str, body: object = None) -> object:
    """Send one WebDriver command and give its value."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, None if body is None else json.dumps(body))
        answer: object = json.loads(connection.getresponse().read())["value"]
    finally:
        connection.close()
    if isinstance(answer, dict) and "error" in answer:
        message = f"{path}: {answer['error']}: {answer['message']}"
        raise MakerError(message)
    return answer
