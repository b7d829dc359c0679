"""Readings made by hand from invented sentences: right input for the stages that come after reading."""

import hashlib
from collections.abc import Sequence

from secondsource.model import (
    Article,
    Attribution,
    Claim,
    Cue,
    Figure,
    Mention,
    Reading,
    Relation,
    Segment,
    Speaker,
    TextField,
    When,
    WhenField,
)

SPEAKERS = ("Orla Venn", "Tam Besker", "Ruo Hald")
PLACES = ("Lisk", "Corran", "Olme")
TAILS = (
    "the bridge would stay open to every family that wants to leave the valley before the winter sets in",
    "no gun had been moved across the river since the spring and none would be moved while the talks went on",
    "the council had read the letter twice and found nothing in it that could not have been said a year ago",
)


def day(iso: str) -> When:
    return When(earliest=iso, latest=iso, precision="day", text=iso)


class Draft:
    """A report that grows by whole sentences, each with the records that a right reading gives it."""

    def __init__(self, name: str, outlet: str | None, published: str | None, credit: str | None = None) -> None:
        self.name, self.outlet, self.published, self.credit = name, outlet, published, credit
        self.text = ""
        self.makers: list[tuple[str, int, tuple[str, ...]]] = []

    def say(self, speaker: str, content: str) -> "Draft":
        self.makers.append(("say", len(self.text), (speaker, content)))
        self.text += f"{speaker} said that {content}. "
        return self

    def toll(self, low: int, counter: str | None = None) -> "Draft":
        self.makers.append(("toll", len(self.text), (str(low), counter or "")))
        self.text += f"So far {low} people have been killed. "
        return self

    def began(self, iso: str) -> "Draft":
        self.makers.append(("began", len(self.text), (iso,)))
        self.text += f"The fighting began on {iso}. "
        return self

    def tell(self, sentence: str) -> "Draft":
        self.text += f"{sentence} "
        return self

    def reading(self) -> Reading:
        text = self.text.strip() or "Nothing."
        digest = hashlib.sha256(text.encode()).hexdigest()
        bare = Article(name=self.name, sha256=digest, text=text)
        relations: tuple[Relation, ...] = ()
        if self.credit:
            relations = (Relation(kind="republished_from", name=self.credit, evidence=(bare.quote(0, 4),)),)
        article = Article(
            name=self.name,
            sha256=digest,
            text=text,
            language="en",
            outlet=TextField(value=self.outlet, basis="stated" if self.outlet else "absent"),
            published=WhenField(value=day(self.published), basis="stated") if self.published else WhenField(),
            relations=relations,
            segments=(Segment(kind="body", start=0, end=len(text)),),
        )
        mentions: list[Mention] = []
        said: list[Attribution] = []
        figures: list[Figure] = []
        claims: list[Claim] = []
        for kind, start, values in self.makers:
            if kind == "say":
                speaker, content = values
                quote = article.quote(start, start + len(speaker))
                mentions.append(Mention(article=article.id, quote=quote, kind="person", name=speaker))
                begin = start + len(speaker) + len(" said that ")
                said.append(
                    Attribution(
                        article=article.id,
                        mode="indirect",
                        speakers=(Speaker(mention=mentions[-1].id, evidence=quote),),
                        cue=Cue(kind="say", evidence=article.quote(begin - 10, begin - 6)),
                        content=(article.quote(begin, begin + len(content)),),
                        said=day(self.published) if self.published else None,
                    )
                )
            elif kind == "toll":
                low, counter = int(values[0]), values[1] or None
                figures.append(
                    Figure(
                        article=article.id,
                        counted="killed",
                        whose=None,
                        counter=counter,
                        low=low,
                        high=low,
                        bound="exact",
                        scope="cumulative",
                        evidence=(article.quote(start + 7, start + 7 + len(values[0])),),
                    )
                )
            else:
                end = article.text.index(".", start)
                claims.append(
                    Claim(article=article.id, act="start", when=day(values[0]), evidence=(article.quote(start, end),))
                )
        return Reading(
            article=article, mentions=tuple(mentions), attributions=tuple(said), figures=tuple(figures), claims=tuple(claims)
        )


def copied(draft: Draft, name: str, outlet: str | None, credit: str | None = None) -> Draft:
    """The same report word for word on another page."""
    copy = Draft(name, outlet, draft.published, credit)
    copy.text, copy.makers = draft.text, list(draft.makers)
    return copy


def story(seed: Sequence[int]) -> list[Draft]:
    """A few reports, made from numbers: who speaks, what they say, tolls and days."""
    drafts: list[Draft] = []
    for place, number in enumerate(seed):
        outlet = f"Outlet {place}" if number % 5 else None
        draft = Draft(f"report-{place}.txt", outlet, f"2031-03-{3 + number % 9:02}" if number % 7 else None)
        draft.tell(
            f"Reporter {place} walked through {PLACES[number % 3]} and wrote down what {number} people there remembered of it."
        )
        draft.say(SPEAKERS[number % 3], TAILS[number // 3 % 3])
        if number % 2:
            draft.toll(40 + number)
        if number % 3:
            draft.began(f"2031-03-0{1 + number % 2}")
        drafts.append(draft)
    return drafts
