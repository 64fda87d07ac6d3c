"""Calibration as a picture: a reliability diagram in SVG, no plotting library needed."""

from collections.abc import Sequence

from extractor.evaluation.scores import Band
from extractor.messages import _

_SIZE, _LEFT, _TOP = 320, 56, 36
_WIDTH, _HEIGHT = _LEFT + _SIZE + 24, _TOP + _SIZE + 56


def calibration_svg(bands: Sequence[Band]) -> str:
    """The share of right answers (up) against their confidence (right).

    The area of a dot grows with the number of answers; the dashed line is where both agree.
    """
    most = max((band.answers for band in bands), default=0) or 1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text x="{_LEFT}" y="20" font-size="14">{_("How far confidence can be trusted")}</text>',
    ]
    for step in range(0, 11, 2):
        share = step / 10
        x, y = _place(share, share)
        parts += [
            f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_LEFT + _SIZE}" y2="{y:.1f}" stroke="#ddd"/>',
            f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{share:.1f}</text>',
            f'<text x="{x:.1f}" y="{_TOP + _SIZE + 18}" text-anchor="middle">{share:.1f}</text>',
        ]
    (x0, y0), (x1, y1) = _place(0, 0), _place(1, 1)
    parts.append(
        f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="#888" stroke-dasharray="4 4"/>'
    )
    drawn = [
        (band, _place(band.confidence, band.right / band.answers)) for band in bands if band.answers
    ]
    trail = " ".join(f"{x:.1f},{y:.1f}" for _band, (x, y) in drawn)
    parts.append(f'<polyline points="{trail}" fill="none" stroke="#1f6feb" stroke-width="1.5"/>')
    for band, (x, y) in drawn:
        radius = 4 + 12 * (band.answers / most) ** 0.5
        label = f"{band.right}/{band.answers}"
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#1f6feb" '
            f'fill-opacity="0.35">'
            f"<title>{band.low:.1f}-{min(band.high, 1):.1f}: {label}</title></circle>",
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="#1f6feb"/>',
        ]
    parts += [
        f'<text x="{_LEFT + _SIZE / 2}" y="{_HEIGHT - 12}" text-anchor="middle">'
        f"{_('confidence')}</text>",
        f'<text transform="translate(16 {_TOP + _SIZE / 2}) rotate(-90)" text-anchor="middle">'
        f"{_('share right')}</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _place(confidence: float, share: float) -> tuple[float, float]:
    return _LEFT + _SIZE * confidence, _TOP + _SIZE * (1 - share)
