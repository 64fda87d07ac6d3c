"""The frame of every HTML page: its language, colours for light and dark, narrow screens, print.

No page needs a script or reaches for anything outside; whoever fills it escapes what others wrote.
"""

from html import escape

from extractor.messages import language

_STYLE = """
:root{color-scheme:light dark;--fg:#1f2328;--dim:#59636e;--line:#d0d7de;--soft:#f6f8fa;--bg:#fff;
--del:#ffebe9;--delfg:#82071e;--ins:#dafbe1;--insfg:#0a5c2b;--mark:#fff8c5;--markfg:#7d4e00;
--link:#0550ae}
@media(prefers-color-scheme:dark){:root{--fg:#e6edf3;--dim:#9198a1;--line:#3d444d;--soft:#161b22;
--bg:#0d1117;--del:#4c1c20;--delfg:#ffb3ad;--ins:#12361f;--insfg:#7ee2a0;--mark:#3b2f0b;
--markfg:#f2cc60;--link:#79b8ff}}
body{font:16px/1.6 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;
color:var(--fg);background:var(--bg);overflow-wrap:anywhere}
h1{font-size:1.5rem;margin-bottom:.5rem}h2{font-size:1.2rem;border-top:2px solid var(--line);
padding-top:1rem;margin-top:2rem}h3{font-size:1rem;margin:1.5rem 0 .3rem}
a{color:var(--link)}a:focus-visible,summary:focus-visible,div:focus-visible
{outline:2px solid var(--link);outline-offset:2px}
table{border-collapse:collapse;width:100%}.wide{overflow-x:auto;overflow-wrap:break-word}
td,th{vertical-align:top;text-align:left;padding:.35rem .6rem}thead th{background:var(--bg);
border-bottom:2px solid var(--line)}
tr{border-bottom:1px solid var(--line)}td.n,th.n{text-align:right;
font-variant-numeric:tabular-nums;white-space:nowrap}
del,ins,mark{border-radius:.2rem;padding:0 .1rem;-webkit-box-decoration-break:clone;
box-decoration-break:clone}del{background:var(--del);color:var(--delfg)}
ins{background:var(--ins);color:var(--insfg);text-decoration:underline;text-underline-offset:.2em}
mark{background:var(--mark);color:var(--fg)}:target{outline:2px solid var(--markfg)}
pre{white-space:pre-wrap;font:inherit;margin:0}code{font-size:.85em}.why{color:var(--dim)}
@media print{body{max-width:none;margin:0;print-color-adjust:exact;-webkit-print-color-adjust:exact}
tr,li{break-inside:avoid}h2,h3{break-after:avoid}}
"""


def page(title: str, style: str, *parts: str) -> str:
    """A whole page: its title as heading, a further ``style`` of its own, then its parts."""
    head = (
        f'<!doctype html>\n<html lang="{language()}"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}{style}</style></head><body>\n"
        f"<h1>{escape(title)}</h1>"
    )
    return "\n".join([head, *parts, "</body></html>"]) + "\n"
