"""`consistent serve` where it cannot begin: each says what is wrong and what helps, in either language."""

import socket
import sys
from pathlib import Path

import pytest

from consistent.cli.main import main


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["serve", "--no-open", *arguments]) == 2
    return capsys.readouterr().err


def test_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there."""
    missing = str(tmp_path / "missing")
    assert f"no folder `{missing}`" in _said(capsys, missing, "--lang", "en")
    assert f"geen map `{missing}`" in _said(capsys, missing, "--lang", "nl")


def test_no_extra(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is not installed: it is named with what installs it."""
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert "pip install 'consistent-eu[web]'" in _said(capsys, str(tmp_path), "--lang", "en")
    assert "meer pakketten" in _said(capsys, str(tmp_path), "--lang", "nl")


def test_port_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another program listens there."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert f"port {port} cannot be used" in _said(capsys, str(tmp_path), "--port", port, "--lang", "en")


def test_no_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pack that there is not."""
    assert "unknown pack `nowhere`" in _said(capsys, str(tmp_path), "--pack", "nowhere", "--lang", "en")
