"""Runs one target under atheris, which follows the branches that inputs take. By hand only.

    python -m venv fuzz-venv && fuzz-venv/bin/pip install atheris -e .
    fuzz-venv/bin/python tests/fuzz/fuzz.py gvdb new-inputs -max_total_time=600

The first argument names a target of `targets.py`, the second a folder for inputs worth keeping;
the rest goes to libFuzzer. What it finds lies in `crash-…`: mend the program, and keep the
input in `tests/fuzz/corpus/TARGET-what-was-wrong`, which `test_corpus.py` then tries for ever.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["privacy_check", "jeepney", "tomli", "json"]):
    import targets

    from privacy_check.readers import look

    for module in sorted({*look._MODULES.values()}):  # noqa: SLF001 - imported late otherwise
        try:
            __import__(f"privacy_check.readers.{module}")
        except ImportError:
            sys.stderr.write(f"not there yet: {module}\n")


def main() -> None:
    target, folder, *rest = sys.argv[1:]
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(targets.TARGETS[target].seeds()):
        (place / f"seed-{number}").write_bytes(data)
    largest = f"-max_len={targets.TARGETS[target].largest}"
    atheris.Setup(
        [
            sys.argv[0],
            folder,
            largest,
            "-len_control=0",
            "-timeout=10",
            "-rss_limit_mb=1500",
            *rest,
        ],
        lambda data: targets.run(target, data),
    )
    atheris.Fuzz()


main()
