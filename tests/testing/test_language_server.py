"""`consistent lsp` over its protocol: a client speaks with it as an editor does, with the server a process of its own."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from consistent.cli.main import main

RULE = "rules/pk/first-rule.toml"
Steps = Callable[["Editor"], Awaitable[None]]


@pytest.fixture(scope="module")
def scaffold(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A new pack, as `consistent new pack` makes it."""
    folder = tmp_path_factory.mktemp("scaffold") / "pk"
    assert main(["new", "pack", "pk", "-o", str(folder)]) == 0
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.toml")}


@pytest.fixture
def pack(scaffold: dict[str, bytes], tmp_path: Path) -> Path:
    """The same, in a folder of its own."""
    for name, content in scaffold.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path


class Editor:
    """A client that keeps what it is told of files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.client = LanguageClient("test", "1")
        self.told: dict[str, list[lsp.Diagnostic]] = {}
        self.shown: list[str] = []
        self.news = asyncio.Event()
        self.versions: dict[str, int] = {}
        self.texts: dict[str, str] = {}
        self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(partial(self._publish))
        self.client.feature(lsp.WINDOW_SHOW_MESSAGE)(lambda params: self.shown.append(params.message))

    def _publish(self, params: lsp.PublishDiagnosticsParams) -> None:
        self.told[params.uri] = list(params.diagnostics)
        self.news.set()

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    async def messages(self, name: str) -> list[str]:
        """What is told of a file next."""
        while self.uri(name) not in self.told:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 120)
        return [diagnostic.message for diagnostic in self.told[self.uri(name)]]

    async def open(self, name: str, text: str | None = None) -> list[str]:
        """Open a file, and wait for what is told of it."""
        self.told.pop(self.uri(name), None)
        self.texts[name] = (self.root / name).read_text("utf-8") if text is None else text
        self.versions[name] = 1
        item = lsp.TextDocumentItem(self.uri(name), "toml", 1, self.texts[name])
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return await self.messages(name)

    async def type(self, name: str, *changes: tuple[str, str]) -> list[str]:
        """Change what is open of a file, which is not saved, and wait for what is told of it."""
        self.told.pop(self.uri(name), None)
        for old, new in changes:
            at = self.at(name, old)
            end = self.at(name, old, after=True)
            assert old in self.texts[name]
            self.texts[name] = self.texts[name].replace(old, new, 1)
            self.versions[name] += 1
            change = lsp.TextDocumentContentChangePartial(lsp.Range(at, end), new)
            document = lsp.VersionedTextDocumentIdentifier(self.versions[name], self.uri(name))
            self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))
        return await self.messages(name)

    def at(self, name: str, words: str, *, after: bool = False) -> lsp.Position:
        """Where words begin or end, in units of UTF-16."""
        before = self.texts[name][: self.texts[name].index(words) + (len(words) if after else 0)]
        last = before.rpartition("\n")[2]
        return lsp.Position(before.count("\n"), len(last.encode("utf-16-le")) // 2)

    def place(self, name: str, words: str, *, after: bool = False) -> dict[str, Any]:
        return {
            "text_document": lsp.TextDocumentIdentifier(self.uri(name)),
            "position": self.at(name, words, after=after),
        }

    async def words(self, name: str, before: str) -> list[str]:
        """What can be typed behind some words."""
        found = await self.client.text_document_completion_async(
            lsp.CompletionParams(**self.place(name, before, after=True))
        )
        return [item.label for item in found] if isinstance(found, list) else []


def in_editor(root: Path, steps: Steps) -> None:
    """Take steps in an editor that has begun a server of its own; it must end as it should."""

    async def session() -> None:
        editor = Editor(root)
        await editor.client.start_io(sys.executable, "-m", "consistent", "lsp")
        await editor.client.initialize_async(
            lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), root_uri=root.as_uri())
        )
        editor.client.initialized(lsp.InitializedParams())
        await steps(editor)
        await editor.client.shutdown_async(None)
        editor.client.exit(None)
        await editor.client.stop()  # type: ignore[no-untyped-call]  # pygls has no types there

    asyncio.run(session())


def test_marks(pack: Path) -> None:
    """What is wrong is told as one types, of texts that were not saved too, at the letters that are meant; and goes with the mend."""

    async def steps(editor: Editor) -> None:
        assert await editor.open(RULE) == []
        told = await editor.type(RULE, ('"pk-principle"', '"pk-principel"'))
        assert told == ["unknown principle `pk-principel`\ndid you mean `pk-principle`?"]
        marked = editor.told[editor.uri(RULE)][0].range
        assert (marked.start, marked.end) == (
            editor.at(RULE, '"pk-principel"'),
            editor.at(RULE, '"pk-principel"', after=True),
        )
        assert await editor.type(RULE, ('"pk-principel"', '"pk-principle"')) == []
        # Of two changes in a row only the outcome is told.
        assert await editor.type(RULE, ("title.nl", "title.n"), ("title.n ", "title.nl ")) == []
        # In a file that is open elsewhere, from what is not saved of another.
        await editor.open("facts/pk/principles.toml")
        await editor.type("facts/pk/principles.toml", ("[pk-principle]", "[pk-other]"))
        assert [one.message for one in editor.told[editor.uri(RULE)]] != []
        await editor.type("facts/pk/principles.toml", ("[pk-other]", "[pk-principle]"))
        assert editor.told[editor.uri(RULE)] == []

    in_editor(pack, steps)


def test_actions(pack: Path) -> None:
    """The edits that an error proposes are offered, the sure one as the preferred one, in units of UTF-16."""

    async def steps(editor: Editor) -> None:
        await editor.open(RULE)
        await editor.type(
            RULE, ("[when.measure]", '[when.measure] # 💶\nreference.any = ["💶💶"]\nefects.not = "command"\n')
        )
        at = editor.at(RULE, "efects")
        found = await editor.client.text_document_code_action_async(
            lsp.CodeActionParams(
                lsp.TextDocumentIdentifier(editor.uri(RULE)), lsp.Range(at, at), lsp.CodeActionContext(diagnostics=[])
            )
        )
        action = (found or [])[0]
        assert isinstance(action, lsp.CodeAction)
        assert (action.title, action.is_preferred) == ("Write `effects` for `efects`", True)
        assert action.edit is not None
        assert action.edit.changes is not None
        edit = action.edit.changes[editor.uri(RULE)][0]
        assert (edit.range.start, edit.range.end, edit.new_text) == (
            at,
            editor.at(RULE, "efects", after=True),
            "effects",
        )

    in_editor(pack, steps)


def test_words(pack: Path) -> None:
    """Keys, terms, rules and principles are completed where the text is broken, and a name tells what it is in both languages."""

    async def steps(editor: Editor) -> None:
        text = (pack / RULE).read_text("utf-8")
        typing = [
            ("[when.measure]\n", '[when.measure]\nactors = ["mem', "member-states"),
            ("[when.measure]\n", "[when.measure]\nef", "effects"),
            ("# defeats = [", 'defeats = ["', "treaties/defence/union-command-over-national-forces"),
            ('principle = "pk', 'principle = "', "pk-principle"),
            ('verdict = "question"', 'verdict = "', "conflict"),
            ("[[example.measure]]\n", "[[example.measure]]\nbindingness = ", "binding"),
            ("[[example.mea", "[[example.mea", "measure"),
        ]
        for old, new, word in typing:
            assert old in text
            await editor.open(RULE, text.replace(old, f"{new}\n", 1) if old != new else text)
            assert word in await editor.words(RULE, new)
        await editor.open(RULE)
        hover = await editor.client.text_document_hover_async(lsp.HoverParams(**editor.place(RULE, 'direction"')))
        assert hover is not None
        assert isinstance(hover.contents, lsp.MarkupContent)
        assert "- direction: Takes a decision" in hover.contents.value
        assert hover.contents.value.count("\n- ") == 2
        key = await editor.client.text_document_hover_async(lsp.HoverParams(**editor.place(RULE, "rationale.en")))
        assert key is not None
        assert "waarom" in str(key.contents)

    in_editor(pack, steps)


def test_names(pack: Path) -> None:
    """A name leads to where it is defined and used, and is renamed in all files, with the file that is called by it."""
    (pack / "facts/pk/concepts").mkdir()
    (pack / "facts/pk/vocabulary").mkdir()
    (pack / "facts/pk/vocabulary/areas.toml").write_text('[lamps]\nen = "lamps"\nnl = "lampen"\n', "utf-8")
    concept = "facts/pk/concepts/steers.toml"
    (pack / concept).write_text(
        'title.en = "x"\ntitle.nl = "y"\nsources = ["TFEU 173(3)"]\nwhen.measure.areas = "lamps"\n'
        '[[example]]\ntitle = "a"\nexpect = "holds"\nmeasure = [{ areas = ["lamps"] }]\n'
        '[[example]]\ntitle = "b"\nexpect = "fails"\nmeasure = [{ areas = [] }]\n',
        "utf-8",
    )

    async def steps(editor: Editor) -> None:
        assert await editor.open(RULE) == []
        assert await editor.open(concept) == []
        client = editor.client
        defined = await client.text_document_definition_async(
            lsp.DefinitionParams(**editor.place(RULE, 'pk-principle"'))
        )
        assert isinstance(defined, Sequence)
        assert [(place.uri, place.range.start.line) for place in defined if isinstance(place, lsp.Location)] == [
            (editor.uri("facts/pk/principles.toml"), line)
            for line, text in enumerate((pack / "facts/pk/principles.toml").read_text("utf-8").splitlines())
            if text == "[pk-principle]"
        ]
        used = await client.text_document_references_async(
            lsp.ReferenceParams(
                **editor.place(concept, 'lamps"'), context=lsp.ReferenceContext(include_declaration=True)
            )
        )
        assert used is not None
        assert [place.uri.rpartition("/")[2] for place in used] == ["steers.toml", "steers.toml", "areas.toml"]
        renamed = await client.text_document_rename_async(
            lsp.RenameParams(**editor.place(concept, 'lamps"'), new_name="street-lamps")
        )
        assert renamed is not None
        edits = [change for change in renamed.document_changes or [] if isinstance(change, lsp.TextDocumentEdit)]
        assert sum(len(change.edits) for change in edits) == 3
        # Of a pack below, of what is no name, and of one that is there.
        for words, new in (
            ('measures-of-direction"', "x"),
            ('pk-principle"', "Not A Name"),
            ('pk-principle"', "pk-principle"),
        ):
            assert (
                await client.text_document_rename_async(lsp.RenameParams(**editor.place(RULE, words), new_name=new))
                is None
            )
        assert len(editor.shown) == 3

    in_editor(pack, steps)


def test_examples(pack: Path) -> None:
    """Each example can be run where it stands, as it is typed."""

    async def steps(editor: Editor) -> None:
        await editor.open(RULE)
        document = lsp.TextDocumentIdentifier(editor.uri(RULE))
        lenses = await editor.client.text_document_code_lens_async(lsp.CodeLensParams(document)) or []
        lines = editor.texts[RULE].splitlines()
        assert [lines[lens.range.start.line] for lens in lenses] == ["[[example]]"] * 3
        command = lenses[2].command
        assert command is not None

        async def outcome() -> object:
            params = lsp.ExecuteCommandParams(command.command, arguments=command.arguments)
            return await editor.client.workspace_execute_command_async(params)

        assert await outcome() == ""
        await editor.type(RULE, ('expect = "open"', 'expect = "not-applicable"'))
        assert "not-applicable" in str(await outcome())

    in_editor(pack, steps)


@pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not installed: apt-get install neovim")
def test_in_neovim(pack: Path) -> None:
    """A real editor starts the server, shows what is wrong, and applies the edit that mends it."""
    script = f"""
    vim.cmd("edit {RULE}")
    local client = vim.lsp.start_client({{ name = "consistent", cmd = {{ {sys.executable!r}, "-m", "consistent", "lsp" }}, root_dir = vim.fn.getcwd() }})
    vim.lsp.buf_attach_client(0, client)
    local function told() return #vim.diagnostic.get(0) end
    local number = vim.fn.search("^principle")
    vim.fn.setline(number, 'principle = "pk-principel"')
    vim.wait(120000, function() return told() == 1 end)
    local message = vim.diagnostic.get(0)[1].message
    vim.fn.cursor(number, 15)
    local params = vim.lsp.util.make_range_params()
    params.context = {{ diagnostics = {{}} }}
    local answer = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 120000)[client].result
    vim.lsp.util.apply_workspace_edit(answer[1].edit, "utf-16")
    vim.wait(120000, function() return told() == 0 end)
    vim.fn.writefile({{ message, told(), vim.fn.getline(number) }}, "outcome.txt")
    vim.cmd("quitall!")
    """
    (pack / "script.lua").write_text(script, "utf-8")
    subprocess.run(["nvim", "--headless", "--clean", "-c", "luafile script.lua"], cwd=pack, check=True, timeout=300)
    assert (pack / "outcome.txt").read_text("utf-8").splitlines() == [
        "unknown principle `pk-principel`\x00did you mean `pk-principle`?",
        "0",
        'principle = "pk-principle"',
    ]


def test_bad_input(pack: Path) -> None:
    """Whatever is typed or asked, the server answers what comes next."""
    texts = [
        "\x00",
        "[" * 5000,
        "a = " + "[" * 3000,
        '"',
        "a" * 100_000,
        "\ud7ff\U0010ffff = '",
        "[[example]]\n[example]\n",
        "x\r\ny\u2028z = 1",
    ]

    async def steps(editor: Editor) -> None:
        for text in texts:
            await editor.open(RULE, text)
            assert editor.told[editor.uri(RULE)]
            for line, column in ((0, 0), (0, 9_999), (9_999, 0)):
                where: dict[str, Any] = {
                    "text_document": lsp.TextDocumentIdentifier(editor.uri(RULE)),
                    "position": lsp.Position(line, column),
                }
                await editor.client.text_document_completion_async(lsp.CompletionParams(**where))
                await editor.client.text_document_hover_async(lsp.HoverParams(**where))
                await editor.client.text_document_definition_async(lsp.DefinitionParams(**where))
        # What lies nowhere, and what is no file.
        for uri in ("untitled:x.toml", "file:///nowhere/x.toml", "https://example.org/x.toml"):
            item = lsp.TextDocumentItem(uri, "toml", 1, "measure = 1")
            editor.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
            await editor.client.text_document_hover_async(
                lsp.HoverParams(lsp.TextDocumentIdentifier(uri), lsp.Position(0, 1))
            )
        assert await editor.open(RULE) == []

    in_editor(pack, steps)
