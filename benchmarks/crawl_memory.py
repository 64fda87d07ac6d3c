"""Memory of ``rilis fetch`` over 10,000 pages: it must not grow with what was fetched.

    python benchmarks/crawl_memory.py [--articles 10000]

The crawl runs as a process of its own against an imitated site; its resident memory (Linux, macOS:
``ps``) is taken at each twentieth of the answers. Told is the growth from a fifth of the way on, when
everything is loaded; over 16 MB the command fails.
"""

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.server.http import Visit
from tests.server.making import running

SITE = "dpmppa"
MOST_MB = 16.0


def main() -> None:
    """Prints the memory along the way, and how much it grew."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    articles = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        samples = measured(articles, Path(folder))
        took = time.monotonic() - began
    for pages, megabytes in samples:
        print(f"{pages:>7} pages  {megabytes:7.1f} MB")
    settled = [megabytes for pages, megabytes in samples if pages >= articles / 5]
    grown = settled[-1] - settled[0]
    print(
        f"grown {grown:+.1f} MB from {articles // 5} to {articles} pages, most {max(settled):.1f} MB; "
        f"{samples[-1][0] / took:.0f} pages/s"
    )
    sys.exit(1 if max(settled) - settled[0] > MOST_MB else 0)


def measured(articles: int, folder: Path) -> list[tuple[int, float]]:
    """(pages, MB) along a crawl of so many articles."""
    with running((SITE,), articles, rules=folder / "rules") as run:
        command = [
            sys.executable, "-m", "extractor", "fetch", SITE, "--rules", str(run.rules),
            "--allow-private", "-o", str(folder / "fetched"),
        ]  # fmt: skip
        samples: list[tuple[int, float]] = []
        step = max(1, articles // 20)
        due = threading.Semaphore(0)

        def visited(_visit: Visit) -> None:
            if len(run.server.log) % step == 0:
                due.release()

        run.server.on_visit = visited
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            while process.poll() is None:
                if due.acquire(timeout=0.1) and (found := resident(process.pid)):
                    samples.append((len(run.server.log), found))
            assert process.stderr is not None
            said = process.stderr.read()
        run.server.on_visit = None
        assert process.returncode == 0, said
        lines = (folder / "fetched" / SITE / "articles.jsonl").read_bytes().count(b"\n")
        assert lines == articles, f"{lines} articles of {articles}"
        return samples


def resident(process: int) -> float:
    """Resident memory of a process in MB; 0 once it has ended."""
    done = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True)
    return int(done.stdout or 0) / 1024


if __name__ == "__main__":
    main()
