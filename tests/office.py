"""LibreOffice, which opens our Word files as others will: an installed one, else Debian's where we may install it."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

NAMES = ("soffice", "libreoffice")
#: Without a window, Java, Python or any other part of it: 270 MB on the disk, 40 s to install.
PACKAGE = "libreoffice-writer-nogui"


def find() -> str:
    """Returns the path of LibreOffice, installing it if there is none; an empty path where it cannot be had."""
    if (found := _look()) or os.geteuid() != 0 or not shutil.which("apt-get"):
        return found
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for act in (["update"], ["install", "--yes", "--no-install-recommends", PACKAGE]):
        # Several test processes may want it at once: they wait for each other.
        command = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "APT::Update::Error-Mode=any", *act]
        subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return _look()


def convert(office: str, files: Sequence[Path], form: str, folder: Path) -> list[Path]:
    """Has LibreOffice open the files and save each in a form of its own in `folder`, and returns what it saved."""
    home = f"-env:UserInstallation=file://{folder}/home"
    out = folder / "saved"
    command = [office, home, "--headless", "--convert-to", form, "--outdir", str(out), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [out / f"{file.stem}.{form.partition(':')[0]}" for file in files]


def _look() -> str:
    return next((found for name in NAMES if (found := shutil.which(name))), "")
