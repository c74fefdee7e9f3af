"""Whether a customer's whole message asks us to stop writing on WhatsApp. (sop 10, G18)

Only the whole message counts: "stop kirim barang dulu" is about goods, "stop" alone is about us. Politeness around it,
capitals and punctuation do not matter.
"""

from __future__ import annotations

import re

_POLITE = r"(?:tolong|mohon|please|pls|pak|bu|bapak|ibu|mas|mbak|kak|ya|dong|terima ?kasih|makasih|tks|thanks)"
_NO = r"(?:jangan|jgn|jng|stop|berhenti|hentikan|tidak usah|gak usah|ga usah|nggak usah|tdk usah|do not|dont)"
_KIND = r"(?:wa|whatsapp|chat|sms|pesan)"
_WRITE = rf"(?:di ?)?(?:{_KIND}|hubungi|kirim(?:i|kan)? {_KIND}|contact|message|text)"
_WHOM = r"(?:saya|sy|aku|kami|nomor ini|no ini|me|us|ke sini|kesini|ke nomor ini)"
_MORE = r"(?:lagi|lg|again|anymore)"
_ALONE = r"(?:stop(?: ?all)?|berhenti|unsubscribe|berhenti langganan|stop langganan|opt ?out|keluar)"

_INSTEAD = r"(?:telepon|telpon|telp|tlp|call)(?: (?:saja|aja|only))?"

_MEANT = re.compile(
    rf"(?:{_POLITE} )*"
    rf"(?:{_ALONE}|{_NO} {_WRITE}(?: (?:{_WHOM}|{_MORE}))*|{_NO} {_WHOM} {_WRITE}(?: {_MORE})?)"
    rf"(?: {_INSTEAD})?(?: {_POLITE})*"
)
_MOST_LETTERS = 80


def asks_to_stop(text: str) -> bool:
    """This function will say whether the whole of a message is a wish to get no more WhatsApp."""
    if len(text) > _MOST_LETTERS:
        return False
    words = " ".join(re.sub(r"['’]", "", re.sub(r"[^\w\s'’]", " ", text.casefold())).split())
    return _MEANT.fullmatch(words) is not None
