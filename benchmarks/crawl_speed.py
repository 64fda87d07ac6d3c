"""Pages a second of ``rilis fetch`` beside Scrapy's, on the same imitated site in the same run.

    python benchmarks/crawl_speed.py [--articles 1000] [--rounds 3] [--venv FOLDER] [--memory 10000]

Scrapy runs in an environment of its own, made (and kept) in ``--venv``: its spider obeys robots.txt,
follows the listing and takes title, date and body by CSS, at delay 0; it keeps JSON lines, no WARC and no
state that would survive a kill. It runs twice: ``scrapy``, one request at a time for a host as
``rilis fetch`` does, and ``scrapy-8``, its default of eight at once, which ``rilis`` never does.
``rilis fetch`` keeps WARC, state and articles. Told are two rates:
``crawl``, from the first request to the last one as the server saw them, and ``whole``, the command
from start to end. The rounds take turns; the median counts.

``--memory N`` crawls N articles instead and tells the most memory after each tenth of them.
"""

import argparse
import json
import multiprocessing
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import venv
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.server.making import running

SITE = "dpmppa"
SPIDER = """
import scrapy

class Spider(scrapy.Spider):
    name = "berita"
    start_urls = ["{start}"]
    custom_settings = {{"ROBOTSTXT_OBEY": True, "DOWNLOAD_DELAY": 0, "LOG_LEVEL": "WARNING",
                        "REMOTE_CONTROL_ENABLED": False, "TELNETCONSOLE_ENABLED": False}}

    def parse(self, response):
        for link in response.css("a::attr(href)").getall():
            url = response.urljoin(link)
            if "/berita" not in url:
                continue
            yield response.follow(link, self.article if url.endswith(".html") else self.parse)

    def article(self, response):
        yield {{
            "url": response.url,
            "title": response.css("h1::text, h2::text").get(),
            "date": " ".join(response.css("[class*=tanggal]::text, [class*=date]::text, [class*=meta] ::text").getall()),
            "body": "\\n".join(response.css("[class*=isi] p ::text, [class*=content] p ::text").getall()),
        }}
"""


def serve(pipe: Connection, articles: int, rules: str) -> None:
    """The imitated site; answers ``forget`` and ``seconds`` asked through the pipe."""
    with running((SITE,), articles, rules=Path(rules)) as run:
        pipe.send(run.site.base + run.site.template.start)
        while (word := pipe.recv()) != "end":
            if word == "forget":
                run.server.forget()
                pipe.send(None)
            else:
                visits = run.server.requests()
                pipe.send((len(visits), visits[-1].at - visits[0].at))


def scrapy_in(folder: Path) -> Path:
    """The Python of an environment with Scrapy, made if it is not there."""
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "scrapy"], check=True)
    return python


def timed(command: list[Any]) -> float:
    """Seconds of a command; what it says is shown where it fails."""
    began = time.perf_counter()
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    seconds = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return seconds


def fetching(rules: Path, out: Path) -> list[Any]:
    """``rilis fetch`` of the imitated site."""
    options = ["--rules", rules, "--allow-private", "--delay", "0", "-o", out]
    return [sys.executable, "-m", "extractor", "fetch", SITE, *options]


def speed(said: argparse.Namespace, pipe: Connection, start: str, folder: Path) -> None:
    """Rounds in turn; prints both rates and their ratio."""
    python = scrapy_in(said.venv)
    version = "import scrapy; print(scrapy.__version__)"
    scrapy = subprocess.run([python, "-c", version], capture_output=True, text=True).stdout.strip()
    spider = folder / "spider.py"
    spider.write_text(SPIDER.format(start=start))
    rates: dict[str, list[tuple[float, float]]] = {"rilis": [], "scrapy": [], "scrapy-8": []}
    for at in range(said.rounds):
        out = folder / f"round-{at}"
        items = folder / "items.jsonl"
        crawling = [python, "-m", "scrapy", "runspider", spider, "-O", items]
        runs = {
            "scrapy": [*crawling, "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1"],
            "scrapy-8": crawling,
            "rilis": fetching(folder / "rules", out),
        }
        found = {}
        for name, command in runs.items():
            pipe.send("forget")
            pipe.recv()
            whole = timed(command)
            pipe.send("seconds")
            pages, crawl = pipe.recv()
            rates[name].append((pages / crawl, pages / whole))
            print(
                f"{name:8} {pages} pages  crawl {pages / crawl:6.0f}/s  whole {pages / whole:6.0f}/s"
            )
        found["scrapy"] = sum(1 for _line in items.open())
        found["rilis"] = sum(1 for _line in (out / SITE / "articles.jsonl").open())
        if set(found.values()) != {said.articles}:
            sys.exit(f"not all articles were fetched: {found}")
    for column, what in enumerate(("crawl", "whole")):
        middle = {
            name: statistics.median(rate[column] for rate in row) for name, row in rates.items()
        }
        for name in ("scrapy", "scrapy-8"):
            ratio = middle["rilis"] / middle[name]
            print(
                f"{what}: rilis {middle['rilis']:.0f} pages/s, {name} {scrapy} {middle[name]:.0f}:"
                f" {ratio:.2f} times"
            )


def memory(said: argparse.Namespace, folder: Path) -> None:
    """One crawl, its memory watched."""
    out = folder / "out"
    process = subprocess.Popen([str(word) for word in fetching(folder / "rules", out)])
    seen: list[tuple[int, int]] = []
    done = threading.Event()

    def watch() -> None:
        articles = out / SITE / "articles.jsonl"
        status = Path(f"/proc/{process.pid}/status")
        while not done.wait(0.5):
            try:
                many = articles.read_bytes().count(b"\n")
                rss = next(line for line in status.read_text().splitlines() if "VmRSS" in line)
            except (OSError, StopIteration):
                continue
            seen.append((many, int(rss.split()[1])))

    thread = threading.Thread(target=watch)
    thread.start()
    process.wait()
    done.set()
    thread.join()
    for tenth in range(1, 11):
        most = [rss for many, rss in seen if many <= tenth * said.memory / 10]
        print(
            f"up to {tenth * said.memory // 10:>6} articles: {max(most, default=0) / 1024:.0f} MB"
        )


def main() -> None:
    """Reads the command line and measures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, default=0)
    parser.add_argument("--venv", type=Path, default=Path(tempfile.gettempdir()) / "rilis-scrapy")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, theirs = multiprocessing.Pipe()
        articles = said.memory or said.articles
        context = multiprocessing.get_context("spawn")
        server = context.Process(target=serve, args=(theirs, articles, str(folder / "rules")))
        server.start()
        try:
            start = ours.recv()
            if said.memory:
                memory(said, folder)
            else:
                speed(said, ours, start, folder)
            ours.send("end")
            server.join(10)
        finally:
            server.kill()
    print(json.dumps({"cores": multiprocessing.cpu_count()}))


if __name__ == "__main__":
    main()
