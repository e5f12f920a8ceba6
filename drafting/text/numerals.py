"""Numerals of labels: digits, letters, Roman and Chinese figures, and the Latin ordinals of inserted provisions.

What a whole label says is read in `labels`.
"""

import re
from enum import StrEnum

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_BELOW_TEN = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CHINESE = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE_UNITS = {"十": 10, "百": 100}

LATIN = (
    "bis ter quater quinquies sexies septies octies novies decies undecies duodecies terdecies quaterdecies "
    "quindecies sexdecies septdecies octodecies novodecies vicies unvicies duovicies tervicies quatervicies "
    "quinvicies sexvicies"
).split()
"""The suffixes of provisions inserted after number n, from the second (bis) to the twenty-sixth."""

_ENDING = r"(?:i?e[ns]*s|is)"
_MISSPELT: tuple[tuple[str, int], ...] = (
    (r"quat(?:t?re|tro|uor)|quarter|quarto", 4),
    (rf"quin(?:qu?i?)?{_ENDING}", 5),
    (r"se(?:xt?|s)(?:ies|iens)|sexis", 6),
    (r"sept(?:ies|iens|imes)", 7),
    (r"oct(?:ies|iens|avies)", 8),
    (r"no[nv](?:ies|iens)", 9),
    (r"dec(?:ies|iens)", 10),
    (r"(?:un|onze|uno)dec(?:ies|iens)", 11),
    (r"d[uo]+dec(?:ies|iens)", 12),
    (r"t[er]+[ie]?dec(?:ies|iens)", 13),
    (r"quat(?:t?uor|r[eo]?|er)?dec(?:ies|iens)", 14),
    (r"quin(?:quies|qui?)?dec(?:ies|iens)", 15),
    (r"se(?:x|s|xies)dec(?:ies|iens)", 16),
    (r"sept(?:en|ies)?dec(?:ies|iens)", 17),
    (r"oct(?:[oi]|ies)?dec(?:ies|iens)|duodevic(?:ies|iens)", 18),
    (r"no[nv](?:[oe]m?|ies)?dec(?:ies|iens)|undevic(?:ies|iens)", 19),
    (r"vi[cg](?:ies|iens)", 20),
    (r"(?:un|semel|uno)vic(?:ies|iens)", 21),
    (r"(?:duo|bis)vic(?:ies|iens)", 22),
    (r"t[er]+vic(?:ies|iens)", 23),
    (r"quat[ert]*vic(?:ies|iens)", 24),
    (r"quin(?:qui?e?s?)?vic(?:ies|iens)", 25),
    (r"se(?:x|s|xies)vic(?:ies|iens)", 26),
)
_ORDINALS = {word: number for number, word in enumerate(LATIN, start=2)}
_VARIANTS = [(re.compile(pattern), number) for pattern, number in _MISSPELT]


class Style(StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    LETTERS = "letters"
    CAPITALS = "capitals"
    ROMAN = "roman"
    ROMAN_CAPITALS = "roman capitals"
    CHINESE = "chinese"


def read_ordinal(word: str) -> int | None:
    """Return the number of a Latin ordinal (`bis` is 2), however written or misspelt; None for another word."""
    word = word.lower()
    if word in _ORDINALS:
        return _ORDINALS[word]
    return next((number for pattern, number in _VARIANTS if pattern.fullmatch(word)), None)


def write_ordinal(number: int) -> str:
    """Return the Latin ordinal of a suffix from 2 (`bis`) to 26 (`sexvicies`); raises `ValueError` beyond."""
    if not 2 <= number <= len(LATIN) + 1:
        raise ValueError(f"There is no Latin suffix for {number}.")
    return LATIN[number - 2]


def read(figure: str, style: Style) -> int | None:
    """Return the value of `figure` written in `style`, None where it is not."""
    match style:
        case Style.DIGITS:
            return int(figure) if figure.isdecimal() else None
        case Style.LETTERS | Style.CAPITALS:
            return _read_letters(figure, style)
        case Style.ROMAN | Style.ROMAN_CAPITALS:
            return _read_roman(figure, style)
        case Style.CHINESE:
            return _read_chinese(figure)


def write(number: int, style: Style) -> str:
    """Return `number` (from 1) written in `style`: `read(write(n, s), s) == n`. Letters go on a … z, aa, bb …"""
    match style:
        case Style.DIGITS:
            return str(number)
        case Style.LETTERS | Style.CAPITALS:
            rounds, place = divmod(number - 1, 26)
            letters = chr(ord("a") + place) * (rounds + 1)
            return letters.upper() if style is Style.CAPITALS else letters
        case Style.ROMAN:
            return _write_roman(number)
        case Style.ROMAN_CAPITALS:
            return _write_roman(number).upper()
        case Style.CHINESE:
            return _write_chinese(number)


def guess_style(figure: str) -> Style | None:
    """Return the style a figure is most likely written in: (i), (v), (x) and longer Roman figures are Roman."""
    if figure.isdecimal():
        return Style.DIGITS
    if _read_chinese(figure) is not None:
        return Style.CHINESE
    capital = figure.isupper()
    if (len(figure) > 1 or figure.lower() in "ivx") and _read_roman(figure.lower(), Style.ROMAN) is not None:
        return Style.ROMAN_CAPITALS if capital else Style.ROMAN
    if _read_letters(figure.lower(), Style.LETTERS) is not None:
        return Style.CAPITALS if capital else Style.LETTERS
    return None


def _read_letters(figure: str, style: Style) -> int | None:
    wanted = figure.upper() if style is Style.CAPITALS else figure.lower()
    if not figure or figure != wanted or not (figure.isascii() and figure.isalpha()) or len(set(figure)) > 1:
        return None
    return (len(figure) - 1) * 26 + ord(figure[0].lower()) - ord("a") + 1


def _read_roman(figure: str, style: Style) -> int | None:
    lower = figure.lower()
    if not figure or figure != (figure.upper() if style is Style.ROMAN_CAPITALS else lower):
        return None
    value, rest = 0, lower
    for worth, sign in _ROMAN + _ROMAN_BELOW_TEN:
        while rest.startswith(sign):
            value, rest = value + worth, rest[len(sign) :]
    return value if value and not rest and _write_roman(value) == lower else None


def _write_roman(number: int) -> str:
    parts: list[str] = []
    for worth, sign in _ROMAN + _ROMAN_BELOW_TEN:
        count, number = divmod(number, worth)
        parts.append(sign * count)
    return "".join(parts)


def _read_chinese(figure: str) -> int | None:
    if not figure or any(sign not in _CHINESE and sign not in _CHINESE_UNITS for sign in figure):
        return None
    total, digit = 0, None
    for sign in figure:
        if sign in _CHINESE_UNITS:
            total += (1 if digit is None else digit) * _CHINESE_UNITS[sign]
            digit = None
        else:
            digit = _CHINESE[sign]
    return total + (digit or 0)


def _write_chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    written = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        written += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        written += "零"
    return written + (digits[ones] if ones else "")
