"""What is made from the packs is as the packs are. Format, lint, types and import contracts are checked by `make lint`."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHECKS = {
    "pages": ("python", "tools/write_pages.py", "--check"),
    "schemas": ("python", "tools/write_schemas.py", "--check"),
}


@pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS)
def test_tool_passes(command: tuple[str, ...]) -> None:
    """The tool of the environment that runs the tests has nothing to say."""
    name, *arguments = command
    tool = shutil.which(name, path=str(Path(sys.executable).parent))
    assert tool, f"{name} is not beside {sys.executable}"
    result = subprocess.run([tool, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stdout + result.stderr
