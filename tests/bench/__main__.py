"""`./run bench [NAME …]`: runs the benchmarks of this folder, or those named, each in a process of its own."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = sorted(
    {path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_")}
    | {path.parent.name for path in FOLDER.glob("*/__main__.py")}
)


def main(wanted: list[str]) -> int:
    """Run the benchmarks and return how many failed; an unknown name runs nothing."""
    if unknown := set(wanted) - set(NAMES):
        print(f"No benchmark {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}.")
        return 2
    failed = 0
    for name in wanted or NAMES:
        print(f"\n=== {name}", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"tests.bench.{name}"]).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
