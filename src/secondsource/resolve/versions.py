"""an article -> the lineage of pages that it is a version of: what its address is, without what marks a click

Two articles of one lineage are two versions of one page. A page without an address, or with the address of a whole site (which
careless pages print as their own), has none.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit

from secondsource.model import Article

CLICKS = ("utm_", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "ref_src")
DOORS = {"", "index.html", "index.htm", "index.php", "home"}


def lineage(url: str | None) -> str:
    """The address without scheme, "www.", fragment and marks of clicks; empty where it names no page."""
    if not url or "://" not in url:
        return ""
    try:
        parts = urlsplit(url.strip())
        query = [(k, v) for k, v in parse_qsl(parts.query) if not k.lower().startswith(CLICKS)]
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if not host or (path.strip("/").lower() in DOORS and not query):
        return ""
    return f"{host}{path}" + (f"?{urlencode(sorted(query))}" if query else "")


def lineage_of(article: Article) -> str:
    return lineage(article.url)
