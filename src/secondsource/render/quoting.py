"""an article's words -> the same words as a line prints them: "…" where they begin or end inside a sentence, marks in pairs.

The words themselves are never changed here but for quotation marks; the `<mark>` in the article holds them exactly.
"""

PAIRS = {"“": "”", "«": "»", "„": "“"}
CLOSERS = frozenset({"”", "»"})
OPENERS = {"”": "“", "»": "«"}
CLOSING = frozenset({"”", '"', "»"})
ENDS = frozenset(".!?…")
# What may stand between a sentence's end and the words, or between the words and their sentence's end.
WRAPPERS = frozenset("“”\"'‘’«»„()[]")
INNER = str.maketrans({"“": "‘", "”": "’", "„": "‘", "«": "‘", "»": "’"})


def whole(words: str) -> str:
    """Words of a statement: no loose comma at their end, quotation marks in pairs."""
    return paired(" ".join(words.split()).rstrip(",; "))


def cut(text: str, start: int, end: int) -> str:
    """The words at `[start, end)` of an article's text, with "…" where their sentence goes on."""
    words = text[start:end]
    shown = paired(" ".join(words.split()).rstrip(",; "))
    head = "" if _begins(text, start) else "… "
    quoted = words[-1:] in CLOSERS or (words[-1:] == "," and text[end : end + 1] in CLOSING)
    tail = "" if quoted or words.rstrip("".join(WRAPPERS) + " ")[-1:] in ENDS or _ends(text, end) else " …"
    return head + shown + tail


def _begins(text: str, start: int) -> bool:
    """Whether a sentence, a line or a quotation begins here."""
    while start > 0 and (text[start - 1] in WRAPPERS or text[start - 1] == " "):
        start -= 1
        if text[start] in '“«„"':
            return True
    return start == 0 or text[start - 1] in "\n\r:" or text[start - 1] in ENDS


def _ends(text: str, end: int) -> bool:
    if text[end : end + 1] in {",", ";"} and text[end + 1 : end + 2] in CLOSING:
        return True  # the quotation ends here, whatever the sentence around it does
    while end < len(text) and text[end] in WRAPPERS:
        end += 1
    return end >= len(text) or text[end] in "\n\r" or text[end] in ENDS


def paired(words: str) -> str:
    """The words with every quotation mark in a pair: one without a partner at an end goes, one within them gets its partner."""
    waiting: list[int] = []
    loose: list[int] = []
    straight = [place for place, character in enumerate(words) if character == '"']
    for place, character in enumerate(words):
        if waiting and (PAIRS[words[waiting[-1]]] == character or character in CLOSERS):
            waiting.pop()
        elif character in PAIRS:
            waiting.append(place)
        elif character in CLOSERS:
            loose.append(place)
    last = len(words) - 1
    odd = len(straight) % 2 == 1
    closing = "".join(PAIRS[words[p]] for p in reversed(waiting) if p < last) + ('"' if odd and straight[-1] < last else "")
    opening = "".join(OPENERS[words[p]] for p in loose if p < last)
    if last >= 0 and (last in (*waiting, *loose) or (odd and straight[-1] == last)):
        words = words[:-1].rstrip()
    single = "’" if words.rfind("‘") > words.rfind("’") else ""
    return opening + words + single + closing


def _opens(words: str, place: int) -> bool:
    """Whether the straight quotation mark here opens: nothing, white space or a bracket stands before it."""
    return place == 0 or words[place - 1] in " \n\t([—–-"


def inner(words: str) -> str:
    """Words that will stand in double quotation marks, with their own marks single."""
    made = "".join(("‘" if _opens(words, n) else "’") if c == '"' else c for n, c in enumerate(words)).translate(INNER)
    # A quotation whose own marks are all there is to it: they are the marks that will be put around it.
    whole_quote = made[:1] == "‘" and made[-1:] == "’" and "‘" not in made[1:] and "’" not in made[1:-1]
    return made[1:-1] if whole_quote else made
