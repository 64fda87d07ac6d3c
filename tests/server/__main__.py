"""``python -m tests.server``: imitated sites to try ``rilis fetch`` on, without the internet."""

import argparse
import json
import sys
import time
from pathlib import Path
from tempfile import mkdtemp

from tests.server.faults import BY_NAME, FAULTS
from tests.server.http import Answer, Request, Visit
from tests.server.imitation import Imitation
from tests.server.making import TEMPLATES, Running, running


def main() -> None:
    """Serves until Ctrl-C; prints the addresses and what to type."""
    said = parsed()
    if said.faults:
        print("\n".join(f"{fault.number:>2} {fault.name:24} {fault.what}" for fault in FAULTS))
        return
    rules = said.rules or Path(mkdtemp(prefix="rilis-rules-"))
    with running(
        said.site or ["dpmppa"], said.articles, seed=said.seed, port=said.port, rules=rules, rich=said.rich, hacked=said.hacked
    ) as run:  # fmt: skip
        for site in run.sites.values():
            control(run, site)
            for name in said.fault or ():
                BY_NAME[name].install(site)
        if said.log:
            run.server.on_visit = _tell
        print(_welcome(run, rules), flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print(f"\n{len(run.server.log)} requests answered", file=sys.stderr)


def parsed(words: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.server", description=__doc__)
    parser.add_argument(
        "--port", type=int, default=8800, help="the first site's port, the others follow (0: any)"
    )
    parser.add_argument("--articles", type=int, default=1000, help="articles a site")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same sites")
    parser.add_argument(
        "--site",
        action="append",
        choices=[*TEMPLATES],
        help="which sites (several; default: dpmppa)",
    )
    parser.add_argument(
        "--rules", type=Path, help="folder to write the site rules to (default: a new one)"
    )
    parser.add_argument(
        "--rich", action="store_true", help="lists, tables and captions inside the bodies"
    )
    parser.add_argument(
        "--hacked", action="store_true", help="injected gambling links in every page"
    )
    parser.add_argument(
        "--fault",
        action="append",
        choices=[*BY_NAME],
        metavar="NAME",
        help="a fault to commit (several; see --faults)",
    )
    parser.add_argument("--faults", action="store_true", help="list the faults and end")
    parser.add_argument("--log", action="store_true", help="tell every request on standard error")
    return parser.parse_args(words)


def control(run: Running, site: Imitation) -> None:
    """Addresses under ``/-/`` by which a running site is steered from a shell."""

    def log(request: Request) -> Answer:
        counts = dict(run.counts(site.id).most_common())
        visits = run.server.requests(site.id)
        by_status: dict[str, int] = {}
        for visit in visits:
            by_status[str(visit.status)] = by_status.get(str(visit.status), 0) + 1
        return _json(
            {
                "requests": len(visits),
                "by_status": by_status,
                "bytes": sum(visit.sent for visit in visits),
                "counts": counts,
            }
        )

    def edit(request: Request) -> Answer:
        number = int(request.query["article"])
        site.edit(number)
        return _json({"edited": site.path(number), "version": site.releases.version(number)})

    def forget(request: Request) -> Answer:
        run.server.forget()
        return _json({"forgotten": True})

    site.extra |= {"/-/log": log, "/-/edit": edit, "/-/forget": forget}


def _json(value: object) -> Answer:
    return Answer(
        (json.dumps(value, indent=1) + "\n").encode(), 200, (("Content-Type", "application/json"),)
    )


def _tell(visit: Visit) -> None:
    print(
        f"{visit.site} {visit.status} {visit.method} {visit.target} {visit.sent}",
        file=sys.stderr,
        flush=True,
    )


def _welcome(run: Running, rules: Path) -> str:
    lines = [
        f"{name}: {site.base}{site.template.start}  ({len(site.releases)} articles)"
        for name, site in run.sites.items()
    ]
    names = " ".join(run.sites)
    first = run.site
    return "\n".join([
        *lines,
        "",
        "Type in another terminal:",
        f"  rilis fetch {names} --rules {rules} --allow-private -o fetched",
        f"  curl {first.base}/-/edit?article=3      changes an article",
        f"  curl {first.base}/-/log                 what was asked for, how often",
        "Ctrl-C stops.",
    ])  # fmt: skip


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(f"{error.strerror or error}: take other ports by --port")
