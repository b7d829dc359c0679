"""feed bytes -> its entries"""

from typing import Any

_MOST = 5000


def entries(payload: bytes) -> list[dict[str, str]]:
    """Title, link, published, author, source, outlet and content of every entry; what is missing is an empty string.

    `source` is the feed's <source>: the publication that the entry was taken from.
    """
    import feedparser

    feed = feedparser.parse(payload, sanitize_html=False, resolve_relative_uris=False)
    outlet = str(feed.feed.get("title", ""))
    return [_entry(entry, outlet) for entry in feed.entries[:_MOST]]


def _entry(entry: Any, outlet: str) -> dict[str, str]:
    contents = [part.get("value", "") for part in entry.get("content", [])]
    content = max([*contents, entry.get("summary", "")], key=len)
    source = entry.get("source", {})
    return {
        "title": str(entry.get("title", "")), "link": str(entry.get("link", "")),
        "published": str(entry.get("published", "") or entry.get("updated", "")), "author": str(entry.get("author", "")),
        "source": str(source.get("title", "") or source.get("value", "")), "outlet": outlet, "content": content,
    }  # fmt: skip
