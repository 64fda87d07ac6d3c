"""Site rules out of YAML: read, checked whole, frozen. Every fault is told as FILE:LINE with what
was probably meant."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from extractor.errors import Fault, RuleError
from extractor.messages import _
from extractor.resources import rules_dir
from extractor.rulebook import Pattern, load_rulebook
from extractor.rulebook.nodes import Reader
from extractor.rulebook.patterns import PatternFault, compile_pattern, suggest
from extractor.sites.addresses import absolute, canonical, in_scope, kind_of
from extractor.sites.rule import Api, Layout, Site, Sites, host_of
from extractor.sites.selectors import Selector, SelectorFault, compile_selector

FOLDER = "sites"
SITE_KEYS = frozenset(
    "about hosts start delay charset feeds sitemaps address signs confidence layouts api".split()  # noqa: SIM905
)
ADDRESS_KEYS = frozenset("article listing ignore scheme number query examples".split())  # noqa: SIM905
SELECTORS = frozenset(
    "article title date body author images captions drop links next home".split()  # noqa: SIM905
)
LAYOUT_KEYS = SELECTORS | {"id", "note", "valid_from", "valid_until"}
API_KEYS = frozenset("listing article page items id fields tested".split())  # noqa: SIM905
API_FIELDS = frozenset("id title body date image summary category".split())  # noqa: SIM905
EXAMPLE_KEYS = frozenset({"url", "key", "kind"})
_STEM = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
_HOST = re.compile(r"(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::\d{1,5})?\Z")
_SCHEMES = ("https", "http")
_KINDS = ("article", "listing", "none")


def load_sites(folders: Sequence[Path] = ()) -> Sites:
    """The site rules in ``sites/`` of these folders of rules (by default the shipped ones).

    A site of a later folder replaces that of an earlier one with the same id. ``Rulebook.folders``
    are the folders to give, so that ``--rules`` counts for sites too. Raises :class:`RuleError`
    with all faults of all files.
    """
    chosen = tuple(folders) or (rules_dir(),)
    faults: list[Fault] = []
    sites: dict[str, Site] = {}
    digest = hashlib.sha256()
    for folder in chosen:
        for path in sorted((folder / FOLDER).glob("*.y*ml")):
            if path.name.startswith("."):
                continue
            site = _read_site(path, chosen, faults)
            if path.is_file():
                digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
            if site is not None:
                sites[site.id] = site
    by_host: dict[str, Site] = {}
    for site in sites.values():
        for host in site.hosts:
            other = by_host.setdefault(host, site)
            if other is not site:
                said = _("host '{host}' belongs to site '{other}' already").format(
                    host=host, other=other.id
                )
                faults.append(Fault(site.path, site.line, said))
    if faults:
        raise RuleError(faults)
    book = load_rulebook(chosen[-1])
    return Sites(
        MappingProxyType(sites), book, digest.hexdigest()[:16], chosen, MappingProxyType(by_host)
    )


@lru_cache(maxsize=8)
def shared_sites(folders: tuple[Path, ...] = ()) -> Sites:
    """:func:`load_sites`, read once a process."""
    return load_sites(folders)


def _read_site(path: Path, folders: tuple[Path, ...], faults: list[Fault]) -> Site | None:
    reader = Reader(path, faults)
    before = len(faults)
    stem = path.stem
    if not _STEM.match(stem):
        reader.fault(1, _("the name of a site rule is small letters, digits and '-'"))
    root = reader.root()
    if root is None:
        if len(faults) == before:
            reader.fault(1, _("an empty site rule"))
        return None
    got: dict[str, Any] = {}
    address: yaml.Node | None = None
    for key, _at, node in reader.items(root, SITE_KEYS, stem):
        what = f"{stem}.{key}"
        if key == "hosts":
            got[key] = tuple(
                h for h in (_host(reader, n) for n in reader.sequence(node, what)) if h
            )
        elif key in ("start", "feeds", "sitemaps"):
            urls = [_url(reader, one, what) for one in reader.sequence(node, what)]
            got[key] = tuple(url for url in urls if url)
        elif key == "delay":
            got[key] = _between(reader, node, what, 0, 3_600)
        elif key == "confidence":
            got[key] = _between(reader, node, what, 0, 1)
        elif key == "charset":
            got[key] = reader.text(node, what)
        elif key == "address":
            address = node
            got.update(_address(reader, node, what))
        elif key == "signs":
            got[key] = _patterns(reader, node, what)
        elif key == "layouts":
            layouts = [_layout(reader, one, stem) for one in reader.sequence(node, what)]
            got[key] = tuple(one for one in layouts if one is not None)
        elif key == "api":
            got[key] = _api(reader, node, what)
    for key in ("layouts", "address") if got.get("hosts") else ("layouts",):
        if not got.get(key) and not (key == "address" and got.get("article")):
            reader.fault(1, _("{stem}: '{key}' is missing").format(stem=stem, key=key))
    if not got.get("hosts") and not got.get("signs"):
        reader.fault(
            1, _("{stem}: 'hosts' are missing (or 'signs', for a system)").format(stem=stem)
        )
    got = {key: value for key, value in got.items() if value is not None}
    site = Site(id=stem, path=path, line=1, folders=folders, **got)
    _check_start(reader, root, site)
    if address is not None and len(faults) == before:
        _check_examples(reader, address, site)
    return site if len(faults) == before else None


def _layout(reader: Reader, node: yaml.Node, stem: str) -> Layout | None:
    line = node.start_mark.line + 1
    got: dict[str, Any] = {}
    for key, _at, value in reader.items(node, LAYOUT_KEYS, f"{stem}.layouts"):
        what = f"{stem}.layouts.{key}"
        if key in SELECTORS:
            got[key] = _selectors(reader, value, what)
        elif key in ("valid_from", "valid_until"):
            text = reader.plain(value)
            try:
                got[key] = date.fromisoformat(str(text)).isoformat()
            except ValueError:
                said = _("{what}: '{text}' is no date like 2024-05-02")
                reader.fault(value, said.format(what=what, text=text))
        elif key == "id":
            got[key] = reader.text(value, what)
    if not isinstance(node, yaml.MappingNode):
        return None
    for key in ("title", "body"):
        if not got.get(key):
            said = _("{stem}: a layout needs '{key}'")
            reader.fault(line, said.format(stem=stem, key=key))
    if got.get("valid_from", "") > got.get("valid_until", "9"):
        reader.fault(line, _("{stem}: valid_from is after valid_until").format(stem=stem))
    got["id"] = got.get("id") or f"line-{line}"
    return Layout(path=reader.path, line=line, **got)


def _selectors(reader: Reader, node: yaml.Node, what: str) -> tuple[Selector, ...]:
    """The alternatives of one part: a list of selectors, or a single one."""
    nodes = [node] if isinstance(node, yaml.ScalarNode) else reader.sequence(node, what)
    found = []
    for one in nodes:
        source = reader.text(one, what)
        if source is None:
            continue
        try:
            found.append(compile_selector(source, one.start_mark.line + 1))
        except SelectorFault as fault:
            reader.fault(one, f"{what}: {fault}")
    if not nodes:
        reader.fault(node, _("{what}: no selector; leave the key out").format(what=what))
    return tuple(found)


def _address(reader: Reader, node: yaml.Node, what: str) -> dict[str, Any]:
    got: dict[str, Any] = {}
    for key, _at, value in reader.items(node, ADDRESS_KEYS, what):
        name = f"{what}.{key}"
        if key in ("article", "listing", "ignore"):
            got[key] = _patterns(reader, value, name)
        elif key == "number":
            found = _patterns(reader, value, name)
            if found and found[0].groups != 1:
                reader.fault(
                    value, _("{what}: one group must stand round the number").format(what=name)
                )
            got[key] = found[0] if found else None
        elif key == "query":
            names = [reader.text(one, name) for one in reader.sequence(value, name)]
            got[key] = frozenset(one for one in names if one)
        elif key == "scheme":
            scheme = reader.text(value, name)
            if scheme is not None and scheme not in _SCHEMES:
                said = _("{what}: '{text}' is neither https nor http")
                reader.fault(value, said.format(what=name, text=scheme))
            got[key] = scheme
    return got


def _patterns(reader: Reader, node: yaml.Node, what: str) -> tuple[Pattern, ...]:
    nodes = [node] if isinstance(node, yaml.ScalarNode) else reader.sequence(node, what)
    found = []
    for one in nodes:
        source = reader.text(one, what)
        if source is None:
            continue
        try:
            found.append(compile_pattern(source, {}))
        except PatternFault as fault:
            reader.fault(one, f"{what}: {fault}")
    return tuple(found)


def _api(reader: Reader, node: yaml.Node, what: str) -> Api | None:
    got: dict[str, Any] = {"article": None, "tested": False}
    for key, _at, value in reader.items(node, API_KEYS, what):
        name = f"{what}.{key}"
        if key in ("listing", "article"):
            got[key] = _url(reader, value, name)
        elif key == "fields":
            pairs = reader.items(value, API_FIELDS, name)
            got[key] = {k: text for k, _at, n in pairs if (text := reader.text(n, f"{name}.{k}"))}
        elif key == "tested":
            got[key] = reader.plain(value) is True
        else:
            got["page_field" if key == "page" else "id_field" if key == "id" else key] = (
                reader.text(value, name)
            )
    missing = [
        k for k in ("listing", "page_field", "items", "id_field", "fields") if not got.get(k)
    ]
    if missing:
        names = ", ".join(k.removesuffix("_field") for k in missing)
        reader.fault(node, _("{what}: '{names}' missing").format(what=what, names=names))
        return None
    got["fields"] = MappingProxyType(got["fields"])
    return Api(**got)


def _host(reader: Reader, node: yaml.Node) -> str | None:
    text = reader.text(node, "hosts")
    if text is None:
        return None
    host = text.strip().lower().removeprefix("www.")
    if not _HOST.match(host):
        said = _("hosts: '{text}' is no name of a host, such as dinas.contoh.go.id")
        reader.fault(node, said.format(text=text))
        return None
    return host


def _url(reader: Reader, node: yaml.Node, what: str) -> str | None:
    text = reader.text(node, what)
    if text is None:
        return None
    if absolute(text, text) is None:
        said = _("{what}: '{text}' is no address that begins with https:// or http://")
        reader.fault(node, said.format(what=what, text=text))
        return None
    return text


def _between(reader: Reader, node: yaml.Node, what: str, least: float, most: float) -> float | None:
    number = reader.number(node, what)
    if number is not None and not least <= number <= most:
        said = _("{what}: {number:g} is not between {least:g} and {most:g}")
        reader.fault(node, said.format(what=what, number=number, least=least, most=most))
        return None
    return number


def _check_start(reader: Reader, root: yaml.MappingNode, site: Site) -> None:
    """Start pages, feeds and sitemaps lie on the site's own hosts."""
    for key_node, value in root.value:
        key = getattr(key_node, "value", "")
        if key in ("start", "feeds", "sitemaps") and isinstance(value, yaml.SequenceNode):
            for one in value.value:
                host = host_of(str(one.value))
                if site.hosts and host and not site.has_host(host):
                    said = _("{key}: host '{host}' is none of the site's{hint}")
                    hint = suggest(host, site.hosts)
                    reader.fault(one, said.format(key=key, host=host, hint=hint))


def _check_examples(reader: Reader, address: yaml.Node, site: Site) -> None:
    """Each example of an address has the key and the kind it names."""
    node = next(
        (v for k, _at, v in reader.items(address, None, "address") if k == "examples"), None
    )
    for one in reader.sequence(node, "examples") if node is not None else ():
        told = {k: reader.text(v, k) for k, _at, v in reader.items(one, EXAMPLE_KEYS, "examples")}
        url = told.get("url")
        if url is None:
            reader.fault(one, _("examples: an example needs a url"))
            continue
        site_there = site.at(url) if site.generic else site
        if not in_scope(url, site_there):  # the rule was laid over another host
            continue
        if told.get("key") and canonical(url, site_there) != told["key"]:
            said = _("examples: the key of {url} is {got}, not {key}")
            reader.fault(one, said.format(url=url, got=canonical(url, site_there), key=told["key"]))
        if (kind := told.get("kind")) is not None:
            if kind not in _KINDS:
                hint = suggest(kind, _KINDS)
                reader.fault(
                    one, _("examples: unknown kind '{kind}'{hint}").format(kind=kind, hint=hint)
                )
            elif (kind_of(url, site_there) or "none") != kind:
                got = kind_of(url, site_there) or "none"
                said = _("examples: {url} is of kind {got}, not {kind}")
                reader.fault(one, said.format(url=url, got=got, kind=kind))
