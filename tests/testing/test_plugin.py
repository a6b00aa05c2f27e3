"""Tests of packs in pytest, run as a user runs them, on a small pack."""

import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points

import pytest

import consistent.authoring.suite  # else each run within this process would import it anew
from tests.pack_writing import rule_text, write_pack

WRONG = '[[example]]\ntitle = "other"\nexpect = "open"\n[[example.measure]]\neffects = ["c"]\n'
GOLDEN = """\
[golden]
proposal = "../r.toml"
pack = "../pack"
as_of = 2026-06-01
[measure.m1]
outcome = "conflict"
[measure.m2]
outcome = "conflict"
"""
FILES = {
    "r.toml": '[proposal]\nreference = "R"\n[[measure]]\nid = "m1"\neffects = ["a"]\n[[measure]]\nid = "m2"\neffects = []\nareas = []\n',
    "goldens/g.toml": GOLDEN,
    "tests/test_own.py": "def test_own():\n    pass\n",
    "tests/data.toml": "other = 1\n",
}
SETTINGS = 'consistent_packs = ["pack"]\nconsistent_goldens = ["goldens"]\n'
BAD = "pack/rules/small/bad.toml"
# Where the library is installed with its entry point, pytest knows the plugin already.
KNOWN = any(entry.value == "consistent.authoring.plugin" for entry in entry_points(group="pytest11"))
LOADED = [] if KNOWN else ["-p", "consistent.authoring.plugin"]

# Imports the whole of hypothesis at the end of each run.
QUICK = ["-p", "no:hypothesispytest"]
pytest_plugins = ["pytester"]

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    """Run pytest beside a pack of two rules, of which one example is wrong, a golden file, and a test of the user's own."""
    rules = {"bad": rule_text("bad", 'effects = "a"', tail=WRONG), "worse": rule_text("worse", 'effects = "a"')}
    write_pack(pytester.path / "pack", rules)
    for name, text in FILES.items():
        (pytester.path / name).parent.mkdir(exist_ok=True)
        (pytester.path / name).write_text(text)

    def call(*arguments: str, settings: str = SETTINGS, apart: bool = False) -> tuple[int, str]:
        (pytester.path / "pyproject.toml").write_text(f'[tool.pytest.ini_options]\ntestpaths = ["tests"]\n{settings}')
        running = pytester.runpytest_subprocess if apart else pytester.runpytest_inprocess
        done = running("-q", "-W", "error", *QUICK, *LOADED, *arguments)
        return done.ret, f"{done.stdout}\n{done.stderr}"

    return call


def collected(out: str) -> list[str]:
    """The ids that `--collect-only` lists."""
    return [line for line in out.splitlines() if "::" in line]


ALL = [
    "tests/test_own.py::test_own",
    *(f"{BAD}::{name}" for name in ("other", "yes", "no")),
    *(f"pack/rules/small/worse.toml::{name}" for name in ("yes", "no")),
    "goldens/g.toml::measure.m1",
    "goldens/g.toml::measure.m2",
]


class TestCollecting:
    @pytest.mark.parametrize(
        ("arguments", "ids"),
        [
            ([], ALL),
            (["."], sorted(ALL)),
            (["tests"], ALL[:1]),
            (["pack"], ALL[1:6]),
            ([BAD], ALL[1:4]),
            ([f"{BAD}::yes"], ALL[2:3]),
            (["goldens"], ALL[6:]),
            (["-k", "small/bad and not other"], ALL[2:4]),
            (["-k", "golden"], ALL[6:]),
        ],
    )
    def test_with_settings(self, run: Run, arguments: list[str], ids: list[str]) -> None:
        """What the settings name is collected with the user's own tests, and chosen from as these are."""
        _, out = run("--collect-only", *arguments)
        found = collected(out)
        assert (sorted(found) if arguments == ["."] else found) == ids

    @pytest.mark.parametrize(
        ("arguments", "ids"),
        [
            ([], ALL[:1]),
            (["."], ALL[:1]),
            (["pack"], ALL[1:6]),
            (["pack/rules/small", "tests"], [*ALL[1:6], ALL[0]]),
            ([BAD, "goldens/g.toml"], [*ALL[1:4], *ALL[6:]]),
            (["goldens"], []),
        ],
    )
    def test_without_settings(self, run: Run, arguments: list[str], ids: list[str]) -> None:
        """Without settings only what the command line names is collected."""
        _, out = run("--collect-only", *arguments, settings="")
        assert collected(out) == ids

    @pytest.mark.parametrize(
        ("settings", "told"),
        [
            ('consistent_packs = ["goldens"]', "consistent_packs: no pack in `"),
            ('consistent_goldens = ["golden"]', "consistent_goldens: no file or folder `"),
            (SETTINGS + 'consistent_engine = "fast"', "consistent_engine: expected one of auto, columns, durable-rules, plain, found `fast`"),
            (SETTINGS + 'consistent_lang = "fr"', "consistent_lang: expected one of en, nl, found `fr`"),
        ],
    )  # fmt: skip
    def test_wrong_settings(self, run: Run, settings: str, told: str) -> None:
        """A setting that would collect nothing, or cannot be used, is an error."""
        status, out = run(settings=settings)
        assert status == pytest.ExitCode.USAGE_ERROR
        assert told in out


class TestRunning:
    def test_failures(self, run: Run) -> None:
        """A failure is shown with its place and why, in the language of the settings, and without Python."""
        status, out = run(settings=SETTINGS + 'consistent_lang = "nl"')
        assert status == pytest.ExitCode.TESTS_FAILED
        assert "2 failed, 6 passed" in out
        assert "voorbeeld `other` van regel `small/bad`: verwacht `open`, gevonden `not-applicable`\n" in out
        assert f"  {BAD}:12, example[1]\n" in out
        assert "c (nl) (bad.toml:11)\n" in out
        assert "maatregel `m2` van `g`: verwacht `conflict`, gevonden `not-judged`\n" in out
        assert "Traceback" not in out
        assert ".py:" not in out

    def test_failed_last_time(self, run: Run) -> None:
        """`--lf` runs what failed, and no more."""
        run()
        status, out = run("--lf")
        assert status == pytest.ExitCode.TESTS_FAILED
        assert "2 failed in" in out

    @pytest.mark.parametrize("settings", [SETTINGS, ""])
    def test_spread_over_processes(self, run: Run, settings: str) -> None:
        """With xdist the same is run."""
        arguments = ["-p", "no:cacheprovider", *(["."] if not settings else [])]
        alone = run(*arguments, settings=settings)
        spread = run(*arguments, "-n", "2", settings=settings, apart=True)
        assert alone[0] == spread[0]
        summaries = [re.search(r"^.* passed(?= in )", out, re.MULTILINE) for _, out in (alone, spread)]
        assert summaries[0]
        assert summaries[1]
        assert summaries[0][0] == summaries[1][0]

    def test_no_golden(self, run: Run) -> None:
        """A file that the settings name and that is no golden file is told; one in a folder that they name is passed over."""
        status, out = run(settings='consistent_goldens = ["tests/data.toml"]')
        assert status == pytest.ExitCode.INTERRUPTED
        assert "ERROR tests/data.toml" in out
        assert run(settings='consistent_goldens = ["tests"]')[0] == pytest.ExitCode.OK

    def test_faults(self, run: Run, pytester: pytest.Pytester) -> None:
        """What is wrong with a pack is told once for all of its files, at its line, without a traceback."""
        path = pytester.path / BAD
        path.write_text(path.read_text().replace('expect = "conflict"', 'expect = "applies"'))
        status, out = run("pack")
        assert status == pytest.ExitCode.INTERRUPTED
        assert out.count("`applies` does not tell what the report says\n  at pack/rules/small/bad.toml:20") == 1
        assert out.count("help: write `conflict`") == 1
        assert "Traceback" not in out


def test_costs_nothing() -> None:
    """At the start of pytest nothing of the library is imported but the plugin."""
    code = (
        "import sys, pytest, consistent.authoring.plugin\n"
        "print(*(each for each in sys.modules if each.partition('.')[0] == 'consistent'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        "consistent._lazy",
        "consistent",
        "consistent.authoring",
        "consistent.authoring._pack_paths",
        "consistent.authoring.plugin",
    ]


def test_nothing_imported_without_settings(run: Run, pytester: pytest.Pytester) -> None:
    """In a project of another kind the library is not imported, though it holds TOML files."""
    own = "import sys\ndef test_own():\n    assert 'consistent.checker' not in sys.modules\n"
    (pytester.path / "tests/test_own.py").write_text(own)
    status, out = run(settings="", apart=True)
    assert (status, "1 passed in" in out) == (0, True)


def test_names_of_the_library() -> None:
    """What the library offers is there when it is asked for, and nothing else is."""
    offered = {name for names in consistent._HOMES.values() for name in names}
    assert offered == {*consistent.__all__, "__version__"}
    assert all(getattr(consistent, name) is not None for name in consistent.__all__)
    assert set(consistent.__all__) < set(dir(consistent))
    with pytest.raises(AttributeError, match="has no attribute 'lode'"):
        _ = consistent.lode  # type: ignore[attr-defined]  # none such is meant
