"""Verbs of saying in all their forms, built from roots and affixes of ``rules/quotes.yaml``."""

from dataclasses import dataclass

from extractor.rulebook import RuleFile

# Slips are looked for in words of so many letters, and in so many first ones.
_LONG, _PREFIX = 8, 4


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a verb of saying.

    ``voice`` is bare (kata), owned (katanya), active (mengatakan) or passive (dikatakan), ``owned``
    whether it names its speaker by -nya (katanya, dikatakannya). ``strength`` is strong where what
    follows is what was said, weak where it may be a thing as well, tag where the verb stands beside
    quotations only.
    """

    voice: str
    strength: str
    owned: bool = False


class SpeechVerbs:
    """The forms of all roots, and slips of the hand (meyampaikan, menjelasakn, bergharap)."""

    def __init__(self, rules: RuleFile) -> None:
        self._nasal = rules.words["nasal"]
        self._with_nasal = frozenset(rules.words["with_nasal"])
        self._passive = rules.words["passive"]
        self._owner = rules.surfaces("owner")
        self._active = tuple(rules.surfaces("active_prefix"))
        self._longest = max(map(len, self._nasal))
        self._forms: dict[str, Form] = {}
        self._suffixed: set[str] = set()
        lists = (("tag_root", "tag"), ("weak_root", "weak"), ("speech_root", "strong"))
        for name, strength in lists:
            for root, affixes in rules.words[name].items():
                for affix in affixes.split():
                    self._add(root, affix, strength)
        for word in rules.words["stance"]:
            self._forms[word] = Form("active", "strong")
        self._slips = self._misspelt()

    def form(self, lower: str) -> Form | None:
        """The form a word (in small letters) is, None where it is no verb of saying."""
        form = self._forms.get(lower)
        if form is None and len(lower) >= _LONG and lower.startswith(self._active):
            form = self._slips.get(lower) or self._one_too_many(lower)
        return form

    def suffixed(self, lower: str) -> bool:
        """Whether a bare verb has its suffix (tegaskan), or is none but for its prefix (tegas)."""
        return lower in self._suffixed

    def owned(self, lower: str) -> bool:
        """Whether a word ends in -nya and is long enough to be a verb with it."""
        return any(lower.endswith(end) and len(lower) > len(end) + 2 for end in self._owner)

    def _misspelt(self) -> dict[str, Form]:
        """The long active forms with two letters swapped, or one of an affix left out."""
        slips: dict[str, Form] = {}
        for word, form in self._forms.items():
            if not self._long_active(word, form):
                continue
            for at in range(1, len(word) - 1):
                swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
                slips.setdefault(swapped, form)
            for at in (*range(1, _PREFIX), len(word) - 1):
                slips.setdefault(word[:at] + word[at + 1 :], form)
        return {slip: form for slip, form in slips.items() if slip not in self._forms}

    def _one_too_many(self, lower: str) -> Form | None:
        """The long active form that a word is without one of its letters."""
        for at in range(1, len(lower) - 1):
            meant = lower[:at] + lower[at + 1 :]
            form = self._forms.get(meant)
            if form is not None and self._long_active(meant, form):
                return form
        return None

    def _long_active(self, word: str, form: Form) -> bool:
        told = form.voice == "active" and form.strength != "tag"
        return told and len(word) >= _LONG and word.startswith(self._active)

    def _add(self, root: str, affix: str, strength: str) -> None:
        prefix, _, suffix = affix.partition("-")
        stem = root + suffix
        if suffix:
            self._suffixed.add(stem)
        for bare in (root, stem):
            self._forms.setdefault(bare, Form("bare", strength))
            for owner in self._owner:
                self._forms[bare + owner] = Form("owned", strength, True)
        active = self._joined(root) + suffix if prefix in self._with_nasal else prefix + stem
        self._forms[active] = Form("active", strength)
        if prefix in self._passive:
            passive = self._passive[prefix] + stem
            self._forms[passive] = Form("passive", strength)
            for owner in self._owner:
                self._forms[passive + owner] = Form("passive", strength, True)

    def _joined(self, root: str) -> str:
        """The root with me-: mengatakan, menuturkan, menyebut, memaparkan."""
        for length in range(min(self._longest, len(root)), 0, -1):
            prefix = self._nasal.get(root[:length])
            if prefix is not None:
                return prefix[:-1] + root[length:] if prefix.endswith("-") else prefix + root
        return root
