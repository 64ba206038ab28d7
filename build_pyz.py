"""Makes `privacy-check.pyz`: the program and all it needs in one file, to run without installing.

    python -m build --wheel
    python build_pyz.py dist/privacy_check-*.whl privacy-check.pyz

It holds the wheel and the packages below, as they are published: no compiled part, and no rule
files, only the compiled rule book. From the same wheels it makes the same bytes.
"""

# ruff: noqa: S603 - a script, which starts pip with fixed arguments
from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import zipapp
import zipfile
from collections.abc import Iterator
from pathlib import Path

FOR_ANY_SYSTEM = """\
certifi==2026.10.18 --hash=sha256:73191c47aaa79da394e8fee2dbc2ec827432cab56311122c9e47abf79e390f62
charset-normalizer==3.5.2 \\
    --hash=sha256:b6b751274acb69d77b3323d6b7dbaa3c7fdfc1eb829b7eb61d262f32e1af9685
click==8.5.1 --hash=sha256:8bb5376d2006950386f8c6427613334a2acadc5f559cb80e638d00b4df957e37
idna==3.20 --hash=sha256:ab7ae7122974553370f0bdb919e1a960b2cd1bc1ef0276416d896db81c14582c
jeepney==0.9.0 --hash=sha256:97e5714520c16fc0a45695e5365a2e11b81ea79bba796e26f9f1d178cb182683
jinja2==3.1.6 --hash=sha256:85ece4451f492d0c13c5dd7c13a64681a86afae63a5f347908daf103ce6d2f67
requests==2.34.2 --hash=sha256:2a0d60c172f83ac6ab31e4554906c0f3b3588d37b5cb939b1c061f4907e278e0
tomli==2.5.0 --hash=sha256:32a7b79ac57a2e83670ce329ccf675798bc5a2094783a63676866b70503f2e2b
urllib3==2.8.0 --hash=sha256:0cf3cae568d36aa9576b28dfb35f11328f1cb974ca7647d9475ebb86c75ac6e3
"""
FOR_ONE_SYSTEM = """\
markupsafe==3.0.4 --hash=sha256:6da83a088f8ef93b2d483a8232a4dbf4d69d3d8496b568a03c56becac43e1808
"""
"""What is published with a compiled part, which it does without: that part is left out."""

ANY = ("--platform=any", "--implementation=py", "--abi=none")
ONE = ("--platform=manylinux2014_x86_64", "--implementation=cp", "--abi=cp311")

LEFT_OUT_BELOW = ("privacy_check/rules/", "markupsafe/_speedups.")
LEFT_OUT = ("/", "/RECORD", "/py.typed", "/entry_points.txt")
COMPILED = (".so", ".pyd", ".dll", ".dylib", ".pyc")
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive, the first that a zip archive can name."""

MAIN = '''\
"""Starts the program from this one file, without leaving anything beside it or elsewhere."""

import sys

sys.dont_write_bytecode = True
if sys.version_info < (3, 11):
    sys.exit("This wants Python 3.11 or newer.")

from privacy_check.__main__ import start

start()
'''


def main() -> None:
    """Make the file named second on the command line out of the wheel named first."""
    wheel, target = Path(sys.argv[1]), Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        download(FOR_ANY_SYSTEM, ANY, Path(folder))
        download(FOR_ONE_SYSTEM, ONE, Path(folder))
        archive = packed([wheel, *Path(folder).glob("*.whl")])
    zipapp.create_archive(archive, str(target), interpreter="/usr/bin/env python3")


def download(packages: str, system: tuple[str, ...], folder: Path) -> None:
    """Fetch packages with pip, which compares them with their hashes."""
    wanted = folder / "packages.txt"
    wanted.write_text(packages, encoding="utf-8")
    options = ["--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes"]
    pip = [sys.executable, "-m", "pip", "download", *options, *system, "--python-version=3.11"]
    subprocess.run([*pip, "--dest", folder, "-r", wanted], check=True)


def packed(wheels: list[Path]) -> io.BytesIO:
    """Return the archive: the files of all wheels, sorted, all of one time."""
    files = {"__main__.py": MAIN.encode()}
    for wheel in wheels:
        files.update(contents(wheel))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name], compresslevel=9)
    made.seek(0)
    return made


def contents(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """Yield names and content of what a wheel brings.

    Raises:
        ValueError: When a part of it is for one system only.
    """
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith(LEFT_OUT_BELOW) or name.endswith(LEFT_OUT):
                continue
            if name.endswith(COMPILED):
                message = f"{name} in {wheel.name} is not for every system."
                raise ValueError(message)
            yield name, archive.read(name)


if __name__ == "__main__":
    main()
