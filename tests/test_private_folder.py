"""The folder in which content is kept by key: it comes back whole or not at all, and from nobody else."""

import errno
import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent import private_folder
from consistent.caching import PrivateFolder, cache_folder
from tests.harness.effort import examples

pytestmark = pytest.mark.skipif(os.name != "posix", reason="nothing is kept there")
KEY, OTHER = "ab12", "cd34"
CONTENT = b"what was made"


@pytest.fixture
def folder(tmp_path: Path) -> PrivateFolder:
    """One that is not there yet."""
    return PrivateFolder(tmp_path / "above" / "packs")


def entry(folder: PrivateFolder, key: str = KEY) -> Path:
    """The file of a key."""
    return folder.path / f"{key}.kept"


def names(folder: PrivateFolder) -> set[str]:
    """What lies in it."""
    return {path.name for path in folder.path.iterdir()}


class TestKept:
    """What was put under a key comes back."""

    def test_round_trip(self, folder: PrivateFolder) -> None:
        """Under its key, and under no other; what is put later takes its place."""
        assert folder.get(KEY) is None
        folder.put(KEY, CONTENT)
        assert folder.get(KEY) == CONTENT
        assert folder.get(OTHER) is None
        folder.put(KEY, b"")
        assert folder.get(KEY) == b""
        assert names(folder) == {f"{KEY}.kept"}

    def test_for_the_user_alone(self, folder: PrivateFolder) -> None:
        """Nobody else may look into the folder or the file, whatever the mask of the process."""
        mask = os.umask(0)
        try:
            folder.put(KEY, CONTENT)
        finally:
            os.umask(mask)
        assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
        assert stat.S_IMODE(entry(folder).stat().st_mode) == 0o600

    def test_writers_at_once(self, folder: PrivateFolder) -> None:
        """Whoever reads while others write finds one of what they wrote, whole."""
        texts = [bytes([number]) * (100_000 + number) for number in range(6)]

        def work(number: int) -> bool:
            folder.put(KEY, texts[number % len(texts)])
            return folder.get(KEY) in texts

        with ThreadPoolExecutor(6) as pool:
            assert all(pool.map(work, range(60)))
        assert names(folder) == {f"{KEY}.kept"}


class TestSpoilt:
    """What is not what was put under this key is not there."""

    @given(data=st.data())
    @settings(max_examples=examples(100), suppress_health_check=list(HealthCheck))
    def test_changed(self, tmp_path: Path, data: st.DataObject) -> None:
        """A bit that flipped, an end that is missing, something behind it, or something else altogether."""
        folder = PrivateFolder(tmp_path / "packs")
        folder.put(KEY, CONTENT)
        whole = entry(folder).read_bytes()
        place = data.draw(st.integers(0, len(whole) - 1))
        flipped = bytearray(whole)
        flipped[place] ^= 1 << data.draw(st.integers(0, 7))
        spoilt = data.draw(st.sampled_from([bytes(flipped), whole[:place], whole + b"\0"]) | st.binary())
        entry(folder).write_bytes(spoilt)
        assert folder.get(KEY) is None
        folder.put(KEY, CONTENT)
        assert folder.get(KEY) == CONTENT

    def test_entry_of_another_key(self, folder: PrivateFolder) -> None:
        """A file that was renamed holds the content of another key."""
        folder.put(KEY, CONTENT)
        entry(folder).rename(entry(folder, OTHER))
        assert folder.get(OTHER) is None

    @pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
    def test_no_file(self, folder: PrivateFolder, kind: str) -> None:
        """A link is not followed, and a pipe not waited for."""
        folder.put(OTHER, CONTENT)
        place = entry(folder)
        make = {"link": lambda: place.symlink_to(entry(folder, OTHER)), "pipe": lambda: os.mkfifo(place, 0o600)}
        make.get(kind, place.mkdir)()
        assert folder.get(KEY) is None


class TestOthers:
    """Nothing is taken from where somebody else may have put it."""

    @pytest.mark.parametrize("mode", [0o755, 0o770, 0o707, 0o777])
    def test_folder_open_to_others(self, folder: PrivateFolder, mode: int) -> None:
        """Neither read nor written."""
        folder.put(KEY, CONTENT)
        folder.path.chmod(mode)
        assert folder.get(KEY) is None
        folder.put(OTHER, CONTENT)
        assert names(folder) == {f"{KEY}.kept"}

    @pytest.mark.parametrize("mode", [0o644, 0o660, 0o606])
    def test_file_open_to_others(self, folder: PrivateFolder, mode: int) -> None:
        """Not read; and replaced."""
        folder.put(KEY, CONTENT)
        entry(folder).chmod(mode)
        assert folder.get(KEY) is None
        folder.put(KEY, CONTENT)
        assert folder.get(KEY) == CONTENT

    @pytest.mark.parametrize("whose", ["folder", "file"])
    def test_owned_by_another(self, folder: PrivateFolder, whose: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """As it is where another user made it first, and took care to close it."""
        folder.put(KEY, CONTENT)
        honest = os.fstat

        def claimed(descriptor: int) -> os.stat_result:
            status = honest(descriptor)
            if stat.S_ISDIR(status.st_mode) is (whose == "folder"):
                fields = list(status)
                fields[stat.ST_UID] += 1
                return os.stat_result(fields)
            return status

        monkeypatch.setattr(os, "fstat", claimed)
        assert folder.get(KEY) is None


class TestNoRoom:
    """What cannot be written is not kept, and no error."""

    def test_no_folder_to_be_had(self, tmp_path: Path) -> None:
        """A file stands where the folder would be."""
        (tmp_path / "taken").write_text("")
        folder = PrivateFolder(tmp_path / "taken" / "packs")
        folder.put(KEY, CONTENT)
        assert folder.get(KEY) is None

    @pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
    def test_disk_full(self, folder: PrivateFolder, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """What was there before stays, and nothing unfinished."""
        folder.put(KEY, CONTENT)

        def full(*_: object, **__: object) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(os, "replace", full)
        folder.put(KEY, b"more")
        folder.put(OTHER, b"more")
        assert folder.get(KEY) == CONTENT
        assert names(folder) == {f"{KEY}.kept"}

    def test_read_only(self, folder: PrivateFolder, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is read where its time cannot be set."""
        folder.put(KEY, CONTENT)

        def refused(*_: object, **__: object) -> None:
            raise OSError(errno.EROFS, "read-only file system")

        monkeypatch.setattr(os, "utime", refused)
        assert folder.get(KEY) == CONTENT


class TestPruned:
    """It does not grow for ever."""

    def test_most(self, folder: PrivateFolder) -> None:
        """The ones used last stay; what the folder does not know is left alone."""
        folder.put("foreign", CONTENT)
        entry(folder, "foreign").rename(folder.path / "notes.txt")
        begin = time.time() - 10_000
        for number in range(private_folder.MAX_ENTRIES):
            folder.put(f"{number}", CONTENT)
            os.utime(entry(folder, f"{number}"), (begin + number, begin + number))
        assert folder.get("0") == CONTENT
        folder.put("last", CONTENT)
        assert folder.get("1") is None
        assert folder.get("0") == folder.get("2") == folder.get("last") == CONTENT
        assert len(names(folder)) == private_folder.MAX_ENTRIES + 1
        assert "notes.txt" in names(folder)

    def test_old(self, folder: PrivateFolder) -> None:
        """What was not used for a month, and what a writer left behind that came to an end."""
        folder.put(KEY, CONTENT)
        long_ago = time.time() - private_folder._MAX_UNUSED - 60
        os.utime(entry(folder), (long_ago, long_ago))
        left, being_written = folder.path / "x.1.unfinished", folder.path / "x.2.unfinished"
        left.write_bytes(b"")
        being_written.write_bytes(b"")
        os.utime(left, (long_ago, long_ago))
        folder.put(OTHER, CONTENT)
        assert names(folder) == {f"{OTHER}.kept", being_written.name}


class TestWhere:
    """CONSISTENT_CACHE says where, or that nothing is kept."""

    @pytest.mark.parametrize("said", ["", " ", "off", "OFF"])
    def test_off(self, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing is kept."""
        monkeypatch.setenv("CONSISTENT_CACHE", said)
        assert cache_folder() is None

    def test_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """In a folder below the one that is named, which may be open to others."""
        monkeypatch.setenv("CONSISTENT_CACHE", str(tmp_path))
        tmp_path.chmod(0o755)
        folder = cache_folder()
        assert folder == PrivateFolder(tmp_path / "packs")
        folder.put(KEY, CONTENT)
        assert folder.get(KEY) == CONTENT

    def test_not_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """In the user's cache."""
        monkeypatch.delenv("CONSISTENT_CACHE", raising=False)
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        folder = cache_folder()
        assert folder is not None
        assert folder.path.is_relative_to(tmp_path)
        assert folder.path.parts[-2:] == ("consistent", "packs")

    def test_no_home(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As of a process in a container whose user has no entry: a folder called `~` is nobody's wish."""
        for name in ("CONSISTENT_CACHE", "HOME", "XDG_CACHE_HOME"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(os.path, "expanduser", lambda path: path)
        assert cache_folder() is None
