"""News that nobody wrote: sentences drawn from frames and invented names, no sentence twice; a seed, a corpus.

For time and memory alone: what is right or wrong is measured on real texts.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path

SYLLABLES = ("ba", "cor", "dun", "el", "far", "gos", "hal", "im", "jor", "kel", "lin", "mor", "nas", "ost", "par", "quen", "ru",
             "sel", "tor", "ul", "ves", "wen", "yar", "zor")  # fmt: skip
SAID = ("said", "told reporters", "announced", "wrote in a statement", "insisted", "admitted", "warned")
OFFICES = ("Foreign Minister", "Defence Minister", "Prime Minister", "President", "General", "spokeswoman", "Governor")
THINGS = ("soldiers", "civilians", "fighters", "villagers", "prisoners", "drivers", "engineers", "farmers")
DEEDS = ("killed", "wounded", "captured", "released", "displaced", "evacuated")
PLACES = ("port", "bridge", "airfield", "market", "border post", "dam", "railway yard", "hospital")
FILLS = ("after the", "as rain fell on the", "despite a", "beside the", "for the sake of", "hours before the", "under the")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class World:
    """One story's people and places."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.people = [f"{self.word()} {self.word()}" for _ in range(6)]
        self.towns = [self.word() for _ in range(8)]
        self.states = [self.word() + "ia" for _ in range(3)]
        # Words of its own, so that one story's reports are more alike than two stories'.
        self.own = [self.word().lower() + self.word().lower() for _ in range(60)]

    def word(self) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=self.chance.randint(3, 4))).title()

    def sentence(self) -> str:
        """One sentence; names and numbers make it another than any before."""
        pick, chance = self.chance.choice, self.chance
        person, town, state = pick(self.people), pick(self.towns), pick(self.states)
        detail = f"the {pick(self.own)} {pick(PLACES)} of {self.word()}"
        number, fill, own = chance.randint(2, 4000), f"{pick(FILLS)} {' '.join(chance.choices(self.own, k=6))}", pick(self.own)
        frames = (
            f"{state}'s {pick(OFFICES)} {person} {pick(SAID)} on {pick(DAYS)} that {number} {pick(THINGS)} had been "
            f"{pick(DEEDS)} near {detail} {fill}.",
            f"“We will not leave {town} until {self.word()} gives back the {own} and {detail},” {person} {pick(SAID)} {fill}.",
            f"At least {number} {pick(THINGS)} were {pick(DEEDS)} when {own} shells hit {detail}, officials in {town} said.",
            f"The {own} road from {town} to {self.word()} passes {detail}, where {own} {pick(THINGS)} waited {fill}.",
            f"{state} demanded that {self.word()} withdraw its {own} troops from {detail}, and {person} rejected this {fill}.",
            f"{person}, who has led {state} since {chance.randint(1990, 2029)}, visited {detail} with {number} {own} men.",
            f"The {own} markets of {town} reopened {fill}, but {pick(self.own)} traders said that {detail} was still closed.",
            f"If {self.word()} attacks {detail} or its {own} again, {state} will answer, {person} {pick(SAID)}.",
            f"It was not clear {fill} who had first fired {own} rockets at {detail}, and {state} did not take the blame.",
        )
        return pick(frames)

    def article(self, sentences: int = 14) -> str:
        paragraphs, rest = [], sentences
        while rest > 0:
            many = min(rest, self.chance.randint(1, 3))
            paragraphs.append(" ".join(self.sentence() for _ in range(many)))
            rest -= many
        return "\n\n".join(paragraphs)


def articles(many: int, copies: float = 0.0, story: int = 12, seed: int = 1) -> Iterator[dict[str, str]]:
    """Documents as `annotate` takes them; of every hundred `copies` hundred are an earlier one of the same story with a
    sentence cut and one added."""
    chance = random.Random(seed)
    held: list[str] = []
    world = World(chance)
    for number in range(many):
        if number % story == 0:
            world, held = World(chance), []
        if held and chance.random() < copies * story / (story - 1):
            paragraphs = chance.choice(held).split("\n\n")
            del paragraphs[chance.randrange(len(paragraphs))]
            text = "\n\n".join([*paragraphs, world.sentence()])
        else:
            text = world.article(chance.randint(10, 18))
            held.append(text)
        day = f"20{30 + number // 9000 % 60}-{1 + number // 300 % 12:02}-{1 + number // 12 % 27:02}"
        yield {"id": f"n{number:07}", "text": text, "published": day, "outlet": f"Outlet {chance.randrange(300)}"}


def written(path: Path, many: int, copies: float, seed: int = 1, start: int = 0) -> Path:
    """The documents from number `start` on as JSONL."""
    with path.open("w", encoding="utf-8") as file:
        for number, document in enumerate(articles(many, copies, seed=seed)):
            if number >= start:
                file.write(json.dumps(document) + "\n")
    return path
