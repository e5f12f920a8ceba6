"""`python -m drafting.text COMMAND`: the text engine on the command line, without a database or a framework."""

import os
import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import TextIO

from . import command_line

_NOT_A_COMMAND = {"lines", "files"}


def find_commands() -> list[str]:
    """Return the names of the commands there are, in alphabetical order."""
    return sorted({module.name for module in iter_modules(command_line.__path__)} - _NOT_A_COMMAND)


def main(arguments: list[str]) -> int:
    """Run one command; return 0 when all went well, 2 for a usage error or bad input."""
    commands = find_commands()
    if arguments and arguments[0] in commands:
        module = import_module(f".command_line.{arguments[0]}", __package__)
        return int(module.run(arguments[1:], sys.stdin.buffer, sys.stdout, sys.stderr))
    asked = arguments in (["--help"], ["-h"], ["help"])
    _print_usage(commands, sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


def _print_usage(commands: list[str], out: TextIO) -> None:
    out.write("usage: python -m drafting.text COMMAND [FILE …]\n\n")
    for command in commands:
        about = import_module(f".command_line.{command}", __package__).__doc__ or ""
        out.write(f"  {command:<12} {about.partition(chr(10))[0]}\n")


def _run() -> int:
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        stream.reconfigure(encoding="utf-8", newline="\n", errors=errors)  # type: ignore[union-attr]  # always a text file here
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # the reader went away (`… | head`): nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(_run())
