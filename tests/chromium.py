"""The browser of the browser tests: an installed one, else Debian's where we may install it, else Playwright's own."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str:
    """Returns the path of a Chromium, installing one if there is none; an empty path stands for Playwright's own."""
    if found := os.environ.get("ROLLING_CHROMIUM") or _look():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Debian's Chromium", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "-qq", "update"], env=quiet, check=False, stdout=subprocess.DEVNULL)
        install = ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", "chromium"]
        if subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL).returncode == 0 and (found := _look()):
            return found
    print("Installing Playwright's Chromium", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    return ""


def _look() -> str:
    return next((found for name in NAMES if (found := shutil.which(name))), "")
