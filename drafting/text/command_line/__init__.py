"""The engine's commands for anyone to try: one module a command, each with `run(arguments, stdin, stdout, stderr)`."""
