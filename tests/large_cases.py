"""Many invented readings with all the records a right reading gives, for the cost of what comes after: stories of a few
articles each, some of them copies, with statements, tolls and days. Nothing here is random twice: one seed, one text."""

import random
from collections.abc import Iterator

from invented import Draft, copied
from secondsource.model import Reading

STORY = 12  # articles a story
WORDS = 600
SYLLABLES = ("ba", "cor", "dun", "el", "far", "gos", "hal", "im", "jor", "kel", "lin", "mor", "nas", "ost", "par", "quen")


def readings(many: int) -> Iterator[Reading]:
    for number in range(0, many, STORY):
        yield from (draft.reading() for draft in story(number, min(STORY, many - number)))


def story(number: int, many: int) -> list[Draft]:
    chance = random.Random(number)
    words = [word(chance) for _ in range(400)]
    speaker = f"{word(chance).title()} {word(chance).title()}"
    drafts: list[Draft] = []
    for place in range(many):
        day = f"2031-{1 + number // STORY % 12:02}-{1 + place % 27:02}"
        if place and not chance.randrange(4):
            drafts.append(copied(drafts[0], f"{number}-{place}.txt", f"Outlet {chance.randrange(80)}"))
            continue
        draft = Draft(f"{number}-{place}.txt", f"Outlet {chance.randrange(80)}" if place % 5 else None, day)
        for _ in range(WORDS // 15 - 3):
            draft.tell(" ".join(["The", *chance.choices(words, k=13)]) + ".")
        draft.say(speaker, " ".join(chance.choices(words[:60], k=14)))
        draft.toll(40 + number % 100 + place)
        draft.began(f"2031-03-{1 + number % 25:02}")
        drafts.append(draft)
    return drafts


def word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3))
