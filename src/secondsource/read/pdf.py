"""PDF bytes -> the text of its pages (extra `pdf`)"""

from secondsource.errors import Unreadable


def pages(payload: bytes) -> list[str]:
    """The text layer, a string a page."""
    try:
        import pypdfium2
    except ImportError:
        raise Unreadable("reading PDF needs the extra `pdf`") from None
    document = pypdfium2.PdfDocument(payload)
    return [document[number].get_textpage().get_text_bounded() for number in range(min(len(document), 2000))]
