"""typed segments -> whose words an article carries, as its own words tell

`republished_from` and `derived_from` say whose text this is; `cites` says who a single statement was given to or carried by.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from secondsource.model import Quote, Relation, RelationKind, Segment, quote_of
from secondsource.read import media
from secondsource.read.dates import dates
from secondsource.read.media import Papers

_CAP = r"[A-ZÀ-ÞĀ-Ž][\w'’&./-]{0,30}"
NAME = rf"(?:The |the )?{_CAP}(?:(?: (?:of|and|for|de|du|der|al|el|the|in)){{0,2}} {_CAP}|-{_CAP}){{0,5}}"
_OF_LINE: tuple[tuple[RelationKind, re.Pattern[str]], ...] = (
    ("republished_from", re.compile(rf"^\W{{0,6}}[Ff]rom (?P<name>{NAME})")),
    ("republished_from", re.compile(
        rf"(?i:^\W{{0,3}}(?:press|news|media) (?:release|statement)(?: (?:of|by|from|issued by)|:) (?:the )?)"
        rf"(?P<name>{NAME})")),
    ("republished_from", re.compile(

        rf"(?i:\b(?:republished|reprinted|reposted|reproduced|syndicated|taken)\s(?:(?:here|with (?:the "
        rf")?permission(?: of)?|by permission(?: of)?|under [^.,]{{3,60}}),? ?){{0,2}}(?:(?:from|of|by|"
        rf"courtesy of) )?)(?P<name>{NAME})"
)),
    ("republished_from", re.compile(

        rf"(?i:\b(?:originally|first) (?:published|appeared|ran|posted|released|issued)\s?(?:(?:as "
        rf"[^.]{{3,40}} )?(?:by|in|on|at|from|with) )(?:the website of )?)(?P<name>{NAME})"
)),
    ("republished_from", re.compile(rf"(?i:\bcourtesy(?: of|:) ?)(?P<name>{NAME})")),
    ("republished_from", re.compile(rf"(?i:^\W{{0,3}}via:? )(?P<name>{NAME})")),
    ("republished_from", re.compile(
        rf"(?i:\b(?:reporting|writing|editing|compiled|written|produced|reported) (?:by )[^;.\n]{{0,80}}? "
        rf"for )(?P<name>{NAME})")),
    ("derived_from", re.compile(rf"(?i:^\W{{0,3}}(?:sources?|original (?:article|source)|original):\s?)(?P<name>{NAME})")),
    ("derived_from", re.compile(rf"(?i:\b(?:with|from) (?:additional )?inputs? from )(?:the )?(?P<name>{NAME})")),
    ("derived_from", re.compile(
        rf"(?i:\b(?:with|based on) (?:material|reports?|reporting|information|contributions?|files) "
        rf"(?:from|by) )(?P<name>{NAME})")),
)  # fmt: skip
_REPORT = re.compile(
    rf"\b[Aa]ccording to (?:a|an|the|another)? ?(?:[a-z]+ ){{0,2}}(?:reports?|story|article|dispatch|"
    rf"investigation) (?:by|from|in|on|published by|published in|carried by) (?:(?:the "
    rf")?[A-Z]\w{{1,20}}-based )?(?:(?:state )?(?:news agency|broadcaster|television|newspaper) )?(?P<name>{NAME})"
)
_TOLD = re.compile(
    rf"\b(?:told|telling) (?:(?:the )?(?:{_CAP}['’]s |[A-Z]\w{{1,20}}-based |[A-Z][a-z]{{2,20}} (?=[a-z]))?"
    rf"(?:(?:state |state-run |"
    rf"private |public |local |national |independent )?(?:news agency|news channel|news site|news "
    rf"website|agency|broadcaster|television channel|television|TV channel|TV station|TV|radio "
    rf"station|radio|newspaper|daily|magazine|channel|outlet|website|news outlet|station|network) "
    rf")?)(?P<name>{NAME})(?P<after>[^.!?\n]{{0,30}})"
)
_SPEAKING = re.compile(
    rf"\b(?:[Ss]peaking (?:to|with|on)|[Ii]n (?:an|his|her|their|a) (?:(?:exclusive|televised|recent|"
    rf"separate|phone|telephone|video|rare) )?interview (?:with|to|on|for|given to|published (?:by|"
    rf"in)|aired (?:by|on)|broadcast (?:by|on))|[Ii]n (?:comments|remarks) (?:to|carried by|published "
    rf"by|made to|broadcast by|broadcast on|aired by|aired on)|(?:broadcast|televised|aired|carried|"
    rf"quoted|cited|published|reported|shown) (?:live )?(?:by|on)|[Ii]nterviewed by) (?:(?:the "
    rf")?(?:{_CAP}['’]s |[A-Z]\w{{1,20}}-based |{_CAP}n |state |state-run |private |public |local |"
    rf"official ){{0,3}}(?:news agency|news channel|news site|news website|agency|broadcaster|"
    rf"television channel|television|TV channel|TV station|TV|radio station|radio|newspaper|daily|"
    rf"magazine|channel|outlet|website|station|network) )?(?P<name>{NAME})"
)
_MEDIUM = re.compile(
    r"(?i)\b(?:tv|news|radio|television|agency|press|times|post|daily|herald|tribune|gazette|journal|"
    r"broadcaster|newspaper|channel|media|telegraph|courier|chronicle|observer|guardian|magazine|"
    r"weekly|wire|network|broadcasting|dispatch|monitor|standard|mail|today|reporters|journalists|"
    r"weekly|gazeta|kanal|canal|kanali|canale|vestnik|pravda|zeitung|tageblatt|nachrichten|presse|"
    r"corriere|diario|jornal|giornale|gazette|novosti|haber|kurier|televisi\w{1,3}|echo|ledger|"
    r"examiner|express|bulletin|mirror)\b"
)
_BEFORE_MEDIUM = re.compile(
    r"(?i)(?:news agency|agency|broadcaster|television|channel|radio|newspaper|daily|magazine|outlet|"
    r"website|station|network|TV) (?:the )?$"
)
_AFTER_MEDIUM = re.compile(
    r"(?i)^(?:,? (?:an? |the )?(?:\w+ ){0,2})?(?:news agency|agency|broadcaster|television|TV|"
    r"channel|radio|newspaper|daily|magazine|news|website|network)\b"
)
_REPORTING = re.compile(r"(?i)\b(?:reporting|writing|editing) by\b.{0,300}\bediting by\b|\b(?:reporting|writing) by\b")


_FOR = re.compile(rf"\bfor (?P<name>{NAME})")
_NAMES = re.compile(rf"{_CAP}(?: (?:(?:of|for|de|the) )?(?!and\b){_CAP}){{0,4}}")
_AIRED = re.compile(r"(?i)(?:broadcast|aired|televised) (?:live )?by\b")
_MEDIUM_LINE = re.compile(rf"{NAME}")


@lru_cache(maxsize=8)
def _index(agencies: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    known = {}
    for name, aliases in agencies:
        for alias in (name, *aliases):
            known[alias] = name
            if len(alias) > 4:
                known[alias.lower()] = name
    return known


def known(agencies: Mapping[str, Any]) -> dict[str, str]:
    """Every printed name of an agency -> the name that the table gives it. Long names also in lower case."""
    return _index(tuple((name, tuple(aliases)) for name, aliases in agencies["agencies"].items()))


def one_sentence(name: str) -> str:
    """The name up to a full stop that ends a sentence in it: "Norvik News. Clients" is "Norvik News"."""
    return re.split(r"(?<=[^\W\d_]{3})\. ", name, maxsplit=1)[0]


def agency_of(words: str, names: Mapping[str, str]) -> str | None:
    """The agency that the words are the name of, as printed or in other case."""
    words = words.strip(" \t\n()[]–—-|.,:;…")
    letters = words.upper() if len(words) in (3, 4) and words.istitle() else words  # "Afp"
    for form in (words, words.lower(), words.removeprefix("The ").removeprefix("the "), letters):
        if form in names:
            return names[form]
    return None


def relations(
    article: str,
    text: str,
    segments: Iterable[Segment],
    dateline_credit: tuple[int, int] | None,
    names: Mapping[str, str],
    papers: Papers,
) -> tuple[Relation, ...]:
    """All relations, each name and kind once, in the order of their words."""
    found: list[Relation] = []
    if dateline_credit:
        begin, end = dateline_credit
        credited = list(_parts(text, begin, end))
        listed = [part for part in credited if agency_of(text[slice(*part)], names)]
        for start, stop in listed or [part for part in credited if _signs(text[slice(*part)], names, papers)]:
            if start < stop:
                found.append(_relation("republished_from", article, text, start, stop, begin, end))
    for segment in segments:
        if segment.kind == "origin_line":
            found.extend(_line(article, text, segment, names, papers))
        elif segment.kind in ("byline", "date_line"):
            found.extend(_credited(article, text, segment, names, papers))
        elif segment.kind in ("body", "subheading"):
            found.extend(_body(article, text, segment, names))
        elif segment.kind in ("photo_credit", "caption"):
            found.extend(_photo(article, text, segment))
        elif segment.kind == "boilerplate":
            found.extend(_owned(article, text, segment, names))
    return _distinct(found, names)


def _parts(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """A credit cut at its slashes, commas and "and"."""
    place = start
    for match in re.finditer(r"\s?[/,|&]\s?|\s(?:and|via|-|–)\s", text[start:end]):
        yield place, start + match.start()
        place = start + match.end()
    yield place, end


def _relation(kind: RelationKind, article: str, text: str, start: int, end: int, begin: int, stop: int) -> Relation:
    del begin, stop
    return Relation(kind=kind, name=text[start:end].strip(), evidence=(quote_of(article, text, start, end),))


_HELPED = re.compile(
    r"(?P<names>[^.;:\n]{2,120}?) (?:also )?contributed (?:to|reporting)|"
    r"(?i:\b(?:with|additional|further) (?:additional )?reporting (?:by|from) )(?P<names2>[^.;:\n]{2,120})"
)
_LINKED = re.compile(
    r"\W{0,3}(?i:(?:article |story |news |original )?(?:sources?|article|via)):?\s?(?:https?://)?(?:www\.)?"
    r"(?P<name>[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,20}){1,3})(?=[/\s]|$)"
)
_OWNED = re.compile(rf"(?:©|\([cC]\)|[Cc]opyright)[ ©]{{0,3}}(?:(?:19|20)\d\d,? )?(?:by )?(?P<name>{NAME})")


def _owned(article: str, text: str, segment: Segment, names: Mapping[str, str]) -> Iterable[Relation]:
    """An agency's copyright line: the text is the agency's, whoever prints it."""
    for start, end in _rows(text, segment):
        match = _OWNED.search(text, start, end)
        if match:
            name = re.sub(r"\.? (?:All|Inc|Ltd|LLC)\b.*$", "", match["name"]).rstrip(".,")
            if agency_of(name, names):
                first = match.start("name")
                yield _named("republished_from", article, text, first, first + len(name), (start, end))


def _helped(article: str, text: str, start: int, end: int, names: Mapping[str, str], papers: Papers) -> Iterable[Relation]:
    """Agencies and papers among those who contributed; persons are nobody's copy."""
    match = _HELPED.search(text, start, end)
    group = match and ("names" if match["names"] else "names2")
    if match and group:
        for first, last in _parts(text, *match.span(group)):
            words = text[first:last].strip().removeprefix("the ")
            if agency_of(words, names) or media.is_named(words, papers):
                yield _named("derived_from", article, text, first, last, (start, end))


def _signs(words: str, names: Mapping[str, str], papers: Papers) -> bool:
    return agency_of(words, names) is not None or media.is_wire(words.strip("()[] "), papers)


def _line(article: str, text: str, segment: Segment, names: Mapping[str, str], papers: Papers) -> Iterable[Relation]:
    for start, end in _rows(text, segment):
        words = text[start:end]
        plain = list(_by_names(article, text, start, end, names, papers))
        if plain:
            yield from plain
            continue
        made = False
        for kind, pattern in _OF_LINE:
            match = pattern.search(words)
            if match:
                stop = start + len(_EDITED.split(words, maxsplit=1)[0]) if kind == "derived_from" else end
                for part in _NAMES.finditer(text, start + match.start("name"), stop) if kind == "derived_from" else (match,):
                    first, last = part.span() if part is not match else (start + match.start("name"), start + match.end("name"))
                    if not _nameless(text[first:last]):
                        yield _named(kind, article, text, first, last, (start, end))
                made = True
                break
        if not made:
            found = list(_agencies_in(article, text, start, end, names))
            yield from found
            if not found and "gencies" not in words and _MEDIUM_LINE.fullmatch(words.strip(" ()[]–—-…")):
                yield _named("republished_from", article, text, start, end, (start, end))


def _by_names(article: str, text: str, start: int, end: int, names: Mapping[str, str], papers: Papers) -> Iterable[Relation]:
    """What a line says by the names in it alone: who contributed, agencies side by side, one agency, a site's address."""
    helped = list(_helped(article, text, start, end, names, papers))
    if helped:
        return helped
    several = list(_parts(text, start, end))
    signed = [part for part in several if _signs(text[slice(*part)], names, papers)]
    if len(several) > 1 and signed and (len(signed) == len(several) or "/" in text[start:end]):
        return [_named("republished_from", article, text, first, last, (start, end)) for first, last in signed]
    if agency_of(text[start:end], names):
        words = text[start:end]
        lead = len(words) - len(words.lstrip(" ()[]–—-|.…"))
        return [_named("republished_from", article, text, start + lead, end, (start, end))]
    linked = _LINKED.match(text, start, end)
    if linked:
        return [_named("derived_from", article, text, linked.start("name"), linked.end("name"), (start, end))]
    return []


_EDITED = re.compile(r"(?i)[,;|.]?\s(?:edit(?:ed|ing|or)|translat(?:ed|ing|ion|or)|adapt(?:ed|ing)|post(?:ed|ing))\b")
_NAMELESS = frozenset({
    "agencies", "agency", "news", "wire", "wires", "services", "service", "staff", "web", "website", "team", "desk",
    "reports", "report", "media", "press", "own", "correspondent", "correspondents", "reporter", "reporters", "various",
    "sources", "source", "internet", "online", "and", "the", "our",
})  # fmt: skip


def _nameless(words: str) -> bool:
    """Agencies, but which? "News Agencies", "Website Team"."""
    return all(part in _NAMELESS for part in re.findall(r"[^\W\d_]+", words.lower()))


def _rows(text: str, segment: Segment) -> Iterable[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text[segment.start : segment.end]):
        if match[0].strip():
            yield segment.start + match.start(), segment.start + match.end()


def _agencies_in(article: str, text: str, start: int, end: int, names: Mapping[str, str]) -> Iterable[Relation]:
    for match in re.finditer(rf"{NAME}|\b[A-Z]{{2,5}}\b", text[start:end]):
        if agency_of(match[0], names):
            yield _named("republished_from", article, text, start + match.start(), start + match.end(), (start, end))


def _named(kind: RelationKind, article: str, text: str, start: int, end: int, around: tuple[int, int]) -> Relation:
    """A relation whose evidence is the whole line, and whose name is the words at `[start, end)`."""
    name = one_sentence(text[start:end].strip()).rstrip(").,;:|]–— -").lstrip("([–— -").strip()
    name = re.sub(r"(?<=\w)['’]s$", "", name).removeprefix("the ")
    begin, stop = around
    begin += len(text[begin:stop]) - len(text[begin:stop].lstrip())
    return Relation(kind=kind, name=name, evidence=(quote_of(article, text, begin, begin + len(text[begin:stop].rstrip())),))


def _credited(article: str, text: str, segment: Segment, names: Mapping[str, str], papers: Papers) -> Iterable[Relation]:
    helped = list(_helped(article, text, segment.start, segment.end, names, papers))
    if helped:
        yield from helped
        return
    words = re.sub(r"^\W*(?:[Bb]y|BY)\b:?\s*", "", text[segment.start : segment.end])
    at = segment.end - len(words)
    for start, end in _parts(text, at, segment.end):
        slashed = text[:start].rstrip()[-1:] == "/" and media.is_wire(text[start:end].strip(), papers)
        if slashed or agency_of(text[start:end], names):
            yield _named("republished_from", article, text, start, end, (segment.start, segment.end))
    before = next((dated.start for dated in dates(text[segment.start : segment.end], segment.start)), segment.start)
    if segment.kind == "date_line" and agency_of(text[segment.start : before], names):
        yield _named("republished_from", article, text, segment.start, before, (segment.start, segment.end))
    supplied = _FOR.search(text, segment.start, segment.end)
    if supplied and (agency_of(supplied["name"], names) or _MEDIUM.search(supplied["name"])):
        yield _named(
            "republished_from", article, text, supplied.start("name"), supplied.end("name"), (segment.start, segment.end)
        )
    for match in re.finditer(r"\(([^()\n]{2,40})\)", text[segment.start : segment.end]):
        if agency_of(match[1], names):
            yield _named(
                "republished_from",
                article,
                text,
                segment.start + match.start(1),
                segment.start + match.end(1),
                (segment.start, segment.end),
            )


def _body(article: str, text: str, segment: Segment, names: Mapping[str, str]) -> Iterable[Relation]:
    words = text[segment.start : segment.end]
    for match in _REPORT.finditer(words):
        name = match["name"]
        if (
            agency_of(_cut(name), names)
            or _MEDIUM.search(name)
            or "-based" in match[0]
            or _BEFORE_MEDIUM.search(words[: match.start("name")][-40:])
        ):
            yield _sited("derived_from", article, text, segment.start, match)
    for pattern in (_TOLD, _SPEAKING):
        for match in pattern.finditer(words):
            name = match["name"]
            before, after = (
                words[max(0, match.start("name") - 40) : match.start("name")],
                words[match.end("name") : match.end("name") + 40],
            )
            aired = bool(_AIRED.match(match[0]))
            if (
                aired
                or agency_of(_cut(name), names)
                or _MEDIUM.search(name)
                or _BEFORE_MEDIUM.search(before)
                or _AFTER_MEDIUM.match(after)
            ):
                yield _sited("cites", article, text, segment.start, match)


def _cut(name: str) -> str:
    return re.sub(r"['’]s\b.*$", "", name).removeprefix("the ").removeprefix("The ").rstrip(".,")


def _sited(kind: RelationKind, article: str, text: str, offset: int, match: re.Match[str]) -> Relation:
    printed = one_sentence(match["name"]).rstrip(".,")
    name = re.sub(r"['’]s$", "", printed).removeprefix("the ")
    end = offset + match.start("name") + len(printed)
    return Relation(kind=kind, name=name, evidence=(quote_of(article, text, offset + match.start(), end),))


_PHOTO = re.compile(
    rf"(?i:\b(?:photos?|images?|pictures?|photograph(?:er|s)?|credits?|video|illustration)(?: "
    rf"credits?| courtesy(?: of)?| by| from| via| source)?\s?[:/|©-]? ?(?:by |of )?)(?P<name>{NAME})|"
    rf"\bby (?P<name2>{NAME})(?=,|,? (?:is )?licensed|\s*$)|\(?(?P<name3>{NAME})/(?:Getty|AFP|AP|"
    rf"Reuters|Shutterstock|EPA)"
)


def _photo(article: str, text: str, segment: Segment) -> Iterable[Relation]:
    for start, end in _rows(text, segment):
        match = None
        for found in _PHOTO.finditer(text[start:end]):
            match = found if match is None or found["name2"] else match
        if match:
            group = "name" if match["name"] else "name2" if match["name2"] else "name3"
            first, last = start + match.start(group), start + match.end(group)
            agency = re.match(rf" / (?P<name>{NAME})", text[last:end])  # "Ann Lee / Norvik Pictures": the picture's house
            if agency:
                first, last = last + agency.start("name"), last + agency.end("name")
            yield _named("photo_credit", article, text, first, last, (start, end))


def _distinct(found: Iterable[Relation], names: Mapping[str, str]) -> tuple[Relation, ...]:
    """One relation a name and kind; its evidence is everything that says so. A name is kept as printed first."""
    kept: dict[tuple[str, str], tuple[Relation, dict[Quote, None]]] = {}
    for relation in found:
        key = (relation.kind, (agency_of(relation.name, names) or relation.name).lower())
        _, quotes = kept.setdefault(key, (relation, {}))
        quotes.update(dict.fromkeys(relation.evidence))
    return tuple(Relation(kind=one.kind, name=one.name, evidence=tuple(quotes)) for one, quotes in kept.values())
