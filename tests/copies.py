"""Articles -> copies of them, made by a seeded generator: light, medium and heavy, for the benchmark and the property tests.

light: seven sentences in ten kept, in order, with a notice of its own. medium: six in ten, one word in twelve dropped, with a
notice. heavy: a third of the wire's sentences, in one run, inside another story's text.
"""

import random
import re

from secondsource.model import Article, Segment

SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*[\"”']?\s*")
NOTICE = "\n\nThis page is kept by readers like you. All times are local. Write to the desk with corrections."


def article(name: str, text: str, **papers: object) -> Article:
    import hashlib

    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(name=name, sha256=digest, text=text, segments=(Segment(kind="body", start=0, end=len(text)),), **papers)  # type: ignore[arg-type]


def sentences(text: str) -> list[str]:
    return [s for s in SENTENCE.findall(text) if s.strip()]


def light(text: str, chance: random.Random) -> str:
    kept = [s for s in sentences(text) if chance.random() < 0.7]
    return "".join(kept or sentences(text)) + NOTICE


def medium(text: str, chance: random.Random) -> str:
    kept = [s for s in sentences(text) if chance.random() < 0.6] or sentences(text)
    return "".join(" ".join(w for w in s.split() if chance.random() >= 1 / 12) + " " for s in kept) + NOTICE


def heavy(text: str, other: str, chance: random.Random) -> str:
    wire, host = sentences(text), sentences(other)
    many = max(3, len(wire) // 3)
    first = chance.randrange(max(1, len(wire) - many + 1))
    place = chance.randrange(len(host) + 1)
    return "".join([*host[:place], " ", *wire[first : first + many], " ", *host[place:]])
