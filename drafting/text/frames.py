"""What frames the words of a text in files that have no markup of their own, so that they are known when they return.

Before the frame stands the first page, behind it tables and footnotes; none of that is words of a provision. A file of
others has no such frame, and nothing of it is passed over.
"""

import re

#: The lines of a Markdown file between which the text stands; a reader of the page does not see them.
MARKDOWN = ("<!-- The text begins here. -->", "<!-- The text ends here. -->")
#: How an amendment begins that a Markdown file prints behind its provision.
PROPOSAL = "<!-- Proposal -->"
#: How a line of a plain file begins that is beside the text; a line of the text that begins so has the bar twice.
BESIDE = "│"
_RULE = "═" * 8
_RULED = re.compile(rf"{_RULE} (.+) {_RULE}")


def rule(symbol: str) -> str:
    """Return the line before and behind the text in a plain file: the document's symbol in a double rule."""
    return f"{_RULE} {symbol} {_RULE}"


def rules(lines: list[str]) -> tuple[int, int] | None:
    """Return the indices of the two rules of a plain file, None where there are not two of the same symbol."""
    at = [index for index, line in enumerate(lines) if _RULED.fullmatch(line.strip("\u200f "))]
    if len(at) != 2 or lines[at[0]].strip("\u200f ") != lines[at[1]].strip("\u200f "):
        return None
    return at[0], at[1]
