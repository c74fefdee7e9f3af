"""Whether a customer's words agree to what he was offered in writing. (sop 10; T19)"""

from __future__ import annotations

import re

_AGREES = frozenset({"setuju", "agree", "agreed", "i agree", "saya setuju", "kami setuju", "we agree"})
_POLITE = re.compile(
    r"^(?:(?:ya|iya|ok|oke|okay|baik|siap|yes)\s+)+|(?:\s+(?:ya|yaa|pak|bu|bapak|ibu|kak|terima|kasih|makasih|trims))+$"
)


def agrees(text: str) -> bool:
    """This function will read a reply as consent only when it says nothing else: "Setuju", "ya, saya setuju pak".

    "tidak setuju" and "setuju tapi ..." are for a person to read.
    """
    words = " ".join(re.sub(r"[^\w\s]", " ", text.lower()).split())
    return _POLITE.sub("", words).strip() in _AGREES
