"""Code that attrs and cattrs write: what is kept of it is what they would compile, and is no other's."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from consistent.generated import _KeptCode
from consistent.private_folder import PrivateFolder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing is kept there")
ROOT = Path(__file__).parents[1]
NAME = "<attrs generated methods consistent.model.Thing>"
SOURCE = "def two():\n    return 2\n"


@pytest.fixture
def folder(tmp_path: Path) -> PrivateFolder:
    """One that is not there yet."""
    return PrivateFolder(tmp_path / "generated")


def called(kept: _KeptCode, source: str = SOURCE, name: str = NAME) -> Any:
    """What the function in a source gives, once it went that way."""
    held: dict[str, Any] = {}
    exec(kept.compiled(source, name, "exec"), held)  # noqa: S102  as attrs does
    return held["two"]()


def again(folder: PrivateFolder, *calls: tuple[str, str]) -> bool:
    """Whether a process that asks for some sources has to compile one; at its end it keeps them."""
    kept = _KeptCode(folder)
    for source, name in calls:
        called(kept, source, name)
    kept.write()
    return kept._has_new


class TestKept:
    """Compiled once, and found by the source."""

    def test_once(self, folder: PrivateFolder) -> None:
        """The second process compiles nothing; what is kept lies beside what was kept before."""
        other = (SOURCE.replace("2\n", "3\n"), NAME)
        assert again(folder, (SOURCE, NAME))
        assert not again(folder, (SOURCE, NAME))
        assert again(folder, other)
        assert not again(folder, (SOURCE, NAME), other)
        assert (called(_KeptCode(folder)), called(_KeptCode(folder), other[0])) == (2, 3)

    def test_name(self, folder: PrivateFolder) -> None:
        """Tracebacks tell of which class it is, so one source of two classes is kept twice."""
        again(folder, (SOURCE, NAME))
        other = NAME.replace("Thing", "Other")
        assert again(folder, (SOURCE, other))
        code = _KeptCode(folder).compiled(SOURCE, other, "exec")
        assert code.co_filename == other

    def test_hash(self, folder: PrivateFolder) -> None:
        """The hash of a text, which attrs writes into `__hash__`, is another one in each process, and changes nothing."""
        sources = [f"def two():\n    return 2\n\ndef __hash__(self):\n    return hash((\n            {number},\n    ))\n"
                   for number in (hash(NAME.replace("methods", "hash")), 4711)]  # fmt: skip
        assert again(folder, (sources[0], NAME))
        assert not again(folder, (sources[0], NAME))
        assert again(folder, (sources[1], NAME))

    def test_of_others(self, folder: PrivateFolder) -> None:
        """Classes of other packages are none of ours."""
        assert not again(folder, (SOURCE, "<attrs generated methods elsewhere.Thing>"))
        assert not folder.path.exists()

    @pytest.mark.parametrize("content", [b"", b"no code", b"N", b"[\x00\x00\x00\x00"])
    def test_spoilt(self, folder: PrivateFolder, content: bytes) -> None:
        """Whatever lies there, it is compiled, and kept again."""
        folder.put(_KeptCode(folder)._key, content)
        assert again(folder, (SOURCE, NAME))
        assert not again(folder, (SOURCE, NAME))

    def test_too_many(self, folder: PrivateFolder, monkeypatch: pytest.MonkeyPatch) -> None:
        """Sources that nobody asks for any more do not pile up."""
        monkeypatch.setattr("consistent.generated._MOST", 2)
        for number in range(4):
            assert again(folder, (f"{SOURCE}# {number}", NAME))
        assert not again(folder, (f"{SOURCE}# 3", NAME))
        assert again(folder, (f"{SOURCE}# 0", NAME))


def test_classes(tmp_path: Path) -> None:
    """A start compiles no method again, whatever hashes texts have; what its classes do is what they do without all this."""
    script = (
        "import json, pickle; from consistent import Value, load; from consistent.model.text import Localized;"
        "from consistent.generated import _kept_code; kb = load('treaties'); kb.read({'proposal': {'kind': 'white-paper'}});"
        "one, other = Localized('a', 'b'), Localized('a', 'b'); kept = _kept_code();"
        "same = (one == other, hash(one) == hash(other), one != Localized('a', 'c'), len({Value.exactly('a'), Value.exactly('a')}));"
        "print(json.dumps([repr(one), same, [str(rule) for rule in kb.rules], kept and (kept._has_new, len(kept._used))]))"
    )
    told = []
    for cache, seed in ((str(tmp_path), "1"), (str(tmp_path), "2"), (str(tmp_path), "3"), ("off", "4")):
        environment = {"CONSISTENT_CACHE": cache, "PATH": "/usr/bin:/bin", "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True, text=True)
        told.append(json.loads(done.stdout))
    # The first one reads the pack, which takes more classes; the second has all that it asks for.
    assert [bool(each[-1] and each[-1][0]) for each in told] == [True, False, False, False]
    assert told[1][-1][1] > 50
    assert told[3][-1] is None
    assert all(each[:-1] == told[0][:-1] for each in told)
