"""`--accept`: golden files take what comes out, and rules the examples that would kill survivors; a person looks at both."""

from pathlib import Path

import pytest

from consistent.cli.main import main

RULE = Path("rules/pk/first-rule.toml")
GOLDEN = Path("goldens/first.toml")


def test_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A golden file that expects something else is put right and keeps its comments; examples of survivors are added and pass."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "pack", "pk", "-o", "."]) == 0
    golden = GOLDEN.read_text("utf-8")
    spoilt = golden.replace('= "question"', '= "open"')
    assert spoilt != golden
    GOLDEN.write_text(spoilt + "# stays\n", "utf-8")
    assert main(["test", "goldens"]) == 1
    assert main(["test", "goldens", "--accept"]) == 0
    assert f"--- {GOLDEN}" in capsys.readouterr().out
    assert GOLDEN.read_text("utf-8") == golden + "# stays\n"
    assert main(["test", "goldens"]) == 0
    # What an example expects is for a person: it is not changed.
    rule = RULE.read_text("utf-8")
    RULE.write_text(rule.replace('expect = "open"', 'expect = "not-applicable"'), "utf-8")
    assert main(["test", ".", "-k", "pk", "--accept"]) == 1
    assert 'expect = "open"' not in RULE.read_text("utf-8")
    # A condition that no example needs.
    RULE.write_text(
        rule.replace("[when.measure]\n", '[when.measure]\nareas = "armed-forces"\n').replace(
            '[[example.measure]]\neffects = ["measures-of-direction"]',
            '[[example.measure]]\nareas = ["armed-forces"]\neffects = ["measures-of-direction"]',
        ),
        "utf-8",
    )
    Path("facts/pk/guarantees.toml").unlink()  # it does not hold of that
    main(["mutate", ".", "--accept"])
    told = capsys.readouterr()
    assert f"examples written into {RULE}" in told.err
    assert RULE.read_text("utf-8").count("TODO: notices ") >= 1
    assert main(["test", str(RULE)]) == 0
