"""`consistent test`: what it runs, what it prints, and with which exit status it ends."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from consistent.cli import main
from tests.pack_writing import rule_text, write_pack

Run = Callable[..., tuple[int, str, str]]
WRONG = '[[example]]\ntitle = "other"\nexpect = "open"\n[[example.measure]]\neffects = ["c"]\n'
GOLDEN = '[golden]\nproposal = "r.toml"\npack = "./pack"\nas_of = 2026-06-01\n[measure.m1]\noutcome = "conflict"\n'


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command beside a sound pack, one of which an example is wrong, and a golden file."""
    for name in ("CONSISTENT_PATH", "CONSISTENT_LANG", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    rules = {name: rule_text(name, 'effects = "a"') for name in ("bad", "worse")}
    write_pack(tmp_path / "pack", rules)
    write_pack(tmp_path / "wrong", rules | {"bad": rule_text("bad", 'effects = "a"', tail=WRONG)})
    (tmp_path / "r.toml").write_text('[proposal]\nreference = "R"\n[[measure]]\nid = "m1"\neffects = ["a"]\n')
    (tmp_path / "g.toml").write_text(GOLDEN)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = main(["test", *arguments])
        return status, *capsys.readouterr()

    return call


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pack"], "examples 4; not as they say: 0"),
        (["--pack", "pack"], "examples 4; not as they say: 0"),
        (["--pack", "./pack", "--engine", "plain"], "examples 4; not as they say: 0"),
        (["pack/rules"], "examples 4; not as they say: 0"),
        (["pack/rules/small/bad.toml"], "examples 2; not as they say: 0"),
        (["g.toml"], "golden results 1; not as they say: 0"),
        (["--golden", "g.toml"], "golden results 1; not as they say: 0"),
        (["pack", "--golden", "g.toml"], "examples 4, golden results 1; not as they say: 0"),
        (["pack", "-k", "worse and not no"], "examples 1; not as they say: 0; left out: 3"),
        (["wrong", "-k", "not other"], "examples 4; not as they say: 0; left out: 1"),
    ],
)
def test_nothing_wrong(run: Run, arguments: list[str], said: str) -> None:
    """What a path or a name stands for is run, and the sum is told, with what was left out."""
    assert run(*arguments) == (0, f"tested: {said}\n", "")


def test_dutch(run: Run) -> None:
    """The sum in Dutch."""
    said = "getest: voorbeelden 4, vastgelegde uitkomsten 1; anders dan zij zeggen: 0\n"
    assert run("pack", "--golden", "g.toml", "--lang", "nl") == (0, said, "")
    assert run("wrong", "--lang", "nl", "-k", "other")[1].endswith(
        "getest: voorbeelden 1; anders dan zij zeggen: 1; overgeslagen: 4\n"
    )


def test_something_wrong(run: Run) -> None:
    """What comes out otherwise is shown at its place with the condition that did not hold, and the status is 1."""
    status, out, err = run("wrong")
    assert (status, err) == (1, "")
    assert out.startswith(
        "example `other` of rule `small/bad`: expected `open`, found `not-applicable`\n"
        "  wrong/rules/small/bad.toml:12, example[1]\n"
    )
    assert ": a; found: c (bad.toml:11)\n\ntested: examples 5; not as they say: 1\n" in out


def test_junit(run: Run) -> None:
    """The results are written as XML too, in place of what the file held."""
    Path("out.xml").write_text("old")
    assert run("wrong", "--golden", "g.toml", "--junit", "out.xml")[0] == 1
    (suite,) = etree.parse("out.xml").getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("6", "1")
    failed = {case.get("name"): case[0] for case in suite if len(case)}
    assert list(failed) == ["other"]
    assert failed["other"].get("message", "").endswith("expected `open`, found `not-applicable`")
    assert ": a; found: c (bad.toml:11)" in (failed["other"].text or "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["pack", "--pack", "pack"], "error: both a path and a pack are given\nhelp: a path tells which pack it belongs to\n"),
        (["nowhere"], "error: no such file or folder\n  at nowhere\nhelp: a pack by name is given with `--pack`\n"),
        (["pack", "-k", "nothing"], "error: nothing to test\nhelp: `nothing` is in no id\n"),
        (["pack", "--junit", "no/out.xml"], "error: file cannot be written: no such file or directory\n  at no/out.xml\n"),
        (["r.toml", "--golden", "s.toml"], (
            "error: nothing to test here\n  at r.toml\n"
            "help: name the folder of a pack, a file of its rules, or golden files: TOML with a table `[golden]`\n\n"
            "no such file or folder\n  at s.toml\nhelp: a pack by name is given with `--pack`\n"
        )),
    ],
)  # fmt: skip
def test_bad_usage(run: Run, arguments: list[str], told: str) -> None:
    """Bad input and usage are told, all faults at once, with status 2."""
    status, _, err = run(*arguments)
    assert (status, err) == (2, told)


def test_faults_of_a_pack_once(run: Run) -> None:
    """What is wrong with a pack is told once, however many golden files need it."""
    Path("h.toml").write_text(GOLDEN)
    path = Path("pack/rules/small/bad.toml")
    path.write_text(path.read_text().replace('expect = "conflict"', 'expect = "applies"'))
    status, out, err = run("pack", "--golden", "g.toml", "--golden", "h.toml")
    assert (status, out) == (2, "")
    assert err == (
        "error: `applies` does not tell what the report says\n"
        "  at pack/rules/small/bad.toml:15, example[1].expect\n"
        "help: write `conflict`\n"
    )
