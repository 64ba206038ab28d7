"""Answers of feeds, for tests.

`EXPLOITED` is an excerpt of the list of 2026-07-23 as CISA published it, with the longer texts left
out. All others are made by hand after the documented form of each feed; no vendor's live answer was
at hand.
"""

from __future__ import annotations

import json

EXPLOITED = json.dumps(
    {
        "title": "CISA Catalog of Known Exploited Vulnerabilities",
        "catalogVersion": "2026.07.23",
        "dateReleased": "2026-07-23T16:21:10.8082Z",
        "count": 1653,
        "vulnerabilities": [
            {
                "cveID": "CVE-2025-55177",
                "vendorProject": "Meta Platforms",
                "product": "WhatsApp",
                "vulnerabilityName": (
                    "Meta Platforms WhatsApp Incorrect Authorization Vulnerability"
                ),
                "dateAdded": "2025-09-02",
            },
            {
                "cveID": "CVE-2023-41763",
                "vendorProject": "Microsoft",
                "product": "Skype for Business",
                "vulnerabilityName": (
                    "Microsoft Skype for Business Privilege Escalation Vulnerability"
                ),
                "dateAdded": "2023-10-10",
            },
            {
                "cveID": "CVE-2019-18426",
                "vendorProject": "Meta Platforms",
                "product": "WhatsApp",
                "vulnerabilityName": "WhatsApp Cross-Site Scripting Vulnerability",
                "dateAdded": "2022-05-23",
            },
            {
                "cveID": "CVE-2019-3568",
                "vendorProject": "Meta Platforms",
                "product": "WhatsApp",
                "vulnerabilityName": "WhatsApp VOIP Stack Buffer Overflow Vulnerability",
                "dateAdded": "2022-04-19",
            },
        ],
    }
)

DISCORD = '{"name": "1.0.145", "pub_date": "2026-06-29T17:21:04", "notes": ""}'

ELECTRON_BUILDER = """\
version: 8.20.0
files:
  - url: app-mac-arm64-8.20.0.zip
    sha512: c2FtcGxl
    size: 158000000
path: app-mac-x64-8.20.0.zip
sha512: c2FtcGxl
releaseDate: '2026-07-22T20:11:13.000Z'
"""

APPCAST = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:sparkle="http://www.andymatuschak.org/xml-namespaces/sparkle">
  <channel>
    <title>App</title>
    <item>
      <title>2.39</title>
      <sparkle:version>239</sparkle:version>
      <sparkle:shortVersionString>2.39</sparkle:shortVersionString>
      <enclosure url="https://vendor.example/2.39.dmg" length="1" type="application/octet-stream"/>
    </item>
    <item>
      <title>2.40</title>
      <enclosure url="https://vendor.example/2.40.dmg" sparkle:version="240"
        sparkle:shortVersionString="2.40" length="1" type="application/octet-stream"/>
    </item>
    <item>
      <title>trial</title>
      <sparkle:channel>beta</sparkle:channel>
      <sparkle:shortVersionString>3.0</sparkle:shortVersionString>
    </item>
  </channel>
</rss>
"""


def release(tag: object, *, draft: object = False, prerelease: object = False) -> dict[str, object]:
    """Return an entry of GitHub's list of releases, with the keys that are read."""
    return {"tag_name": tag, "name": str(tag), "draft": draft, "prerelease": prerelease}


def releases(*entries: object) -> str:
    return json.dumps(entries)
