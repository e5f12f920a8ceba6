"""Word packages made by hand, part by part, as other programs and other people make them."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def package(body: str, **parts: str) -> bytes:
    """Return a .docx with `body` inside `w:body`; further parts by name under word/, `footnotes` as `footnotes.xml`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("[Content_Types].xml", f'<Types xmlns="{_TYPES}"/>')
        zipped.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            inside = f'<w:{name} xmlns:w="{W}">{content}</w:{name}>'
            zipped.writestr(f"word/{name}.xml", inside)
    return out.getvalue()


def p(*runs: str, props: str = "") -> str:
    """Return a paragraph of runs."""
    return f"<w:p><w:pPr>{props}</w:pPr>{''.join(runs)}</w:p>"


def r(words: str, tag: str = "t") -> str:
    """Return a run of words."""
    return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def changed(tag: str, inside: str, author: str = "Norway", date: str = "2026-01-02T03:04:05Z") -> str:
    """Return content that an author put in, took out or moved."""
    return f'<w:{tag} w:id="1" w:author="{author}" w:date="{date}">{inside}</w:{tag}>'


def part_of(data: bytes, name: str) -> str:
    """Return one part of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return zipped.read(name).decode()


def with_part(data: bytes, name: str, old: str, new: str) -> bytes:
    """Return the package with words of one part replaced, wherever they stand in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.namelist():
            content = before.read(entry).decode(errors="surrogateescape")
            content = content.replace(old, new) if entry == name else content
            after.writestr(entry, content.encode(errors="surrogateescape"))
    return out.getvalue()
