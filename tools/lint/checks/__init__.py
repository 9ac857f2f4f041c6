"""One module per check, each with findings(tree) -> Finding, or a text when it cannot run here."""

from . import banned, docs, formatting, layers, registered, sizes, text, tidy

CHECKS = {
    "layers": layers,
    "sizes": sizes,
    "text": text,
    "banned": banned,
    "registered": registered,
    "docs": docs,
    "format": formatting,
    "tidy": tidy,
}
