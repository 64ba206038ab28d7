"""The list of certificates stays packed where the program is one file."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import certifi

Start = Callable[..., subprocess.CompletedProcess[str]]

PACKED = """
import os, ssl, sys
sys.path.insert(0, sys.argv[1])
import privacy_check.online.door
import certifi, requests
assert certifi.__file__.startswith(sys.argv[1]), certifi.__file__
context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.load_verify_locations(cadata=certifi.contents())
print(len(context.get_ca_certs()) > 50, certifi.where is not str, flush=True)
os._exit(0)
"""


def test_inside_one_file_nothing_is_unpacked(tmp_path: Path, start: Start) -> None:
    source = Path(certifi.__file__).parent
    archive = tmp_path / "packed.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for name in ("__init__.py", "core.py", "cacert.pem"):
            made.write(source / name, f"certifi/{name}")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    before = temporary.stat().st_mtime_ns
    done = start(str(archive), code=PACKED, variables={"TMPDIR": str(temporary)})
    assert (done.stdout, done.stderr) == ("True True\n", "")
    assert list(temporary.iterdir()) == []
    assert temporary.stat().st_mtime_ns == before, "what was unpacked and gone shows here"
