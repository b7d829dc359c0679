"""seed -> short invented reports, each of its own page: for tests and benchmarks of the case, which need many"""

import random

from secondsource.model import Hint, Member

PLACES = ("Brenmoor", "Calder Ferry", "Ostwick", "Tarnley", "Velm", "Harrow Sluice", "Quillan", "Sedgeport")
PEOPLE = ("Mira Tolland", "Oskar Brandt", "Lena Farrow", "Idris Vale", "Petra Noll", "Jonas Reck")
BODIES = ("the harbour board", "the water office", "the ferry union", "the district council")
SAID = (
    "the sluice will stay shut until the pumps are mended",
    "no one had asked the union before the timetable was cut",
    "talks on the crossing would begin on Monday",
    "the council refuses to pay for the second bridge",
    "the ferries will run again if the board withdraws its order",
)
DEEDS = ("killed", "wounded", "displaced")


def report(number: int, seed: int = 0, words: str = "") -> Member:
    """One report of two or three sentences, with an address, an outlet and a day in its papers."""
    chance = random.Random(f"{seed} {number}")
    place, who, body, said = (chance.choice(among) for among in (PLACES, PEOPLE, BODIES, SAID))
    day = 1 + number % 28
    text = (
        f"{place} waits for {body}, day {number}\n\n{who} of {body} said that {said}. "
        f"At least {2 + chance.randrange(40)} people were {chance.choice(DEEDS)} near {place} on {day} May 2031. {words}\n"
    )
    outlet = f"{chance.choice(PLACES)} Post"
    hints = (
        Hint(where="manifest", name="url", value=f"https://post.example/{seed}/{number}"),
        Hint(where="manifest", name="outlet", value=outlet),
        Hint(where="manifest", name="published", value=f"2031-05-{day:02d}"),
    )
    name = f"https://post.example/{seed}/{number}"
    return Member(name=name, payload=text.encode(), media="text/plain", layer="manifest-text", hints=hints, encoding="utf-8")


def reports(many: int, seed: int = 0) -> list[Member]:
    return [report(number, seed) for number in range(many)]
