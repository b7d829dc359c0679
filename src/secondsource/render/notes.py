"""dossier -> Markdown notes that link to each other: the dossier, one note an article, one an actor"""

import re
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from secondsource.model import Actor, Article, Attribution, Dossier
from secondsource.render import markdown
from secondsource.render.foreign import Foreign, scalar
from secondsource.render.lines import statement
from secondsource.render.lookup import Lookup
from secondsource.render.markdown import text
from secondsource.render.phrases import day, plain, plural

LOST = (
    "offsets of words, and the whole texts of the articles",
    "mentions, times, incidents, links, decisions and the judgements between claims",
    "notes of actors who neither speak nor hold a position",
)


# What YAML takes for the end of a line and JSON does not escape.
ENDS_LINE = re.compile("[\x7f-\x9f\u2028\u2029]")


def notes(dossier: Dossier) -> Foreign:
    """index.md, articles/….md and actors/….md with front matter that note-taking programs read."""
    look = Lookup(dossier)
    said: defaultdict[str, list[Attribution]] = defaultdict(list)
    for attribution in look.attributions.values():
        for actor in look.speaker_actors(attribution):
            said[actor.id].append(attribution)
    active = {*said, *(p.actor for p in dossier.positions)}
    people = [actor for actor in dossier.actors if actor.id in active]
    files = {f"articles/{a.id}.md": _article(look, a) for a in look.ordered}
    files |= {f"actors/{actor.id}.md": _actor(look, actor, said[actor.id]) for actor in people}
    index = [markdown.document(dossier), "## Notes", "", "### Articles", ""]
    index += [f"- [{text(_title(look, a))}](articles/{a.id}.md)" for a in look.ordered]
    index += ["", "### Actors", ""] + [f"- [{text(actor.name)}](actors/{actor.id}.md)" for actor in people]
    files["index.md"] = "\n".join(index) + "\n"
    return Foreign(files={k: scalar(v).encode() for k, v in sorted(files.items())}, lost=LOST, rows=len(files))


def _title(look: Lookup, article: Article) -> str:
    return f"{look.label(article.id)}, {day(look.published(article.id))}: {article.title.value or article.name}"


def _front(**held: object) -> Iterator[str]:
    """Front matter. JSON texts are YAML texts too, and nothing in them can end the block."""
    yield "---"
    for key, value in held.items():
        if value not in (None, "", (), []):
            encoded = scalar(msgspec.json.encode(value).decode("utf-8", "replace"))
            yield f"{key}: {ENDS_LINE.sub(' ', encoded)}"
    yield "---"


def _article(look: Lookup, article: Article) -> str:
    lines = [
        *_front(
            outlet=article.outlet.value, published=day(look.published(article.id)), byline=article.byline.value,
            url=article.url, file=article.name, sha256=article.sha256, language=article.language,
            copied_from=list(look.credits(article.id)), id=article.id,
        ),
        f"# {text(article.title.value or article.name)}", "", "## Statements", "",
    ]  # fmt: skip
    shown = [statement(look, a) for a in look.readings[article.id].attributions]
    lines += [f"- {markdown.line(line)}" for line in sorted(shown, key=lambda x: (x.anchor, x.id))] or ["None was found."]
    return "\n".join([*lines, "", "[The dossier](../index.md)", ""])


def _actor(look: Lookup, actor: Actor, said: list[Attribution]) -> str:
    lines = [
        *_front(kind=actor.kind, aliases=[a for a in actor.aliases if a != actor.name], roles=list(actor.roles), id=actor.id),
        f"# {text(actor.name)}", "", f"{plural(len(said), 'statement')} in these reports.", "",
    ]  # fmt: skip
    held = sorted((p for p in look.dossier.positions if p.actor == actor.id), key=lambda p: (p.object, day(p.when), p.id))
    if held:
        lines += ["## Positions", ""]
        for p in held:
            words = " […] ".join(q.exact for q in p.evidence[:2])
            where = f"[{text(look.label(p.evidence[0].article))}](../articles/{p.evidence[0].article}.md)" if p.evidence else ""
            lines.append(f"- {day(p.when)} {plain(p.act)} about {plain(p.object)}: “{text(words)}” {where}")
        lines.append("")
    lines += ["## Statements", ""]
    shown = sorted((statement(look, a) for a in said), key=lambda x: (x.sort, x.number, x.id))
    lines += [f"- {markdown.line(x)} ([article](../articles/{look.attributions[x.record].article}.md))" for x in shown]
    return "\n".join([*lines, "", "[The dossier](../index.md)", ""])
