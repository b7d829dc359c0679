"""actors as the rules made them, an analyst's rulings -> actors as he ruled: some one, some apart"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from secondsource.model import Mention, identify, least

Groups = dict[str, list[Mention]]


def regrouped(held: Groups, joined: Iterable[tuple[str, str]], apart: Mapping[str, str]) -> tuple[Groups, dict[str, str]]:
    """Actor -> mentions, anew; and old actor -> new actor, where its name has changed or it has become another.

    `joined`: mentions that are of one actor. `apart`: mention -> what it is kept apart for.
    """
    if not apart and not joined:
        return held, {}
    groups: defaultdict[str, list[Mention]] = defaultdict(list)
    of_mention: dict[str, str] = {}
    for name, mentions in held.items():
        for mention in mentions:
            key = f"apart {apart[mention.id]}" if mention.id in apart else name
            groups[key].append(mention)
            of_mention[mention.id] = key
    for left, right in joined:
        one, other = of_mention.get(left), of_mention.get(right)
        if one and other and one != other:
            kept, lost = sorted((one, other))
            for mention in groups.pop(lost):
                groups[kept].append(mention)
                of_mention[mention.id] = kept
    made = {key: identify("actor", least(m.id for m in mentions)) for key, mentions in groups.items()}
    moved = {name: made[of_mention[_rest(mentions, apart)[0].id]] for name, mentions in held.items()}
    return {made[key]: mentions for key, mentions in groups.items()}, moved


def _rest(mentions: list[Mention], apart: Mapping[str, str]) -> list[Mention]:
    return [m for m in mentions if m.id not in apart] or mentions
