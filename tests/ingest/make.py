"""Files of other programs, made small by hand."""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

Placed = tuple[float, float, float, str]
"""Left edge and base line in points, size of the letters, and a line of text."""


def pdf(pages: Sequence[Sequence[Placed]], info: str = "", catalog: str = "") -> bytes:
    """A PDF file with Helvetica in Latin-1."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "".join(
            f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET\n" for x, y, size, text in lines
        )
        objects += [
            (
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font "
                f"<< /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
            ),
            f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}endstream",
        ]
    objects.append(f"<< {info} >>")
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R"
    return out + f"{tail} /Info {size - 1} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def page_of(*paragraphs: Sequence[str], top: float = 760) -> list[Placed]:
    """A page with paragraphs of lines, an empty line's room between two."""
    found, y = [], top
    for lines in paragraphs:
        for line in lines:
            found.append((72.0, y, 11.0, line))
            y -= 14
        y -= 10
    return found


def zipped(files: dict[str, bytes | str]) -> bytes:
    """A zip archive."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, **parts: str) -> bytes:
    """A .docx file of this body, as XML; `parts` are others beside it, by their names."""
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    for name, xml in parts.items():
        files[f"word/{name}.xml"] = xml
    return zipped(files)


def damaged(data: bytes) -> list[bytes]:
    """The file cut off at each tenth, and with a byte turned over at each fortieth."""
    cut = [data[: len(data) * tenth // 10] for tenth in range(10)]
    places = range(0, len(data), max(1, len(data) // 40))
    return cut + [data[:at] + bytes([data[at] ^ 0x5A]) + data[at + 1 :] for at in places]
