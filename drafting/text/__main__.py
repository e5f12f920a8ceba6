"""`python -m drafting.text COMMAND`: the text engine on the command line, without a database or a framework."""

import inspect
import os
import sys
from importlib import import_module
from io import BytesIO, TextIOWrapper
from pkgutil import iter_modules
from typing import TextIO

from . import command_line

_NOT_A_COMMAND = {"lines", "files"}
_HELP = (["--help"], ["-h"])


def find_commands() -> list[str]:
    """Return the names of the commands there are, in alphabetical order."""
    return sorted({module.name for module in iter_modules(command_line.__path__)} - _NOT_A_COMMAND)


def main(arguments: list[str]) -> int:
    """Run one command; return 0 when all went well, 2 for a usage error or bad input."""
    commands = find_commands()
    if arguments and arguments[0] in commands:
        module = import_module(f".command_line.{arguments[0]}", __package__)
        if arguments[1:] in _HELP:
            sys.stdout.write(f"{inspect.getdoc(module)}\n\n{inspect.getdoc(module.run)}\n")
            return 0
        return int(module.run(arguments[1:], sys.stdin.buffer, sys.stdout, sys.stderr))
    asked = arguments in (*_HELP, ["help"])
    _print_usage(commands, sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


def _print_usage(commands: list[str], out: TextIO) -> None:
    out.write("usage: python -m drafting.text COMMAND [FILE …]; COMMAND --help explains one\n\n")
    for command in commands:
        form, _, about = (inspect.getdoc(import_module(f".command_line.{command}", __package__)) or "").partition(": ")
        out.write(f"  {form:<13} {about}\n")


def _run() -> int:
    _replace_closed()
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        stream.reconfigure(encoding="utf-8", newline="\n", errors=errors)  # type: ignore[union-attr]  # always a text file here
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # the reader went away (`… | head`): nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        sys.stderr.write(f"The answer cannot be written: {error.strerror}.\n")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _replace_closed() -> None:
    """Read nothing from a standard stream that was closed (`<&-`), and write nothing to it."""
    sys.stdin, sys.stdout, sys.stderr = (
        stream or TextIOWrapper(BytesIO()) for stream in (sys.stdin, sys.stdout, sys.stderr)
    )


if __name__ == "__main__":
    sys.exit(_run())
