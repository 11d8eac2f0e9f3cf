"""Servers that refuse to run as root run as nobody, and end with the tests, however these end."""

import os
import shutil
from pathlib import Path


def unprivileged(folder: Path, *, ended_by: str) -> list[str]:
    """Give the folder to who may run a server; return how a command becomes that user."""
    ending_with_us = ["setpriv", "--pdeathsig", ended_by]
    if os.geteuid() != 0:
        return ending_with_us
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, "nobody", "nogroup")
    return [*ending_with_us, "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
