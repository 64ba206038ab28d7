"""What the browser fixtures hold: small extensions of our own, with hardly any code.

One asks for nothing much, the others for what the readers look for.
"""

Manifest = dict[str, object]

QUIET: Manifest = {
    "manifest_version": 3,
    "name": "Quiet",
    "version": "1.0",
    "permissions": ["alarms", "storage"],
    "host_permissions": ["https://meet.example/*"],
    "optional_permissions": ["tabCapture"],
    "optional_host_permissions": ["*://*/*"],
}
CHROMIUM_EXTENSIONS: dict[str, Manifest] = {
    "quiet": QUIET,
    "recorder": {
        "manifest_version": 3,
        "name": "Recorder",
        "version": "1.0",
        "permissions": ["desktopCapture", "pageCapture", "storage", "tabCapture"],
    },
    "script": {
        "manifest_version": 3,
        "name": "Script",
        "version": "1.0",
        "content_scripts": [{"matches": ["http://*/*", "https://*/*"], "js": ["script.js"]}],
    },
    "wide": {
        "manifest_version": 3,
        "name": "Wide",
        "version": "1.0",
        "host_permissions": ["<all_urls>"],
    },
}


def _for_firefox(name: str, **more: object) -> Manifest:
    """Give a manifest with the id that Firefox wants."""
    settings = {"gecko": {"id": f"{name}@meet.example"}}
    return {"name": name, "version": "1.0", "browser_specific_settings": settings, **more}


FIREFOX_EXTENSIONS: dict[str, Manifest] = {
    "quiet": _for_firefox(
        "quiet",
        manifest_version=2,
        permissions=["storage", "https://meet.example/*"],
        optional_permissions=["<all_urls>", "tabs"],
    ),
    "script": _for_firefox(
        "script",
        manifest_version=3,
        content_scripts=[{"matches": ["*://*/*"], "js": ["script.js"]}],
    ),
    "theme": _for_firefox(
        "theme",
        manifest_version=2,
        theme={"colors": {"frame": "#ffffff", "tab_background_text": "#000000"}},
    ),
    "wide": _for_firefox("wide", manifest_version=2, permissions=["<all_urls>"]),
}
FIREFOX_CHOICES: dict[str, bool | str] = {
    "browser.download.useDownloadDir": False,
    "services.sync.username": "sam@meet.example",
}
