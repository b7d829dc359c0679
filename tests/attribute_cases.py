"""The cases of tests/cases/attribute: read, run, compared. For the test (floors) and the benchmark (failures)."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from secondsource.attribute.mentions import Discourse
from secondsource.attribute.names import Gazetteer
from secondsource.attribute.parse import Parser
from secondsource.attribute.speech import attributions
from secondsource.attribute.times import times
from secondsource.attribute.timewords import Calendar
from secondsource.data import table
from secondsource.language import load
from secondsource.model import Article, Attribution, Mention, Segment, Span, When, WhenField
from secondsource.segment.marks import paragraphs, quotations
from secondsource.segment.sentences import sentences

HERE = Path(__file__).parent / "cases" / "attribute"
WORD = re.compile(r"\w+")
ALWAYS = ("relay", "parent", "said")  # a value where none is expected is wrong for these keys
KEYS = ("mode", "kind", "relay", "venue", "addressee", "hedge", "said", "wording", "parent", "is", "question")


MANNERS = ("named", "titled", "pronoun", "metonym", "described")
GAZETTEER = Gazetteer(table("names"))
INVENTED = frozenset({"haldren", "sorrel", "mirov", "palace", "chancellery"})  # capitals and palaces of the cases
PRONOUNS = frozenset(
    ["he", "she", "it", "they", "him", "her", "them", "we", "i", "who", "which", "that", "his", "its", "their", "one"]
)


def manner(words: str) -> str:
    """How a speaker is printed: a name, a name with a title, a pronoun, a capital or palace for its rulers, a description."""
    low = [w.lower().removesuffix("'s").removesuffix("’s") for w in words.replace(",", " ").split()]
    if not low or low[0] in PRONOUNS:
        return "pronoun"
    whole = " ".join(low).removeprefix("the ")
    if whole in GAZETTEER.metonyms or whole in GAZETTEER.capitals or whole in INVENTED:
        return "metonym"
    names = [w for w in words.split() if w[:1].isupper() and w.lower() not in {"the", "a", "an", "both"}]
    titled = any(w in GAZETTEER.titles or w in GAZETTEER.offices for w in low)
    if len(names) > len([w for w in low if w in GAZETTEER.titles]) if titled else names and len(names) >= len(low) - 1:
        return "titled" if titled else "named"
    return "described"


@dataclass
class Expected:
    speakers: list[str]
    cue: str
    content: list[str]
    keys: dict[str, str]


@dataclass
class Case:
    file: str
    text: str
    settings: dict[str, str]
    expected: list[Expected]


@dataclass
class Tally:
    """Counts over all cases, and the failures in words."""

    expected: int = 0
    found: int = 0
    printed: int = 0
    keys: dict[str, Counter[str]] = field(default_factory=lambda: {k: Counter() for k in KEYS})
    manners: dict[str, Counter[str]] = field(default_factory=lambda: {m: Counter() for m in MANNERS})
    failures: list[str] = field(default_factory=list)

    def key(self, name: str) -> tuple[float, float, float]:
        """Precision, recall and F1 of one key."""
        c = self.keys[name]
        p = c["right"] / c["given"] if c["given"] else 0.0
        r = c["right"] / c["wanted"] if c["wanted"] else 0.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


def cases(folder: Path = HERE) -> Iterator[Case]:
    """The cases of every file."""
    for path in sorted(folder.glob("*.txt")):
        lines: list[str] = []
        for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
            if line.startswith("#"):
                continue
            if line.strip():
                lines.append(line)
            elif lines:
                yield case(path.name, lines)
                lines = []


def case(name: str, lines: list[str]) -> Case:
    settings = dict(line[1:].split(" ", 1) for line in lines if line.startswith("@"))
    text = " ".join(line for line in lines if not line.startswith(("@", "=>"))).replace("\\n", "\n")
    wanted = [line[2:].strip() for line in lines if line.startswith("=>")]
    return Case(name, text, settings, [expectation(w) for w in wanted if w != "none"])


def expectation(line: str) -> Expected:
    parts = [p.strip() for p in line.split(" | ")]
    keys = dict(k.strip().split("=", 1) for k in (parts[3].split(";") if len(parts) > 3 else []) if "=" in k)
    none = [] if parts[0] == "-" else [p.strip() for p in parts[0].split(" & ")]
    content = [] if parts[2] == "-" else [p.strip() for p in parts[2].split(" // ")]
    return Expected(none, "" if parts[1] == "-" else parts[1], content, keys)


@cache
def parser() -> Parser:
    return Parser(load())


def read(item: Case) -> tuple[Article, tuple[Attribution, ...], dict[str, Mention]]:
    """The attributions of a case's passage. A first line without a full stop above others is a title."""
    lines = list(paragraphs(item.text))
    head = item.text[lines[0].start : lines[0].end]
    titled = (
        len(lines) > 1 and head[-1] not in '.!?:”"' and not re.match(r"(?:[A-Z]\w*|[A-Z]) ?(?:[A-Z]\w* ?)?(?:―|:) [A-Z]", head)
    ) or (len(lines) > 1 and re.match(r"\w+: [“\"]", head) is not None)
    segments = [Segment(kind="title" if titled and n == 0 else "body", start=p.start, end=p.end) for n, p in enumerate(lines)]
    day = item.settings.get("published")
    published = WhenField(value=When(earliest=day, latest=day, precision="day"), basis="stated") if day else WhenField()
    digest = hashlib.sha256(item.text.encode()).hexdigest()
    article = Article(name="case", sha256=digest, text=item.text, segments=tuple(segments), published=published, language="en")
    split = parser()(item.text, sentences(article))
    marks = quotations(item.text, [Span(s.start, s.end) for s in article.segments])
    discourse = Discourse(article, split, table("names"), marks)
    found = attributions(article, split, marks, discourse, times(article, split, Calendar(table("times"))), table("cues"))
    return article, found, {m.id: m for m in discourse.mentions()}


def words(*texts: str) -> Counter[str]:
    """Bag of words; "..." within a text is not cut here. A leading "that" does not count."""
    out: Counter[str] = Counter()
    for text in texts:
        found = WORD.findall(text.lower())
        out.update(found[1:] if found[:1] == ["that"] else found)
    return out


def alike(a: Counter[str], b: Counter[str]) -> float:
    union = sum((a | b).values())
    return sum((a & b).values()) / union if union else 1.0


def fits(want: Expected, got: Attribution, mentions: dict[str, Mention]) -> float:
    """How well an attribution fits: 0 unless cue words meet and half of the content is shared."""
    cue = words(got.cue.evidence.exact) if got.cue.evidence else Counter[str]()
    asked = words(want.cue)
    if (bool(asked) != bool(cue) and want.cue not in {"", ":"}) or (asked and not asked & cue):
        return 0.0
    expanded = [full(part, got) for part in want.content]
    if not expanded and got.cue.kind == "silence":
        return 1.0  # a silence has the words of the refusal as its content; the cases do not repeat them
    shared = alike(words(*expanded), words(*(q.exact for q in got.content)))
    return 0.0 if shared < 0.5 else shared + bool(speaker_right(want, got, mentions)) * 0.1


def full(part: str, got: Attribution) -> str:
    """A content cut with " ... " stands for all that is between."""
    if " ... " not in part:
        return part
    head, tail = part.split(" ... ", 1)
    return next((q.exact for q in got.content if q.exact.find(head) >= 0 and q.exact.find(tail) >= 0), part)


def speaker_right(want: Expected, got: Attribution, mentions: dict[str, Mention]) -> bool:
    """Whether the speakers' words meet the wanted ones; "who" and "they" count as what they stand for."""
    said = [words(s.evidence.exact, *names(s.mention, mentions)) for s in got.speakers if s.evidence]
    if not want.speakers:
        return not said
    return bool(said) and all(any(words(w) & s for s in said) for w in want.speakers)


def names(mention: str | None, mentions: dict[str, Mention]) -> list[str]:
    """The name of a mention and the words of its antecedent."""
    held = mentions.get(mention or "")
    if held is None:
        return []
    before = mentions.get(held.antecedent or "")
    return [held.name or "", before.quote.exact if before else ""]


def value(key: str, got: Attribution, numbers: dict[str, int], mentions: dict[str, Mention]) -> str:
    """What an attribution says for a key, in the cases' spelling."""
    plain = {
        "mode": got.mode,
        "kind": got.cue.kind,
        "wording": got.wording,
        "venue": got.venue.exact if got.venue else "",
        "addressee": got.addressee.exact if got.addressee else "",
        "hedge": got.hedge.exact if got.hedge else "",
        "question": got.question.exact if got.question else "",
        "relay": " ".join(f"{r.kind}:{r.name}" for r in got.relays),
        "is": " ".join(n for s in got.speakers for n in names(s.mention, mentions)),
    }
    if key == "said":
        return "" if got.said is None else f"{got.said.earliest}..{got.said.latest}"
    if key == "parent":
        return "" if got.parent is None else str(numbers.get(got.parent, 0))
    return plain[key]


def same(key: str, want: str, got: str, mentions: dict[str, Mention]) -> bool:
    if key == "said":
        return got == (want if ".." in want else f"{want}..{want}")
    if key in {"venue", "addressee", "question"}:
        return bool(words(want) & words(got)) and alike(words(want), words(got)) >= 0.5
    if key == "is":
        return bool(got) and words(want)[WORD.findall(want.lower())[-1]] <= words(got)[WORD.findall(want.lower())[-1]]
    if key == "relay":
        return want.lower() in got.lower()
    return want == got


def run(folder: Path = HERE) -> Tally:
    """All cases, compared."""
    tally = Tally()
    for item in cases(folder):
        _, found, mentions = read(item)
        compare(item, found, mentions, tally)
    return tally


def compare(item: Case, found: tuple[Attribution, ...], mentions: dict[str, Mention], tally: Tally) -> None:
    pairs = sorted(
        ((fits(w, g, mentions), i, j) for i, w in enumerate(item.expected) for j, g in enumerate(found)), reverse=True
    )
    match: dict[int, int] = {}
    for score, i, j in pairs:
        if score and i not in match and j not in match.values():
            match[i] = j
    numbers = {found[j].id: i + 1 for i, j in match.items()}
    tally.expected += len(item.expected)
    tally.printed += len(found)
    for i, want in enumerate(item.expected):
        got = found[match[i]] if i in match else None
        right = got is not None and speaker_right(want, got, mentions)
        tally.found += right
        if want.speakers:
            counter = tally.manners[manner(want.speakers[0])]
            counter["wanted"] += 1
            named = want.keys.get("is")
            counter["right"] += right and (
                named is None or (got is not None and same("is", named, value("is", got, numbers, mentions), mentions))
            )
        if not right:
            tally.failures.append(
                f"{item.file}: missed [{' & '.join(want.speakers)}] <{want.cue}> {{{' // '.join(want.content)}}}"
                + (f" got {show(got)}" if got else "")
            )
        check_keys(item, want, got, numbers, mentions, tally)
    for j, extra in enumerate(found):
        if j not in match.values():
            tally.failures.append(f"{item.file}: extra {show(extra)}")


def check_keys(
    item: Case, want: Expected, got: Attribution | None, numbers: dict[str, int], mentions: dict[str, Mention], tally: Tally
) -> None:
    for key in KEYS:
        wanted = want.keys.get(key)
        given = value(key, got, numbers, mentions) if got is not None else ""
        if wanted is None and not (key in ALWAYS and given):
            continue
        counter = tally.keys[key]
        counter["wanted"] += wanted is not None
        counter["given"] += bool(given)
        right = wanted is not None and same(key, wanted, given, mentions)
        counter["right"] += right
        if not right and got is not None:
            tally.failures.append(f"{item.file}: {key} of {show(got)} is {given!r}, not {wanted!r}")


def show(got: Attribution) -> str:
    who = " & ".join(s.evidence.exact for s in got.speakers if s.evidence)
    return f"[{who}] <{got.cue.evidence.exact if got.cue.evidence else ''}> {{{' // '.join(q.exact for q in got.content)}}}"
