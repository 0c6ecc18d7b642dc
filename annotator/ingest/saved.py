"""Containers in which browsers save a page as one file: MHTML, and Safari's web archive."""

from annotator.core.errors import UserError
from annotator.ingest.original import Original

_PLIST = b"bplist00"
_MIME = (
    b"mime-version:",
    b"from: <saved by",
    b"snapshot-content-location:",
    b"content-type: multi",
)
_HTML = ("text/html", "application/xhtml+xml")


def page_in(original: Original) -> tuple[Original, str, str]:
    """The page in a file, and the address and encoding that its container tells ("" for none).

    A file that is no container is the page. Raises UserError for a container without a page.
    """
    if original.data.startswith(_PLIST):
        return _in_archive(original)
    if is_mime(original.data):
        return _in_mime(original)
    return original, "", ""


def is_mime(head: bytes) -> bool:
    """Whether a file begins as an MHTML file does."""
    return head[:1000].lstrip().lower().startswith(_MIME)


def is_archive(head: bytes) -> bool:
    """Whether a file begins as a web archive does, which is a property list."""
    return head.startswith(_PLIST)


def _in_mime(original: Original) -> tuple[Original, str, str]:
    from email import message_from_bytes  # noqa: PLC0415  (loaded when it is used)

    message = message_from_bytes(original.data)
    for part in message.walk():
        if part.get_content_type() not in _HTML:
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and data.strip():
            # A field with a byte that is wrong is no str.
            url = str(part.get("Content-Location") or message.get("Snapshot-Content-Location"))
            url = url if url.startswith("http") else ""
            return Original(original.name, data), url, str(part.get_content_charset() or "")
    raise UserError(f"{original.file} is an MHTML file without a page in it.")


def _in_archive(original: Original) -> tuple[Original, str, str]:
    import plistlib  # noqa: PLC0415  (loaded when it is used)

    try:
        main = plistlib.loads(original.data)["WebMainResource"]
        data, url = main["WebResourceData"], str(main.get("WebResourceURL", ""))
        charset = str(main.get("WebResourceTextEncodingName", ""))
    # The parser of property lists lets out whatever a broken one does to it.
    except Exception as error:
        raise UserError(f"{original.file} is no web archive that can be read.") from error
    if not isinstance(data, bytes) or not data.strip():
        raise UserError(f"{original.file} is a web archive without a page in it.")
    return Original(original.name, data), url, charset
