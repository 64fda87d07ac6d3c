"""The shipped site rules bound to the imitated hosts, so that what is tried are the shipped
selectors."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from tests.server.imitation import Imitation

SHIPPED = Path(__file__).parents[2] / "rules"


def write_rules(folder: Path, sites: Iterable[Imitation]) -> Path:
    """Writes ``folder/sites/<id>.yaml`` for each site: its shipped rule with the host and start
    page of the imitation, no delay; returns ``folder``, for ``--rules``."""
    (folder / "sites").mkdir(parents=True, exist_ok=True)
    for site in sites:
        shipped = SHIPPED / "sites" / f"{site.id}.yaml"
        if not shipped.exists():
            continue
        rule = yaml.safe_load(shipped.read_text("utf-8"))
        rule |= rebound(site)
        # they hold for the true hosts
        rule.get("address", {}).pop("examples", None)
        (folder / "sites" / f"{site.id}.yaml").write_text(
            yaml.safe_dump(rule, allow_unicode=True, sort_keys=False, width=100), "utf-8"
        )
    return folder


def rebound(site: Imitation) -> dict[str, object]:
    """What differs between the rule of a true site and the one of its imitation."""
    files = {kind: [site.base + path] for kind, path in site.template.sources}
    return files | {
        "hosts": [urlsplit(site.base).netloc, *site.mirrors],
        "start": [site.base + site.template.start],
        "delay": 0,
    }
