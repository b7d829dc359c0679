"""a predicate that names an act, with the words of who and whom: what the rules on claims hand each other"""

from dataclasses import dataclass

from secondsource.attribute.acts import Group


@dataclass(frozen=True)
class Deed:
    """A predicate in one sentence: words by their place in it. `noun`: the act noun, where a noun names the act."""

    verb: int
    group: Group
    act: str
    actor: int | None = None
    target: int | None = None
    label: str | None = None
    noun: int | None = None
    words: tuple[int, ...] = ()
    content: int | None = None  # the verb of the clause that the speech act is about

    @property
    def cue(self) -> int:
        return self.noun if self.noun is not None else self.verb
