"""What LibreOffice shows of a tracked draft; where it is not installed, this is left out.

``RILIS_PICTURE=FOLDER`` keeps the PDF there, to be looked at.
"""

import io
import os
import shutil
import subprocess
from pathlib import Path

import docx
import pypdfium2
import pytest

from extractor.drafting import clean_draft
from extractor.rulebook import Rulebook
from extractor.sources import read_draft

OFFICE = shutil.which("soffice")
EXPORT = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"false"}}'
LINES = (
    "Kota Melati – Dinas Pangan Kota Melati ,menggelar pelatihan bagi kader se Kota Melati.",
    "“Lumbung itu milik kita bersama, jadi jagalah.” Pungkas Gunarti.",
    "Warga bekerjasama menjaga lumbung pangan diseluruh kelurahan sampai panen berikutnya.",
    "(Tim Humas)",
    "Warga bekerja sama menjaga lumbung pangan di seluruh kelurahan sampai panen berikutnya.",
)


def made() -> bytes:
    """A draft with bold and italic words, a table, slips and a repeat."""
    document = docx.Document()
    document.add_heading("Dinas Pangan Gelar Pelatihan Kader", 1)
    for line in LINES:
        paragraph = document.add_paragraph()
        for number, words in enumerate(line.split(" Pangan ")):
            run = paragraph.add_run((" Pangan " if number else "") + words)
            run.bold, run.italic = number == 1, number == 2
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Hari", "Kamis dan Jum'at , 2 Mei"
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_what_goes_and_what_comes(rulebook: Rulebook, tmp_path: Path) -> None:
    draft = read_draft("a.docx", made())
    cleaned = clean_draft(draft, rulebook, ("sure", "propose"), "tracked", "Meja Sunting")
    (tmp_path / "a.docx").write_bytes(cleaned.raw)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(OFFICE), "--headless", profile, "--convert-to", EXPORT, "a.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    if folder := os.environ.get("RILIS_PICTURE"):
        shutil.copy(tmp_path / "a.pdf", folder)
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    page = document[0]
    words = page.get_textpage()
    shown = " ".join(words.get_text_bounded().split())
    words.close()
    page.close()
    document.close()
    for both in (
        "Melati ,, menggelar",
        "kader se -Kota",
        "jagalah.” P,” pungkas",
        "Jum'at , 2 Mei",
    ):
        assert both in shown
    assert shown.count("sampai panen berikutnya") == 2
