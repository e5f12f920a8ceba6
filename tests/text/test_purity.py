"""The engine runs without the framework: proved in a process of its own."""

import subprocess
import sys

PROBE = """
import sys, importlib, pkgutil
import drafting.text, drafting.text.command_line as commands, drafting.text.__main__
for package in (drafting.text, commands):
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(package.__name__ + "." + module.name)
print(*sorted({name.split(".")[0] for name in sys.modules} & {"django", "channels", "celery", "redis", "kombu"}))
"""


def test_importing_every_module_of_the_engine_loads_no_framework() -> None:
    found = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
