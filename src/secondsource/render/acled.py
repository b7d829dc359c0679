"""dossier -> a CSV of incidents with columns like ACLED's, and a note that it is not ACLED data"""

from collections.abc import Iterable, Iterator

from secondsource.model import Claim, Dossier, Figure, When
from secondsource.render.foreign import Foreign, counted_again, happenings, precision, untold, words_of
from secondsource.render.lookup import Lookup
from secondsource.render.phrases import plain
from secondsource.render.tables import Cell, csv_file

DEAD = frozenset({"killed", "dead", "deaths", "fatalities", "casualties"})
README = """This is not ACLED data, and ACLED has nothing to do with it.

acled_like.csv has columns that are named like ACLED's, so that tools for such tables can open it. A row is one incident as
news reports tell it, found by a program and coded by nobody. The act is the program's own word (docs/vocabulary.md), not an
ACLED event type. The order of actor1 and actor2 says who did it to whom, as the first report tells it; in ACLED it does not.
Do not mix these rows with ACLED's.

event_id          the incident
event_date        its first day, empty: not known
event_date_end    its last day
year              of the first day
time_precision    1: the day is known; 2: within a week; 3: less exactly; empty: not known
act               what happened
actor1            who is said to have done it; several: joined by ;
assoc_actor_1     whom they are proposed to speak for or to be part of
actor2            to whom it was done
assoc_actor_2     the same for them
location          the place as named; no coordinates are guessed
source            outlets, joined by ;
notes             exact words, stretches joined by […]
figure_min        least number of dead that a report gives
figure_max        most, empty: none is given, or open
n_articles        articles that tell of it
n_origins_low     independent origins at least
n_origins_high    and at most
"""
COLUMNS = (
    "event_id", "event_date", "event_date_end", "year", "time_precision", "act", "actor1", "assoc_actor_1", "actor2",
    "assoc_actor_2", "location", "source", "notes", "figure_min", "figure_max", "n_articles", "n_origins_low", "n_origins_high",
)  # fmt: skip
LOST = (
    "columns of ACLED that need a person's coding: event_type, sub_event_type, disorder_type, interaction, civilian_targeting",
    "latitude, longitude, geo_precision, admin1 to admin3, iso, region: places stand as they are named",
    "source_scale: the reports do not say it",
    "statements, positions, pledges, the timeline, questions and verdicts, decisions and problems",
    "which report gives which figure, and its bound",
    "offsets of words",
)


def events(dossier: Dossier) -> Foreign:
    """acled_like.csv and README.txt."""
    look = Lookup(dossier)
    incidents = {i.id: i for i in dossier.incidents}
    rows = [_row(look, name, incidents[name].act, incidents[name].place, incidents[name].when, deeds, figures)
            for name, deeds, figures in happenings(look)]  # fmt: skip
    rows.sort(key=lambda row: (str(row[1] or "9999"), str(row[0])))
    undated = sum(row[1] is None for row in rows)
    dayless = counted_again(undated, "incident", "incidents", "without a day: event_date is empty")
    files = {"acled_like.csv": csv_file(COLUMNS, iter(rows)), "README.txt": README.encode()}
    return Foreign(files=files, lost=(*LOST, *dayless, *untold(dossier, look)), rows=len(rows))


def _row(
    look: Lookup, name: str, act: str, place: str | None, when: When | None, deeds: list[Claim], figures: list[Figure]
) -> tuple[Cell, ...]:
    quotes = words_of(deeds, figures)
    articles = sorted({q.article for q in quotes})
    low, high = look.origins_of(articles)
    doers = [a for c in deeds for m in (c.actor, *c.co_actors) if m and (a := look.actor_of.get(m))]
    targets = [a for c in deeds if c.target and (a := look.actor_of.get(c.target))]
    first = (when.earliest or when.latest or "")[:10] if when else ""
    last = (when.latest or when.earliest or "")[:10] if when else ""
    dead = [f for f in figures if f.counted.casefold() in DEAD]
    most = [f.high for f in dead]
    return (
        name, first or None, last or None, int(first[:4]) if first else None, precision(when), plain(act),
        _names(look, doers), _sides(look, doers), _names(look, targets), _sides(look, targets), look.actor_name(place),
        "; ".join(dict.fromkeys(look.label(a) for a in articles)), " […] ".join(q.exact for q in quotes),
        min((f.low for f in dead), default=None), None if not most or None in most else max(m for m in most if m is not None),
        len(articles), low, high,
    )  # fmt: skip


def _names(look: Lookup, actors: Iterable[str]) -> str:
    return "; ".join(_known(look.actor_name(a) for a in actors))


def _sides(look: Lookup, actors: Iterable[str]) -> str:
    return "; ".join(_known(side.name if (side := look.side(a)) else None for a in actors))


def _known(names: Iterable[str | None]) -> Iterator[str]:
    yield from dict.fromkeys(name for name in names if name)
