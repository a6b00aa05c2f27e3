"""The JSON Schemas of the TOML files that people write: what the loader accepts they accept, and most faults they catch."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli
import tomlkit
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from consistent import load
from consistent.authoring import accepted as files
from consistent.authoring.proposal_text import toml
from consistent.authoring.schemas._written import CITATION, DATE, NOT_REFERENCE, SOURCE
from consistent.authoring.schemas.catalogue import ENDING, FILES, render, schema_for, schemas_of
from consistent.checker import KnowledgeBase
from consistent.cli import main
from consistent.errors import ConsistentError, InputError, UsageError
from consistent.model.proposal import Proposal
from consistent.rules.reading import ConditionReader
from consistent.sources import is_citation, parse_citation, parse_source
from consistent.toml.proposals import ProposalReader
from consistent.toml.tomlfile import TomlFile
from consistent.toml.waivers import read_waivers
from tests.properties.random_packs import CONCEPTS, conditions, knowledge, make_concepts, proposals
from tests.small_pack import write_pack

ROOT = Path(__file__).parents[1]
PACKS = ("treaties", "nl-22112-4027")
NAMED = {f"{name}.toml": name for name in ("guarantees", "kinds", "lint", "mutants", "pack", "positions", "principles")}


def plain(data: Any) -> Any:
    """TOML data as a language server hands it to a validator: dates as text."""
    if isinstance(data, Mapping):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data


def faults(schema: Mapping[str, Any], text: str) -> list[str]:
    """What a schema has against a TOML text, with the place of each."""
    found = Draft7Validator(schema).iter_errors(plain(tomli.loads(text)))
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in found]


@cache
def shipped(pack: str, name: str) -> Mapping[str, Any]:
    """A schema of a pack that ships, as it is written to a file."""
    schema: Mapping[str, Any] = json.loads(render(schema_for(name, _shipped_pack(pack))))
    return schema


@cache
def _shipped_pack(pack: str) -> KnowledgeBase:
    return load(pack)


def files_of(pack: str) -> Iterator[tuple[str, Path]]:
    """Every TOML file of a pack that ships, with the schemas that it must pass."""
    yield from (("rule", path) for path in (ROOT / "rules" / pack).rglob("*.toml"))
    for path in (ROOT / "facts" / pack).rglob("*.toml"):
        if path.parent.name == "vocabulary":
            yield "vocabulary", path
        elif path.parent.name == "concepts":
            yield "concept", path
        elif path.name in NAMED:
            yield NAMED[path.name], path
        else:
            yield "facts", path
            yield f"facts.{tomli.loads(path.read_text('utf-8'))['kind']}", path


class TestShipped:
    """The files that ship, and the schemas that are made of them."""

    @pytest.mark.parametrize("pack", PACKS)
    def test_files_of_packs(self, pack: str) -> None:
        """Every rule, fact and other file of the packs passes the schema for it."""
        found = {
            (str(path), name): faults(shipped(pack, name), path.read_text("utf-8")) for name, path in files_of(pack)
        }
        assert len(found) > 100
        assert {place: said for place, said in found.items() if said} == {}

    @pytest.mark.parametrize(("name", "folder"), [("proposal", "proposals"), ("golden", "tests/golden")])
    def test_proposals_and_goldens(self, name: str, folder: str) -> None:
        """Every proposal and every golden file passes."""
        paths = sorted((ROOT / folder).glob("*.toml"))
        assert len(paths) > 10
        found = {path.name: faults(shipped("nl-22112-4027", name), path.read_text("utf-8")) for path in paths}
        assert {place: said for place, said in found.items() if said} == {}

    def test_valid(self) -> None:
        """Each schema is one of its dialect, has no reference that leads nowhere, and holds nothing that is not used."""
        for pack in PACKS:
            for name, schema in schemas_of(_shipped_pack(pack)):
                Draft7Validator.check_schema(schema)
                used = set(re.findall(r'"#/definitions/([^"]+)"', json.dumps(schema)))
                assert used == set(schema.get("definitions", {})), (pack, name)

    def test_terms(self) -> None:
        """Each term is there with its label and definition in both languages."""
        vocabulary = load("treaties").knowledge.vocabularies["bindingness"]
        held = shipped("treaties", "proposal")["definitions"]["term-bindingness"]
        assert held["enum"] == list(vocabulary.terms)
        said = dict(zip(held["enum"], held["x-taplo"]["docs"]["enumValues"], strict=True))
        for term in vocabulary.terms.values():
            parts = [
                term.label.en,
                term.label.nl,
                *([term.definition.en, term.definition.nl] if term.definition else []),
            ]
            assert all(part in said[term.id] for part in parts)

    def test_everything_is_described(self) -> None:
        """An editor has something to show for each key and each word, and it is not the same in both languages."""
        kb = load("treaties")
        for name in FILES:
            both = [schema_for(name, kb, [language]) for language in ("en", "nl")]
            said = [list(_described(schema, "")) for schema in both]
            assert len(said[0]) == len(said[1])
            assert [at for at, text in said[0] if not text] == [], name
            assert [text for _, text in said[0]] != [text for _, text in said[1]]


def _described(schema: Any, at: str) -> Iterator[tuple[str, str]]:
    """The description of each key of each table; empty where it has none."""
    if isinstance(schema, Mapping):
        for key, part in schema.get("properties", {}).items() if "additionalProperties" in schema else ():
            # The fields in a table of evidence or of hints are described where they stand themselves.
            if not at.endswith(("evidence", "Evidence", "hints")):
                yield f"{at}/{key}", part.get("description", "")
        for key, part in schema.items():
            yield from _described(part, f"{at}/{key}" if key != "properties" else at)
    elif isinstance(schema, list):
        for part in schema:
            yield from _described(part, at)


class TestPatterns:
    """Sources by pattern."""

    def test_of_packs(self) -> None:
        """Every source that the packs cite is one by the pattern, and cites what can be a basis by the other if it does."""
        kb = load("nl-22112-4027")
        cited = {source for rule in kb.rules for source in rule.sources}
        cited |= {source for facts in kb.knowledge.facts.values() for fact in facts for source in fact.sources}
        assert len(cited) > 200
        for source in cited:
            assert re.search(SOURCE, source), source
            assert bool(re.search(CITATION, source)) is is_citation(source), source

    @given(st.one_of(st.from_regex(CITATION), st.from_regex(SOURCE)), st.integers(0, 40))
    @example("EU K.3(2)(c)", 0)
    @example("TEU K.3", 0)
    @example("https://x.eu/a#b c", 0)
    @example("Kamerstuk 22112-4027 IND.P.6", 3)
    def test_agrees_with_the_reader(self, text: str, left_out: int) -> None:
        """What the pattern takes the reader takes, and the reverse: also where a letter is missing."""
        for variant in (text, text[:left_out] + text[left_out + 1 :]):
            # Before a last line break `$` stands too in Python.
            assume(not variant.endswith("\n") and variant.isascii())
            assert bool(re.search(SOURCE, variant)) is (parse_source(variant) is not None)
            assert bool(re.search(CITATION, variant)) is (parse_citation(variant) is not None)

    def test_only_what_all_validators_read(self) -> None:
        """No names of groups, and no classes that mean more than ASCII in some of them."""
        for pattern in (SOURCE, CITATION, DATE):
            assert not re.search(r"\?P<|\\[dwDWS]", pattern)
        assert not re.search(NOT_REFERENCE, "$measure.areas")


class TestRandom:
    """What the loader accepts the schema accepts."""

    KB = KnowledgeBase(
        name="random",
        knowledge=knowledge(()),
        concepts=make_concepts({name: {"measure": {"effects": "a"}} for name in CONCEPTS}, knowledge(())),
        rules=(),
        reader=ProposalReader(knowledge(()).vocabularies),
    )
    RULE = schema_for("rule", KB)
    PROPOSAL = schema_for("proposal", KB)

    @settings(suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.sampled_from([0, 1, 2]).flatmap(lambda depth: conditions(depth, named=CONCEPTS)),
        st.lists(conditions(named=CONCEPTS), max_size=2),
    )
    def test_conditions(self, when: dict[str, Any], unless: list[dict[str, Any]]) -> None:
        """Random conditions, as a file has them."""
        text = tomlkit.dumps(
            {**tomli.loads(_HEAD), "when": when, "unless": [{**_REASON, **exception} for exception in unless]}
        )
        try:
            data = TomlFile.parse(text).data
        except InputError:  # numbers that TOML does not hold
            assume(False)
            raise
        reader = ConditionReader(self.KB.knowledge, self.KB.concepts)
        reader.read(data["when"], ("when",))
        for exception in unless:
            reader.read(exception, ("unless",))
        assert faults(self.RULE, text) == []

    @given(proposals())
    def test_proposals(self, proposal: Proposal) -> None:
        """Random proposals, as a file has them."""
        text = toml(proposal)
        try:
            self.KB.read(text)
        except InputError:  # numbers that TOML does not hold
            assume(False)
        assert faults(self.PROPOSAL, text) == []


_REASON = {"reason": {"en": "text", "nl": "tekst"}}
_HEAD = """\
title = { en = "text", nl = "tekst" }
principle = "p"
ground = "law"
verdict = "conflict"
dimension = "competence"
sources = ["TFEU 1"]
rationale = { en = "text", nl = "tekst" }
message = { en = "text", nl = "tekst" }
example = [{ title = "one", expect = "conflict" }, { title = "other", expect = "not-applicable" }]
"""

RULE = "rules/small/harmonises.toml"
PROPOSAL_TEXT = """\
[proposal]
kind = "act"
date = 2025-03-19
budget = 5

[[measure]]
id = "one"
effects = ["harmonisation"]
areas = { has = ["procurement"] }
reference = "Article 1"
"""
WAIVERS = '[[waiver]]\nrule = "small/harmonises"\nreason = "so"\nowner = "we"\nuntil = 2030-01-01\n'
LINTS = '[[explained]]\nlints = ["covered small/*"]\nreason = "so"\n'
MUTANTS = '[[accepted]]\nmutants = ["small/harmonises:x:y"]\nreason = "so"\n'
GUARANTEES = """\
[one]
title = { en = "text", nl = "tekst" }
sources = ["TFEU 1"]
given.measure.effects = "harmonisation"
always = { verdict = "conflict", open = true }
"""

# file, what is replaced, by what, and whether the schema catches what the loader refuses
FAULTS: list[tuple[str, str, str, bool]] = [
    (RULE, "principle =", "principel =", True),
    (RULE, 'principle = "conferral"', 'principle = "confferal"', True),
    (RULE, 'ground = "law"', 'ground = "lore"', True),
    (RULE, 'verdict = "conflict"', "verdict = true", True),
    (RULE, 'dimension = "competence"', "", True),
    (RULE, 'sources = ["TFEU 2(5)"]', "sources = []", True),
    (RULE, 'sources = ["TFEU 2(5)"]', 'sources = ["Verdrag 2(5)"]', True),
    (RULE, 'title.nl = "Harmoniseert"', "", True),
    (RULE, 'title.nl = "Harmoniseert"', 'title.nl = " "', True),
    (RULE, 'positions = ["own-law"]', 'positions = ["own-lore"]', True),
    (RULE, 'effects = "harmonisation"', 'effects = "harmonization"', True),
    (RULE, 'effects = "harmonisation"', 'efects = "harmonisation"', True),
    (RULE, 'effects = "harmonisation"', 'effects = { over = "harmonisation" }', True),
    (RULE, 'effects = "harmonisation"', "amount = { contains = 3 }", True),
    (RULE, 'effects = "harmonisation"', "effects = []", True),
    (RULE, 'effects = "harmonisation"', 'effects = "$proposal.kind"', True),
    (RULE, "harmonisation = false", 'harmonisation = "no"', True),
    (RULE, "harmonisation = false", "harmonization = false", True),
    (RULE, "[when.legal_basis]", "[when.legal_base]", True),
    (RULE, 'reason.nl = "Niemand is gebonden."', "", True),
    (RULE, 'measure.safeguards = "opt-out"', "", True),
    (RULE, 'expect = "not-applicable"', 'expect = "open"', True),
    (RULE, 'expect = "conflict"', 'expect = "applies"', True),
    # What depends on several keys, or on what stands elsewhere, only the loader sees.
    (RULE, 'message.en = "{measure}: ', 'message.en = "{meassure}: ', False),
    (RULE, 'article = "$measure.legal_basis"', 'article = "TFEU 173(3)"', False),
    (RULE, "[when.measure]", "valid_from = 2030-01-01\nvalid_to = 2029-01-01\n[when.measure]", False),
    ("rules/small/lapsed.toml", 'defeats = ["small/light"]', 'defeats = ["small/lite"]', True),
    ("rules/small/light.toml", 'defeats = ["small/harmonises"]', 'defeats = ["small/lapsed"]', False),
    ("rules/small/whole.toml", "at_least = 2", "at_least = -2", True),
    ("rules/small/whole.toml", "at_least = 2", "", True),
    ("facts/small/bases.toml", 'article = "TFEU 173(3)"', "", True),
    ("facts/small/bases.toml", 'kind = "legal_basis"', 'kind = "legal_base"', True),
    ("facts/small/bases.toml", "verified = 2025-01-31", 'verified = "January"', True),
    ("facts/small/bases.toml", 'id = "market"', 'id = "industry"', False),
    ("facts/small/kinds.toml", 'type = "boolean"', 'type = "bool"', True),
    ("facts/small/kinds.toml", 'type = "boolean"', 'type = "terms"', True),
    ("facts/small/principles.toml", "statement.en", "statment.en", True),
    ("facts/small/positions.toml", 'kind = "red-line"', 'kind = "red line"', True),
    ("facts/small/pack.toml", "sources =", "source =", True),
    ("facts/small/vocabulary/areas.toml", 'nl = "visserij"', "", True),
    ("facts/small/vocabulary/areas.toml", 'broader = "defence"', 'broader = "defense"', False),
    ("facts/small/guarantees.toml", "always =", "allways =", True),
    ("facts/small/guarantees.toml", 'verdict = "conflict"', 'verdict = "conflicts"', True),
    ("facts/small/guarantees.toml", 'given.measure.effects = "harmonisation"', "", True),
    ("proposal", "[proposal]", "[propsal]", True),
    ("proposal", 'id = "one"', "", True),
    ("proposal", 'effects = ["harmonisation"]', 'effects = ["harmonisation", "none"]', True),
    ("proposal", '{ has = ["procurement"] }', '{ had = ["procurement"] }', True),
    ("proposal", '{ has = ["procurement"] }', '{ has = ["procurement"], lacks = ["procurement"] }', False),
    ("proposal", "budget = 5", "budget = 5.5", True),
    ("proposal", 'reference = "Article 1"', 'reference = ["Article 1", "Article 2"]', True),
    ("proposal", "date = 2025-03-19", "date = 2025-03-19T10:00:00Z", True),
    ("waivers", "until = 2030-01-01", "", True),
    ("waivers", 'owner = "we"', 'owner = ""', True),
    ("mutants", 'mutants = ["small/harmonises:x:y"]', "mutants = []", True),
    ("lint", 'lints = ["covered small/*"]', "lints = []", True),
]  # fmt: skip


def _accepted(folder: Path, text: str) -> object:
    (folder / "facts/small/mutants.toml").write_text(text, "utf-8")
    return files.read_accepted(folder / "facts/small", files.MUTANTS)


def _explained(folder: Path, text: str) -> object:
    (folder / "facts/small/lint.toml").write_text(text, "utf-8")
    return files.read_accepted(folder / "facts/small", files.LINTS)


READERS: Mapping[str, tuple[str, Callable[[Path, str], object]]] = {
    "proposal": (PROPOSAL_TEXT, lambda folder, text: load(folder).read(text)),
    "waivers": (WAIVERS, lambda _, text: read_waivers(TomlFile.parse(text))),
    "mutants": (MUTANTS, _accepted),
    "lint": (LINTS, _explained),
}


def _kind(name: str) -> str:
    if name.startswith("rules/"):
        return "rule"
    stem = Path(name).stem
    if "/concepts/" in name:
        return "concept"
    return "vocabulary" if "/vocabulary/" in name else stem if stem in FILES else "facts"


class TestFaults:
    """Faults that the loader refuses."""

    @pytest.fixture(scope="class")
    @classmethod
    def pack(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        folder = write_pack(tmp_path_factory.mktemp("pack"))
        (folder / "facts/small/guarantees.toml").write_text(GUARANTEES, "utf-8")
        return folder

    @pytest.fixture(scope="class")
    @classmethod
    def schemas(cls, pack: Path) -> Mapping[str, Mapping[str, Any]]:
        return dict(schemas_of(load(pack)))

    @pytest.mark.parametrize(("name", "old", "new", "caught"), FAULTS, ids=[f"{n}:{new}" for n, _, new, _ in FAULTS])
    def test_planted(
        self,
        pack: Path,
        schemas: Mapping[str, Mapping[str, Any]],
        tmp_path: Path,
        name: str,
        old: str,
        new: str,
        *,
        caught: bool,
    ) -> None:
        """The loader refuses it; the schema catches it too, where it can; without the fault both accept."""
        folder = tmp_path / "pack"
        shutil.copytree(pack, folder)
        whole, read = READERS.get(name, ("", lambda folder, _: load(folder)))
        whole = whole or (folder / name).read_text("utf-8")
        assert whole.count(old) >= 1
        read(folder, whole)
        schema = schemas[_kind(name)]
        assert faults(schema, whole) == []
        broken = whole.replace(old, new, 1)
        if name not in READERS:
            (folder / name).write_text(broken, "utf-8")
        with pytest.raises(ConsistentError):
            read(folder, broken)
        assert bool(faults(schema, broken)) is caught

    def test_share(self) -> None:
        """How many of the faults an editor shows."""
        assert len(FAULTS) >= 30
        assert sum(caught for *_, caught in FAULTS) / len(FAULTS) > 0.8


class TestOwnPack:
    """The schemas of a pack of one's own."""

    def test_its_own_names(self, tmp_path: Path) -> None:
        """Terms, rules, principles, positions and kinds of fact are those of the pack, and no others."""
        kb = load(write_pack(tmp_path))
        held = schema_for("rule", kb)["definitions"]
        assert held["term-effects"]["enum"] == ["harmonisation", "obligation"]
        assert held["rule-id"]["enum"] == [rule.id for rule in kb.rules]
        properties = schema_for("rule", kb)["properties"]
        assert properties["principle"]["enum"] == ["conferral"]
        assert properties["positions"]["items"]["enum"] == ["own-law"]
        assert "legal_basis" in held["condition"]["properties"]
        assert "facts.legal_basis" in dict(schemas_of(kb))

    def test_operators_by_type(self, tmp_path: Path) -> None:
        """A field takes the operators that suit its type."""
        held = schema_for("rule", load(write_pack(tmp_path)))["definitions"]
        operators = {
            name: set(held[f"test-{name}"]["anyOf"][1]["properties"]) for name in ("amount-measure", "text-measure")
        }
        assert operators["amount-measure"] == {"any", "none", "empty", "over", "under", "at_least", "at_most", "of"}
        assert operators["text-measure"] == {"any", "none", "empty", "contains", "starts_with"}

    def test_unknown(self, tmp_path: Path) -> None:
        """A kind of file that there is not is refused, with the nearest."""
        with pytest.raises(UsageError, match=r"no schema `facts\.legal_bases`") as refused:
            schema_for("facts.legal_bases", load(write_pack(tmp_path)))
        assert refused.value.help == "did you mean `facts.legal_basis`?"

    def test_unknown_and_like_none(self, tmp_path: Path) -> None:
        """Where none is near, all are told."""
        with pytest.raises(UsageError, match="no schema `zzz`") as refused:
            schema_for("zzz", load(write_pack(tmp_path)))
        assert "`facts.legal_basis`" in refused.value.help
        assert all(f"`{file}`" in refused.value.help for file in FILES)


class TestCommand:
    """`consistent schema`."""

    def test_one(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """To standard output, or to a file, which is not replaced without being told to."""
        pack = str(write_pack(tmp_path / "pack"))
        assert main(["schema", "rule", "--pack", pack]) == 0
        printed = capsys.readouterr().out
        assert json.loads(printed) == schema_for("rule", load(pack))
        path = tmp_path / "rule.schema.json"
        assert main(["schema", "rule", "--pack", pack, "-o", str(path)]) == 0
        assert path.read_text("utf-8") == printed
        assert main(["schema", "rule", "--pack", pack, "-o", str(path), "--lang", "nl"]) == 2
        assert path.read_text("utf-8") == printed
        assert main(["schema", "rule", "--pack", pack, "-o", str(path), "--lang", "nl", "--force"]) == 0
        assert json.loads(path.read_text("utf-8")) == schema_for("rule", load(pack), ["nl"])

    def test_all(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Each into a folder that need not be there; none where one is there already."""
        pack = str(write_pack(tmp_path / "pack"))
        assert main(["schema", "all", "--pack", pack]) == 2
        assert "name a folder" in capsys.readouterr().err
        folder = tmp_path / "a/b"
        assert main(["schema", "all", "--pack", pack, "-o", str(folder)]) == 0
        names = sorted(path.name for path in folder.iterdir())
        assert names == sorted(f"{name}{ENDING}" for name in (*FILES, "facts.legal_basis"))
        for name in names[1:]:
            (folder / name).unlink()
        assert main(["schema", "all", "--pack", pack, "-o", str(folder)]) == 2
        assert [path.name for path in folder.iterdir()] == names[:1]


TAPLO = shutil.which("taplo", path=str(Path(sys.executable).parent))


@pytest.mark.skipif(TAPLO is None, reason="taplo is not installed")
class TestTaplo:
    """The language server that editors use for TOML."""

    @staticmethod
    def lint(*arguments: str | Path, cwd: Path = ROOT) -> tuple[int, str]:
        assert TAPLO is not None
        run = subprocess.run(
            [TAPLO, "lint", *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
        )
        return run.returncode, run.stderr

    @pytest.fixture(scope="class")
    @classmethod
    def repository(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        """The TOML files of the repository, with what `make schemas` writes."""
        folder = tmp_path_factory.mktemp("repository")
        for tree in ("rules", "facts", "proposals", "tests/golden"):
            shutil.copytree(ROOT / tree, folder / tree)
        subprocess.run([sys.executable, ROOT / "tools/write_editor_schemas.py", folder], cwd=ROOT, check=True)
        return folder

    def test_repository(self, repository: Path) -> None:
        """By the settings of the repository every file of the packs, every proposal and every golden file passes."""
        patterns = ("rules/**/*.toml", "facts/**/*.toml", "proposals/*.toml", "tests/golden/*.toml")
        count = sum(len(list(ROOT.glob(pattern))) for pattern in patterns)
        status, said = self.lint(*patterns, cwd=repository)
        assert (status, f"total={count} " in re.sub(r"\x1b\[[0-9;]*m", "", said)) == (0, True), said
        rule = next(iter(sorted((repository / "rules").rglob("*.toml"))))
        sound = rule.read_text("utf-8")
        rule.write_text(sound.replace("principle =", "principel ="), "utf-8")
        assert self.lint(rule, cwd=repository)[0] == 1
        rule.write_text(sound, "utf-8")

    def test_settings(self, repository: Path) -> None:
        """Each of these files has exactly one schema, and it is there."""
        rules = tomli.loads((repository / ".taplo.toml").read_text("utf-8"))["rule"]
        for rule in rules:
            assert (repository / rule["schema"]["path"]).is_file()
        matched = [path for rule in rules for include in rule["include"] for path in ROOT.glob(include)]
        wanted = [path for top in ("rules", "facts") for path in (ROOT / top).rglob("*.toml")]
        wanted += [path for top in ("proposals", "tests/golden") for path in (ROOT / top).glob("*.toml")]
        assert sorted(matched) == sorted(wanted)

    def test_fresh_checkout(self, tmp_path: Path) -> None:
        """Before anything is made the syntax is checked, and nothing is missed."""
        shutil.copytree(ROOT / "rules", tmp_path / "rules")
        assert self.lint("rules/**/*.toml", cwd=tmp_path)[0] == 0

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("dimension =", "dimensoin =", "'dimensoin' was unexpected"),
            ('effects = "harmonisation"', 'effects = "harmonization"', '"harmonization" is not valid'),
            ('effects = "harmonisation"', "effects = { over = 3 }", '{"over":3} is not valid'),
            ('ground = "law"', "ground = 3", '3 is not of type "string"'),
            ('sources = ["', 'sources = ["Verdrag 2(5)", "', '"Verdrag 2(5)" does not match'),
        ],
    )
    def test_mistakes(self, tmp_path: Path, old: str, new: str, said: str) -> None:
        """A misspelt key, an unknown term, an operator that does not suit, a wrong type, a source in no known form."""
        rule = (ROOT / "rules/treaties/competence/harmonisation-by-flexibility-clause.toml").read_text("utf-8")
        assert old in rule
        path = tmp_path / "rule.toml"
        path.write_text(rule.replace(old, new, 1), "utf-8")
        schema = tmp_path / f"rule{ENDING}"
        schema.write_text(json.dumps(shipped("treaties", "rule")), "utf-8")
        status, output = self.lint("--no-auto-config", "--schema", schema.as_uri(), path)
        assert status == 1
        assert said in output

    def test_line_in_the_file(self, tmp_path: Path) -> None:
        """A line at the top of a file names its schema, from the folder of the file."""
        pack = write_pack(tmp_path)
        assert main(["schema", "rule", "--pack", str(pack), "-o", str(tmp_path / "rule.schema.json")]) == 0
        path = pack / RULE
        text = f"#:schema ../../rule.schema.json\n{path.read_text('utf-8')}"
        for content, status in ((text, 0), (text.replace("principle =", "principel ="), 1)):
            path.write_text(content, "utf-8")
            assert self.lint("--no-auto-config", path, cwd=tmp_path)[0] == status
