"""What titles and names are compared by, to find records that may be one."""

from __future__ import annotations

import re
import unicodedata

_NOT_TOLD = re.compile(r"[\W_]+")
# Two titles alike in so many characters are candidates, whatever follows; PostgreSQL refuses to
# index much longer ones.
_LONGEST = 200


def title_key(title: str) -> str | None:
    """Return `title` without width, case, spaces and punctuation; None where nothing is left.

    Records with equal keys are candidates for a merge, not more: people decide.
    """
    # Twice: folding may leave what can be composed again.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold())
    return _NOT_TOLD.sub("", folded)[:_LONGEST] or None
