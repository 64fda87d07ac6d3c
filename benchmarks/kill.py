"""What 20 kills leave of a crawl of 1,000 articles, and of Scrapy's with its JOBDIR.

    python benchmarks/kill.py [--articles 1000] [--kills 20] [--seed 1] [--scrapy FOLDER]

``rilis fetch`` runs as a process of its own against an imitated site and is killed (SIGKILL) at
answers and milliseconds that the seed chooses, then started again with the same command. After each
kill its WARC is mended in a copy and read by warcio, fastwarc and gunzip. Told are articles lost and
doubled, pages asked for again, and whether the replay of the WARC is the crawl to the byte.

``--scrapy`` does the same, with two kills, to a spider that obeys robots.txt and keeps a JOBDIR and
JSON lines, in an environment made (and kept) in FOLDER, as its maintainers advise for resuming.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import venv
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.fetching.killed import SITE, Victim, random_kills
from tests.server.making import Running, running

SPIDER = """
import scrapy

class Spider(scrapy.Spider):
    name = "berita"
    start_urls = ["{start}"]
    custom_settings = {{"ROBOTSTXT_OBEY": True, "DOWNLOAD_DELAY": 0, "LOG_LEVEL": "ERROR",
                        "REMOTE_CONTROL_ENABLED": False, "TELNETCONSOLE_ENABLED": False}}

    def parse(self, response):
        for link in response.css("a::attr(href)").getall():
            if "/berita" in response.urljoin(link):
                found = response.urljoin(link).endswith(".html")
                yield response.follow(link, self.article if found else self.parse)

    def article(self, response):
        yield {{"url": response.url, "title": response.css("h1::text, h2::text").get()}}
"""


def main() -> None:
    """Prints what the kills left."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scrapy", type=Path, metavar="FOLDER")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with running((SITE,), said.articles, rules=Path(folder, "rules")) as run:
            victim = Victim(run, Path(folder))
            began = time.monotonic()
            random_kills(victim, said.kills, said.seed)
            faults = victim.faults()
            print(
                f"rilis fetch: {victim.kills} kills, {said.articles} articles, "
                f"{len(run.server.log)} answers, {victim.refetched()} of them a second time, "
                f"{time.monotonic() - began:.0f} s"
            )
            print(
                "\n".join(faults) or "0 lost, 0 doubled, WARC valid after each, replay equals crawl"
            )
        if said.scrapy is not None:
            with running((SITE,), said.articles, rules=Path(folder, "rules")) as run:
                print(scrapy_killed(run, said.scrapy, Path(folder), said.seed))
    sys.exit(1 if faults else 0)


def scrapy_killed(run: Running, environment: Path, folder: Path, seed: int) -> str:
    """Two kills of a spider with a JOBDIR, then a run to its end; what came of it."""
    python = environment / "bin" / "python"
    if not python.exists():
        venv.create(environment, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "scrapy"], check=True)
    site = run.site
    spider = folder / "spider.py"
    spider.write_text(SPIDER.format(start=site.base + site.template.start), encoding="utf-8")
    out = folder / "scrapy.jsonl"
    command = [
        str(python), "-m", "scrapy", "runspider", str(spider), "-o", str(out), "-s",
        f"JOBDIR={folder / 'job'}",
    ]  # fmt: skip
    rng = Random(seed)
    kills = 0
    for _kill in range(2):
        wanted = len(run.server.log) + round(len(site.releases) * rng.uniform(0.2, 0.4))
        reached = threading.Event()
        run.server.on_visit = lambda visit, wanted=wanted, reached=reached: (
            reached.set() if len(run.server.log) >= wanted else None
        )
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None and not reached.wait(0.05):
                pass
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)
                kills += 1
    run.server.on_visit = None
    status = subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode
    urls = [json.loads(line)["url"] for line in out.read_text().splitlines() if line.endswith("}")]
    lost = len(site.releases) - len(set(urls))
    again = sum(times - 1 for times in run.counts(SITE).values())
    return (
        f"Scrapy with JOBDIR: {kills} kills, status {status}, {lost} of {len(site.releases)} "
        f"articles lost, {len(urls) - len(set(urls))} items doubled, {again} pages asked for again"
    )


if __name__ == "__main__":
    main()
