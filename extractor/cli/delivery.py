"""How clean drafts are handed over: shown, as a diff, over the draft, into a file or a folder."""

import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from extractor.cli.terminal import err
from extractor.drafting import CleanDraft, Form, write_atomically
from extractor.editing.diff import unified_diff
from extractor.errors import SourceError, UsageError
from extractor.messages import _
from extractor.sources import Draft
from extractor.sources.files import FOREIGN, HTML, ODT, PDF, RTF, STDIN, WORD

# A text under such a name would not open in the program that the name calls.
_NOT_WRITTEN = HTML | ODT | RTF | PDF | FOREIGN


class Delivery:
    """Hands every clean draft over in the one way that was asked for; ``told`` says that findings
    are written elsewhere, in another form."""

    def __init__(
        self,
        drafts: Sequence[Path | SourceError],
        output: str | None,
        *,
        diff: bool = False,
        check: bool = False,
        in_place: bool = False,
        clean_copy: bool = False,
        told: bool = False,
    ) -> None:
        """Raises UsageError where the wishes contradict each other or the number of drafts."""
        if sum((diff, check, in_place, output is not None)) > 1:
            raise UsageError(_("choose one of --diff, --check, --in-place and -o"))
        if clean_copy and not in_place and output is None:
            raise UsageError(_("--clean-copy needs -o FILE.docx or --in-place"))
        if told and diff:
            raise UsageError(_("choose one of --diff and --format"))
        if len(drafts) > 1 and not (diff or check or in_place or told or output is not None):
            said = _("many drafts: give a folder with -o, or --in-place, --diff or --check")
            raise UsageError(said)
        self._diff, self._check, self._in_place = diff, check, in_place
        self._clean_copy, self._told = clean_copy, told
        self._targets = _Targets(output, drafts) if output is not None else None

    def form(self, draft: Draft) -> Form:
        """How a clean draft is written: a Word draft as a Word file unless a text is named."""
        if self._targets is not None and not self._targets.folder:
            word = self._targets.output.suffix.lower() in WORD
        else:
            word = draft.kind == "docx" and (self._in_place or self._targets is not None)
        if self._clean_copy and not word and draft.kind == "docx":
            raise SourceError(draft.path, _("--clean-copy writes Word files; name a .docx file"))
        if not word:
            return "text"
        return "copy" if self._clean_copy else "tracked"

    def hand_over(self, cleaned: CleanDraft, path: Path) -> None:
        """Hand one clean draft over, and tell its findings."""
        lines = [] if self._told else list(cleaned.finding_lines(self._check))
        if self._check:
            sys.stdout.writelines(line + "\n" for line in lines)
            return
        if self._diff:
            before, edits = cleaned.cleaning.draft, cleaned.cleaning.edits
            after = f"{path} (" + _("clean") + ")"
            sys.stdout.writelines(unified_diff(before, edits, str(path), after))
        elif self._in_place:
            _write_over(cleaned, path)
        elif self._targets is not None:
            write_atomically(self._targets.of(cleaned, path), cleaned.raw)
        elif not self._told:
            _show(cleaned.raw)
        for line in lines:
            err.print(line)


def _write_over(cleaned: CleanDraft, path: Path) -> None:
    if cleaned.draft.kind not in ("text", "docx") or str(path) == STDIN:
        said = _("only a text or Word file can be cleaned in place; name an output with -o")
        raise SourceError(str(path), said)
    if cleaned.raw != cleaned.draft.raw:
        write_atomically(path, cleaned.raw, backup=True, was=cleaned.draft.raw)


def _show(raw: bytes) -> None:
    sys.stdout.buffer.write(raw)
    if sys.stdout.isatty() and not raw.endswith(b"\n"):  # what follows begins on its own line
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


class _Targets:
    """Where clean drafts are written: the file that was named, or one for each draft in a folder,
    in the folders the drafts came in."""

    def __init__(self, output: str, named: Sequence[Path | SourceError]) -> None:
        self.output = Path(output)
        self.folder = output.endswith(("/", os.sep)) or self.output.is_dir() or len(named) > 1
        drafts = [one for one in named if isinstance(one, Path)]
        parents = [one.resolve().parent for one in drafts if str(one) != STDIN]
        self._above = Path(os.path.commonpath(parents)) if parents else Path.cwd()
        self._named = Counter((one.parent, one.stem) for one in drafts)
        self._taken: dict[Path, Path] = {}

    def of(self, cleaned: CleanDraft, path: Path) -> Path:
        """The file for one clean draft; raises SourceError where there is none that is safe."""
        suffix = ".txt" if cleaned.form == "text" else ".docx"
        target = self._in_folder(path, suffix) if self.folder else self.output
        if cleaned.form == "text" and target.suffix.lower() in _NOT_WRITTEN:
            raise SourceError(str(target), _("clean drafts are written as text; name a .txt file"))
        if os.path.realpath(target) == os.path.realpath(path):
            raise SourceError(str(path), _("is its own output; use --in-place to write over it"))
        other = self._taken.setdefault(target, path)
        if other != path:
            said = _("its clean draft would take the place of that of {other}; rename one of them")
            raise SourceError(str(path), said.format(other=other))
        return target

    def _in_folder(self, path: Path, suffix: str) -> Path:
        below = path.resolve().parent.relative_to(self._above) if str(path) != STDIN else ""
        # a.txt and a.html are two drafts
        alone = self._named[path.parent, path.stem] < 2 or path.suffix.lower() == suffix
        target = self.output / below / f"{path.stem if alone else path.name}{suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        return target
