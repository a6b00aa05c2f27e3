"""Which rules defeat which, directly and through others."""

from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from consistent.checker import load
from consistent.errors import InputError
from consistent.rules.reading import ConditionReader
from consistent.rules.rule import Rule, reached, stronger
from tests.pack_writing import rule_text, write_pack
from tests.properties.random_packs import knowledge, make_rule

_PLAIN = make_rule(0, {"measure": {"effects": "a"}}, [], ConditionReader(knowledge(())))


def _rule(name: str, *defeats: str) -> Rule:
    return evolve(_PLAIN, id=name, defeats=defeats)


class TestStronger:
    """The rules that defeat a rule directly."""

    def test_in_order(self) -> None:
        """By the order of the rules, each once; one that is not there is passed over."""
        rules = [_rule("c", "a", "gone"), _rule("a"), _rule("b", "a", "c"), _rule("c", "a")]
        assert stronger(rules) == {"a": ["c", "b"], "b": [], "c": ["b"]}


class TestReached:
    """What defeats a rule, directly or not."""

    def test_through_others(self) -> None:
        """The rule itself first, then all above it, and nothing beside it."""
        above = stronger([_rule("a"), _rule("b", "a"), _rule("c", "b"), _rule("d"), _rule("e", "d")])
        assert reached("a", above) == ("a", "b", "c")
        assert reached("c", above) == ("c",)

    def test_the_other_way_round(self) -> None:
        """What a rule defeats, directly or not; what is not there is left out."""
        assert reached("c", {"a": ("gone",), "b": ("a",), "c": ("b", "a")}) == ("c", "b", "a")

    @given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef")), min_size=1))
    def test_closed(self, edges: dict[str, list[str]]) -> None:
        """Also in a circle: each once, nothing that an edge leads to is missing, and nothing comes from nowhere."""
        start = next(iter(edges))
        found = reached(start, edges)
        assert len(set(found)) == len(found)
        targets = {each for name in found for each in edges[name] if each in edges}
        assert targets | {start} == set(found)


class TestGround:
    """What is wanted does not change what the law allows."""

    @pytest.mark.parametrize("ground", ["law", "contested"])
    def test_policy_defeats_no_law(self, tmp_path: Path, ground: str) -> None:
        """A rule of policy that is to set a rule of law aside is refused when the pack is loaded."""
        rules = {
            "law": rule_text("lawful", 'effects = ["a"]', head=f'ground = "{ground}"'),
            "policy": rule_text("wanted", 'effects = ["b"]', head='defeats = ["small/law"]'),
        }
        with pytest.raises(InputError, match="a rule of policy cannot defeat `small/law`, which is a rule of law"):
            load(write_pack(tmp_path, rules))

    def test_law_defeats_policy(self, tmp_path: Path) -> None:
        """The other way round, and among rules of policy, it may be."""
        rules = {
            "law": rule_text("lawful", 'effects = ["a"]', head='ground = "law"\ndefeats = ["small/policy"]'),
            "policy": rule_text("wanted", 'effects = ["b"]', head='defeats = ["small/wish"]'),
            "wish": rule_text("wished", 'effects = ["c"]'),
        }
        assert len(load(write_pack(tmp_path, rules)).rules) == 3
