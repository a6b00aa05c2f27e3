"""The words by which sentences, duties, references and empowerments are told, for each language; and the names of actors.

They are data: `provisions.en.toml`, `provisions.nl.toml` and `actors.toml`.

A pattern is a regular expression, tried in either case. Every modality and every grant has an example and a counter-example,
which tests hold it to.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args

import tomli
from attrs import evolve, field, frozen

from consistent.documents.document import Span
from consistent.documents.words.languages import SHIPPED_LANGUAGES, shipped_words
from consistent.documents.words.phrases import Phrase, WordFinder, compiled

__all__ = [
    "ACTORS",
    "MODALITIES",
    "GrantCue",
    "Look",
    "Modality",
    "ModalityCue",
    "Names",
    "Party",
    "ProvisionWords",
    "QuotationCue",
    "Turn",
    "named",
    "numbered",
    "small_words",
    "words_of",
]

# Names of who can be bound, or can act: the only list of them. Drafting reads the file as its cues for actors.
ACTORS = Path(__file__).with_name("actors.toml")


@frozen
class Party:
    """Someone who can be bound, or can act.

    Attributes:
        name: a term for actors, the same in all languages: `commission`, `member-states`.
        span: of the words.
        cue: the id of the cue that has the name.
    """

    name: str
    span: Span
    cue: str = ""


@frozen(eq=False)
class Names:
    """Finds names.

    Attributes:
        pattern: of the names that stand as they are; its last group that matched tells which of `terms` it is.
        terms: the term and cue of each group.
        heads: of a noun that makes a name with the words before it, as `operators` in `offshore wind operators`; alike.
        head_terms: the term and cue of each group of `heads`.
        small: a word that no such name goes over: `of`, `that`.
        ends_at_head: whether a name ends with its first such noun, as where nouns are written together.
        double: how the second words of nouns of two words begin, in small letters.
        begins: how the names of `pattern` begin, in small letters.
        in_heads: finds the words of which every noun of `heads` has one; None where some have none.
    """

    pattern: re.Pattern[str]
    terms: Sequence[tuple[str, str]]
    heads: re.Pattern[str] = re.compile(r"(?!)")
    head_terms: Sequence[tuple[str, str]] = ()
    small: re.Pattern[str] = re.compile(r"(?!)")
    ends_at_head: bool = False
    double: tuple[str, ...] = ()
    begins: tuple[str, ...] = ("",)
    in_heads: WordFinder | None = None
    _known: dict[str, tuple[str, str] | None] = field(factory=dict, init=False, repr=False)
    _beginnings: dict[str, bool] = field(factory=dict, init=False, repr=False)

    def party(self, match: re.Match[str]) -> Party:
        """What a match of `pattern` names."""
        term, cue = self.terms[(match.lastindex or 1) - 1]
        return Party(term, Span(*match.span()), cue)

    def at(self, text: str, start: int, end: int) -> Party | None:
        """Who is named from a place on; None where nobody is.

        Args:
            text: of the document.
            start: of the name.
            end: that it cannot reach beyond.
        """
        match = self.pattern.match(text, start, end)
        if match is not None:
            word = _RUN.match(text, start, end)
            following = self._named_by(text, word, end) if word is not None and word[0] == match[0] else None
            return self.party(match) if following is None else evolve(following, span=Span(start, following.span.end))
        found: Party | None = None
        at, before = start, ""
        for word in islice(_RUN.finditer(text, start, end), _LONGEST_NAME):
            # Another mark than a blank, or a small word, ends a name.
            if text[at : word.start()].strip() or self.small.fullmatch(word[0].lower()):
                break
            head = self._of_two(before, word[0]) or self._head(word[0])
            if head is not None:
                following = self._named_by(text, word, end)
                if following is not None:
                    return evolve(following, span=Span(start, following.span.end))
                found = Party(head[0], Span(start, word.end()), head[1])
                if self.ends_at_head and not word[0].endswith("e"):
                    break
            at, before = word.end(), word[0]
        return found

    def and_also(self, phrases: Iterable[tuple[Phrase, str, str]]) -> "Names":
        """These names, and before them others."""
        more = _ranked(phrases)
        pattern = "|".join((*(f"({phrase.source})" for phrase, _, _ in more), self.pattern.pattern))
        return evolve(
            self,
            pattern=re.compile(pattern),
            terms=(*((term, cue) for _, term, cue in more), *self.terms),
            begins=(*self.begins, *_beginnings(more)),
        )

    def within(self, text: str, span: Span) -> Iterator[Party]:
        """Whoever is named anywhere in a stretch, by a name or by a noun alone, in its order."""
        past = span.start
        for word in _RUN.finditer(text, span.start, span.end):
            if word.start() < past:
                continue
            match = self.pattern.match(text, word.start(), span.end) if self._may_begin(word[0]) else None
            if match is not None and match[0] == word[0] and self._named_by(text, word, span.end) is not None:
                continue
            if match is not None:
                past = match.end()
                yield self.party(match)
                continue
            following = _NEXT.match(text, word.end(), span.end)
            head, end = (self._of_two(word[0], following[1]), following.end()) if following else (None, word.end())
            if head is None:
                head, end = self._head(word[0]), word.end()
            if head is not None and self._named_by(text, word, span.end) is None:
                past = end
                yield Party(head[0], Span(word.start(), end), head[1])

    def _named_by(self, text: str, noun: re.Match[str], end: int) -> Party | None:
        """The name that a noun goes with: `beneficiary` says which Member State is meant in `the beneficiary Member State`.

        One in the plural does not: `the operators Member States designate`. Of nouns that are written together only one that is
        inflected like an adjective does: `de begunstigde lidstaat`.
        """
        if not noun[0].endswith("e") if self.ends_at_head else noun[0].endswith("s"):
            return None
        if text[noun.end() : noun.end() + 1] != " ":
            return None
        match = self.pattern.match(text, noun.end() + 1, end)
        if match is not None and (self.ends_at_head or match[0][:1].isupper()):
            return self.party(match)
        return None

    def _may_begin(self, word: str) -> bool:
        """Whether a name may begin with a word: a cheap look before the real one."""
        known = self._beginnings.get(word)
        if known is None:
            known = self._beginnings[word] = word.lower().startswith(self.begins)
        return known

    def _of_two(self, before: str, word: str) -> tuple[str, str] | None:
        """The term and cue of a noun of two words."""
        return self._head(f"{before} {word}") if before and word.lower().startswith(self.double) else None

    def _head(self, noun: str) -> tuple[str, str] | None:
        """The term and cue of a noun, or of a noun of two words."""
        if noun not in self._known:
            # A sentence may begin with it, also where it is the end of a compound.
            likely = self.in_heads is None or self.in_heads.there(noun.lower())
            match = self.heads.fullmatch(noun) if likely else None
            if likely and match is None and noun[:1].isupper():
                match = self.heads.fullmatch(noun[:1].lower() + noun[1:])
            self._known[noun] = self.head_terms[(match.lastindex or 1) - 1] if match else None
        return self._known[noun]


_RUN = re.compile(r"[^\W\d_][\w'\u2019/-]*")
_NEXT = re.compile(rf" ({_RUN.pattern})")
# In words.
_LONGEST_NAME = 7


def named(
    phrases: Iterable[tuple[Phrase, str, str]],
    heads: Iterable[tuple[Phrase, str, str]] = (),
    small: str = "(?!)",
    *,
    ends_at_head: bool = False,
) -> Names:
    """Finds phrases, each with the term and cue that it stands for.

    Args:
        phrases: that are names as they stand.
        heads: nouns that make a name with the words before them.
        small: a pattern of the words that no such name goes over.
        ends_at_head: whether a name ends with its first such noun.
    """
    ordered, nouns = _ranked(phrases), _ranked(heads)
    return Names(
        re.compile("|".join(f"({phrase.source})" for phrase, _, _ in ordered) or "(?!)"),
        tuple((term, cue) for _, term, cue in ordered),
        re.compile("|".join(f"({phrase.source})" for phrase, _, _ in nouns) or "(?!)"),
        tuple((term, cue) for _, term, cue in nouns),
        re.compile(small),
        ends_at_head,
        tuple({phrase.text.split()[-1].strip("*").lower() for phrase, _, _ in nouns if " " in phrase.text}),
        _beginnings(ordered),
        WordFinder(phrase for phrase, _, _ in nouns) if all(phrase.words for phrase, _, _ in nouns) else None,
    )


def _beginnings(phrases: Iterable[tuple[Phrase, str, str]]) -> tuple[str, ...]:
    """How phrases begin, in small letters; where one can begin with anything, the empty one is among them."""
    return tuple(dict.fromkeys(begins for phrase, _, _ in phrases for begins in phrase.begins or ("",)))


def _ranked(phrases: Iterable[tuple[Phrase, str, str]]) -> list[tuple[Phrase, str, str]]:
    listed = list(phrases)
    closed = {phrase.text for phrase, _, _ in listed if not _ANY_WORD.search(phrase.text)}
    return sorted(listed, key=lambda named_phrase: _rank(named_phrase[0].text, closed))


def _rank(phrase: str, closed: Collection[str]) -> tuple[bool, int]:
    """Longer phrases first, those in which a whole word is open last, but where they go on from one of the others.

    `European Council for *` is another body than the European Council, which it begins with.
    """
    is_open = _ANY_WORD.search(phrase) is not None and not any(phrase.startswith(f"{name} ") for name in closed)
    return is_open, -len(phrase.replace("(", "").replace("|)", ""))


_ANY_WORD = re.compile(r"(?<!\w)\*(?!\w)")


def numbered(terms: Iterable[str], field: str) -> Iterator[str]:
    """The ids of the cues for these terms: `effects/sanction`, with a number from the second cue of a term on."""
    seen: dict[str, int] = {}
    for term in terms:
        seen[term] = seen.get(term, 0) + 1
        yield f"{field}/{term}" + (f"/{seen[term]}" if seen[term] > 1 else "")


def names_in(language: str, small: str, *, ends_at_head: bool = False) -> Names:
    """The names of actors in a language, from `ACTORS`.

    Args:
        language: two letters.
        small: a pattern of the words that no name goes over.
        ends_at_head: whether a name ends with its first noun that makes one.
    """
    cues: Sequence[Mapping[str, Any]] = tomli.loads(ACTORS.read_text("utf-8"))["cue"]
    ids = [
        (cue, id)
        for cue, id in zip(cues, numbered((cue["term"] for cue in cues), "actors"), strict=True)
        if cue.get("where", "text") == "text"
    ]
    return named(
        ((compiled(phrase, {}), cue["term"], id) for cue, id in ids for phrase in cue.get(language, ())),
        (
            (compiled(phrase, {}), cue["term"], id)
            for cue, id in ids
            for phrase in cue.get("head", {}).get(language, ())
        ),
        small,
        ends_at_head=ends_at_head,
    )


def small_words(language: str) -> str:
    """A pattern of the words that no name goes over, as `of` and `that`."""
    return _any(tomli.loads(shipped_words("provisions", language))["names"]["small"])


Look = Literal["essential", "non-essential", "unclear"]
Modality = Literal[
    "shall", "shall-not", "may", "may-only", "should", "empowered", "definition", "declaratory",
    "will", "promised", "needed", "calls", "called", "tells",
]  # fmt: skip
# From the strongest of duties to what only says how things are; those from `will` on in documents of policy only.
MODALITIES: tuple[Modality, ...] = get_args(Modality)


@frozen(kw_only=True)
class ModalityCue:
    """What tells a modality. `counter_example`: a sentence that has the words, or most of them, in another sense."""

    kind: Modality
    pattern: re.Pattern[str]
    example: str
    counter_example: str


@frozen(kw_only=True)
class Turn:
    """What a finite verb lays down with certain words beside it.

    Attributes:
        verb: it.
        said: the words that the rest of its clause has.
        kind: what that lays down.
        denied: where the verb is denied.
        only: where something may only be.
    """

    verb: re.Pattern[str]
    said: re.Pattern[str]
    kind: Modality
    denied: Modality
    only: Modality


@frozen(kw_only=True)
class GrantCue:
    """What tells that a sentence provides for an act.

    Attributes:
        kind: of act that it is, whatever the words call it; empty where they tell.
        needs_duty: whether the sentence must lay down a duty or a power too.
        afresh: whether it provides for an act even where the words around the act speak of something said before.
    """

    kind: Literal["", "delegated", "implementing"]
    pattern: re.Pattern[str]
    needs_duty: bool
    afresh: bool
    example: str
    counter_example: str


@frozen(kw_only=True)
class QuotationCue:
    """What tells a passage that a reader needs.

    Attributes:
        about: what it speaks of.
        within: where it can stand: `article`, `memorandum`, `financial-statement`.
        pattern: words of the sentence.
        heading: of its article, or of the section of the memorandum; None where any will do.
        most: so many are quoted.
    """

    about: str
    within: tuple[str, ...]
    pattern: re.Pattern[str]
    heading: re.Pattern[str] | None
    most: int


@frozen(kw_only=True, eq=False)
class ProvisionWords:
    """The words of one language.

    Attributes:
        code: two letters.
        verb_second: whether the verb of a main clause stands second and the rest of it last, as in Dutch.
        sentences: lists of words, by what they do in a sentence.
        patterns: single patterns, by table and key: `exercise.tacit`.
        modalities: of sentences of acts, in the order in which they are tried.
        policy: of sentences of documents of policy: what their authors will do, and others should.
        turns: what finite verbs lay down, in the order in which they are tried; where the verb stands second only.
        names: of who can be bound, or can act.
        references: what the parts of acts are called.
        grants: what tells an empowerment.
        essence: how an empowerment looks, by a cue; in the order in which they are tried.
        pronouns: that stand for a party, by their number.
        holders: the parties that acts can be delegated to.
        national: the parties that decide for a Member State.
        numbers: words for numbers.
        ordinals: words for the place in a row.
        time_units: the unit of a period of time: `day`, `month`, `year`.
        quotations: what tells passages that a reader needs.
        time_limits: what must be done by a day, by what tells it; in the order in which they are tried.
        units: the length of a period of time in months.
    """

    code: str
    verb_second: bool
    sentences: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, re.Pattern[str]]
    modalities: tuple[ModalityCue, ...]
    policy: tuple[ModalityCue, ...]
    turns: tuple[Turn, ...]
    names: Names
    references: Mapping[str, Any]
    grants: tuple[GrantCue, ...]
    essence: tuple[tuple[Look, re.Pattern[str]], ...]
    pronouns: Mapping[str, tuple[str, ...]]
    holders: tuple[str, ...]
    national: tuple[str, ...]
    numbers: Mapping[str, int]
    units: Mapping[str, int]
    ordinals: Mapping[str, int]
    time_units: Mapping[str, Any]
    time_limits: tuple[tuple[str, re.Pattern[str]], ...]
    quotations: tuple[QuotationCue, ...]


@cache
def words_of(language: str) -> ProvisionWords | None:
    """The words of a language by its code; None for one that is not read."""
    if language not in SHIPPED_LANGUAGES:
        return None
    return _words_from(tomli.loads(shipped_words("provisions", language)))


def _words_from(data: Mapping[str, Any]) -> ProvisionWords:
    empowerments, exercise, time = data["empowerments"], data["exercise"], data["time"]
    events = "|".join(f"(?P<e_{name.replace('-', '_')}>{pattern})" for name, pattern in time["events"].items())
    acts = {kind: _any(data["acts"][kind]) for kind in ("delegated", "implementing")}
    act = f"(?P<act>(?P<delegated>{acts['delegated']})|(?P<implementing>{acts['implementing']}))"
    return ProvisionWords(
        code=data["code"],
        verb_second=data["sentences"]["verb_second"],
        sentences={key: tuple(words) for key, words in data["sentences"].items() if isinstance(words, list)},
        patterns={
            "agent": _compiled(rf"\b{data['sentences']['agent']}\s"),
            "passive": _compiled(data["sentences"]["passive"]),
            "leading": _beginning([*data["sentences"]["leading"], *data["sentences"]["clausal"]]),
            "clausal": _beginning(data["sentences"]["clausal"]),
            "relative": _compiled(rf"(?<!^)(?<!^[\"'\u2018\u201c])\b{_any(data['sentences']['relative'])}\b"),
            "bound-aside": _compiled(data["sentences"]["bound_aside"]),
            "circumstances": _compiled(
                rf",?\s\b{_any(data['sentences']['circumstances'])}\b|[;:]|[.][\"'\u2019\u201d]*[;.]?\Z"
            ),
            "between": _compiled(rf"\s*{_any(data['sentences']['between'])}\b"),
            "duty-to-ensure": _compiled(data["sentences"]["purpose_of_duty"]),
            "ensured-passive": _compiled(data["sentences"]["ensured_passive"]),
            "before-name": _compiled(rf"\s*(?:{_any(data['names']['before'])}\b,?\s+)*"),
            "after-name": re.compile(rf"\s+{_any(data['names']['after'])}\b"),
            "things": _compiled(rf"\b{_any(data['names']['things'])}\b"),
            "role": _compiled(
                rf"\s*(?:[\w\u2019'-]+\s+){{0,4}}?(?!{_any(data['names']['no_roles'])}\b){_any(data['names']['roles'])}"
                rf"(?=\s*(?:\Z|[,(]|{_any(data['names']['small'])}\b))"
            ),
            "everybody": _compiled(data["names"]["everybody"]),
            "plural": _compiled(data["names"]["plural"]),
            "joint": re.compile(rf"\s*(?:,\s+)?{_any(data['names']['joints'])}\s+|\s*,\s+"),
            # A duty is nothing that the subject undergoes, although it reads like that.
            "idle": re.compile(
                rf"(?!(?:\w+\s+){{0,4}}?{_phrases(data['names']['bound'])})(?!{data['names'].get('possessive', '(?!)')})"
                rf"{_phrases(data['names']['idle'])}"
            ),
            "amending": _compiled(_any(data["amending"]["cues"])),
            "act": _compiled(rf"\b{act}\b"),
            "decision": _compiled(data["acts"]["decision"]),
            "regulation": _compiled(data["acts"]["regulation"]),
            "back-before": _compiled(rf"(?:\b{_any(empowerments['back_before'])})\s+\Z"),
            "back-sentence": _compiled(empowerments["back_sentence"]),
            "named-after": _compiled(empowerments["named_after"]),
            "decides": _compiled(empowerments["decides"]),
            "denied": _compiled(rf"(?:{empowerments['denied'].replace('{act}', act)})\Z"),
            "in-accordance": _compiled(empowerments["in_accordance"]),
            "definite": _compiled(rf"\b(?:{empowerments['definite']})\s+\Z"),
            "back-after": _compiled(rf"\s*,?\s*(?:{empowerments['back_after']})"),
            **{f"procedures.{key}": _compiled(pattern) for key, pattern in empowerments["procedures"].items()},
            **{f"effects.{key}": _compiled(pattern) for key, pattern in empowerments["effects"].items()},
            **{f"exercise.{key}": _compiled(pattern) for key, pattern in exercise.items() if isinstance(pattern, str)},
            **{
                f"time.{key}": _compiled(pattern.replace("{event}", f"(?:{events})"))
                for key, pattern in time.items()
                if isinstance(pattern, str)
            },
            **{f"overruling.{key}": _compiled(pattern) for key, pattern in data["overruling"].items()},
            "elsewhere": _compiled(data["references"]["elsewhere"]),
            "exercise.headings": _compiled(_any(exercise["headings"])),
            "committee.headings": _compiled(_any(data["committee"]["headings"])),
            "committee.sentence": _compiled(data["committee"]["sentence"]),
            **{f"descriptive.{kind}": _compiled(_any(forms)) for kind, forms in data["descriptive"].items()},
            **{f"policy.{key}": _compiled(data["policy_words"][key]) for key in ("actions", "itself", "along")},
            "means": _compiled(data["definitions"]["means"]),
            "definitions.headings": _compiled(_any(data["definitions"]["headings"])),
            **_clauses(data.get("clauses", {}), data["sentences"]["verbs"]),
        },
        modalities=_modalities(data["modalities"], {"verbs": data["sentences"]["verbs"]}),
        policy=_modalities(data["policy"], data["policy_words"]),
        turns=tuple(
            Turn(
                verb=_compiled(turn["verb"]),
                said=_compiled(turn["said"]),
                kind=turn["kind"],
                denied=turn["denied"],
                only=turn.get("only", turn["kind"]),
            )
            for turn in data.get("turns", ())
        ),
        # Where nouns are written together as in Dutch, a verb can follow the first.
        names=names_in(data["code"], _any(data["names"]["small"]), ends_at_head=data["sentences"]["verb_second"]),
        references=data["references"],
        grants=tuple(
            GrantCue(
                kind=grant.get("kind", ""),
                pattern=_compiled(grant["pattern"].replace("{act}", act)),
                needs_duty=grant.get("needs_duty", False),
                afresh=grant.get("afresh", False),
                example=grant["example"],
                counter_example=grant["counter_example"],
            )
            for grant in empowerments["grants"]
        ),
        essence=tuple((cue["look"], _compiled(cue["pattern"])) for cue in empowerments["essence"]),
        pronouns={number: tuple(forms) for number, forms in data["names"]["pronouns"].items()},
        holders=tuple(empowerments["holders"]),
        national=tuple(empowerments["national"]),
        numbers=exercise["numbers"],
        units=exercise["units"],
        ordinals=time["ordinals"],
        time_units=time["units"],
        time_limits=tuple((cue["kind"], _compiled(cue["pattern"])) for cue in time["kinds"]),
        quotations=tuple(
            QuotationCue(
                about=cue["about"],
                within=tuple(cue["within"]),
                pattern=_compiled(cue["pattern"]),
                heading=_compiled(cue["heading"]) if "heading" in cue else None,
                most=cue.get("most", 3),
            )
            for cue in data["quotations"]
        ),
    )


def _modalities(data: Iterable[Mapping[str, Any]], lists: Mapping[str, Any]) -> tuple[ModalityCue, ...]:
    """The modalities of a table, in its order; `{verbs}` in a pattern stands for the list of that name."""

    def filled(pattern: str) -> str:
        for name, words in lists.items():
            pattern = pattern.replace(f"{{{name}}}", "|".join(words) if isinstance(words, list) else words)
        return pattern

    return tuple(
        ModalityCue(
            kind=cue["kind"],
            pattern=_compiled(filled(cue["pattern"])),
            example=cue["example"],
            counter_example=cue["counter_example"],
        )
        for cue in data
    )


def _clauses(data: Mapping[str, Any], verbs: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """What tells the main clause, by key; a list holds whole words."""
    forms = {key: value if isinstance(value, str) else rf"{_any(value)}\b" for key, value in data.items()}
    if forms:
        forms["finite"] = _any([*verbs, *data["modal"]])
    return {f"clauses.{key}": _compiled(form) for key, form in forms.items()}


def _phrases(forms: Iterable[str]) -> str:
    """Any of the phrases, in the language of cues."""
    return "(?:" + "|".join(compiled(form, {}).source for form in forms) + ")"


def _any(forms: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(forms, key=len, reverse=True)) + ")"


def _beginning(forms: Iterable[str]) -> re.Pattern[str]:
    """One of the words at the beginning of a sentence, marks before it aside."""
    return _compiled(rf"[\s\u2018\u201c\"'(]*{_any(forms)}\b")


# Letters or figures of any number, as `\w*` and `[a-z-]+`.
_ANY_NUMBER = re.compile(r"(\\w|\\d|\[(?:\\w|a-z)[^\[\]\\]*\])([*+])")
# No word and no number is longer. A text can hold a line without a blank, and is looked at from each letter on.
_LONGEST_WORD = 100


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the data, ready to be looked for; the words in it are bounded, so that time grows with the text."""
    bounded = _ANY_NUMBER.sub(lambda found: f"{found[1]}{{{int(found[2] == '+')},{_LONGEST_WORD}}}", pattern)
    return re.compile(bounded, re.IGNORECASE)
