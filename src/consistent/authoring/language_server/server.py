"""The language server protocol, on pygls: the only module that knows it."""

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from attrs import define, field
from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import TextDocument

from consistent.authoring.language_server.workspace import Workspace
from consistent.errors import ConsistentError, Edit, Fault
from consistent.model.text import Language, Localized
from consistent.toml.mending import text_edits
from consistent.toml.tomlfile import format_key, key_spans
from consistent.version import __version__

__all__ = ["serve"]

# Seconds for which nothing is typed before what is wrong is looked for.
_QUIET = 0.15
_RUN = "consistent.runExample"
_REPLACE = Localized("Write `{new}` for `{old}`", "Schrijf `{new}` in plaats van `{old}`")
_ADD = Localized("Add `{new}`", "Voeg toe: `{new}`")
_TRY = Localized("Run this example", "Voer dit voorbeeld uit")
_PASSES = Localized("comes out as it says: {name}", "komt uit zoals het zegt: {name}")

T = TypeVar("T")


def serve(language: Language, pack: str | None) -> None:
    """Speak the protocol on standard input and output until the client ends it.

    Args:
        language: of what is said.
        pack: in whose terms proposals are that lie in no folder of a pack; the default one unless given.
    """
    _Session(Workspace(language, pack)).server.start_io()


def _new_server() -> LanguageServer:
    return LanguageServer("consistent", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Incremental)


@define
class _Session:
    """One client with its files."""

    files: Workspace
    server: LanguageServer = field(factory=_new_server)
    faults: dict[Path, tuple[Fault, ...]] = field(factory=dict)
    _changes: int = 0

    def __attrs_post_init__(self) -> None:
        def feature(method: str, options: object = None) -> Callable[[Callable[[Any], object]], object]:
            # What pygls registers it marks, which no method of an object lets it do.
            return lambda answer: self.server.feature(method, options)(partial(answer))

        for method in (lsp.TEXT_DOCUMENT_DID_OPEN, lsp.TEXT_DOCUMENT_DID_SAVE):
            feature(method)(self._opened)
        feature(lsp.TEXT_DOCUMENT_DID_CHANGE)(self._changed)
        feature(lsp.TEXT_DOCUMENT_DID_CLOSE)(self._closed)
        options = lsp.CompletionOptions(trigger_characters=['"', "[", ".", "="])
        feature(lsp.TEXT_DOCUMENT_COMPLETION, options)(self._complete)
        feature(lsp.TEXT_DOCUMENT_HOVER)(self._hover)
        feature(lsp.TEXT_DOCUMENT_DEFINITION)(self._define)
        feature(lsp.TEXT_DOCUMENT_REFERENCES)(self._refer)
        feature(lsp.TEXT_DOCUMENT_RENAME)(self._rename)
        kinds = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
        feature(lsp.TEXT_DOCUMENT_CODE_ACTION, kinds)(self._actions)
        feature(lsp.TEXT_DOCUMENT_CODE_LENS)(self._lenses)
        self.server.command(_RUN)(partial(self._run))

    # What is open, and what is wrong with it.

    def _opened(self, params: lsp.DidOpenTextDocumentParams | lsp.DidSaveTextDocumentParams) -> None:
        self._tell(params.text_document.uri)

    async def _changed(self, params: lsp.DidChangeTextDocumentParams) -> None:
        self._take(params.text_document.uri)
        self._changes += 1
        mine = self._changes
        await asyncio.sleep(_QUIET)
        if mine == self._changes:
            self._tell(params.text_document.uri)

    def _closed(self, params: lsp.DidCloseTextDocumentParams) -> None:
        path = _path(params.text_document.uri)
        if path is not None:
            self.files.texts.pop(path, None)
            self._tell(params.text_document.uri)

    def _take(self, uri: str) -> Path | None:
        """Note what an editor holds of a file."""
        path = _path(uri)
        if path is not None and uri in self.server.workspace.text_documents:
            self.files.texts[path] = self.server.workspace.text_documents[uri].source
        return path

    def _tell(self, uri: str) -> None:
        path = self._take(uri)
        if path is None or path.suffix != ".toml":
            return
        found = self.files.faults(path)
        # What was wrong in other files, and is not any more, is told too; of a file that is read with others all were looked at.
        mended = {
            file: () for file, told in self.faults.items() if told and file not in found and _together(file, path)
        }
        # The file itself comes last: who waits for it has all.
        for file, told in sorted({**mended, **found}.items(), key=lambda pair: pair[0] == path):
            self.faults[file] = tuple(told)
            document = self._document(file)
            spans = _spans(document.source)
            diagnostics = [self._diagnostic(fault, document, spans) for fault in told]
            self.server.text_document_publish_diagnostics(
                lsp.PublishDiagnosticsParams(document.uri, diagnostics, version=document.version)
            )

    def _diagnostic(
        self, fault: Fault, document: TextDocument, spans: dict[str, tuple[int, int, int, int]]
    ) -> lsp.Diagnostic:
        message, help_ = fault.dutch if self.files.language == "nl" and fault.dutch[0] else (fault.message, fault.help)
        return lsp.Diagnostic(
            range=_range_of(fault, document, spans),
            message=f"{message}\n{help_}" if help_ else message,
            severity=lsp.DiagnosticSeverity.Error,
            source="consistent",
        )

    def _document(self, path: Path) -> TextDocument:
        uri = from_fs_path(str(path)) or path.as_uri()
        held = self.server.workspace.text_documents
        open_ = next((each for each in held.values() if _path(each.uri) == path), None)
        return open_ or TextDocument(uri, self.files.text(path), position_codec=self.server.workspace.position_codec)

    # What can be asked at a place.

    def _complete(self, params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        def items(path: Path, document: TextDocument, offset: int) -> list[lsp.CompletionItem]:
            found = self.files.completions(path, offset)
            if found is None:
                return []
            stretch = _range(document, found.start, offset)
            bare = found.is_key or found.quoted
            kind = lsp.CompletionItemKind.Property if found.is_key else lsp.CompletionItemKind.EnumMember
            return [
                lsp.CompletionItem(
                    choice.word,
                    kind=kind,
                    documentation=lsp.MarkupContent(lsp.MarkupKind.Markdown, choice.meaning),
                    filter_text=choice.word,
                    text_edit=lsp.TextEdit(stretch, choice.word if bare else f'"{choice.word}"'),
                )
                for choice in found.found
            ]

        return self._at(params, items) or []

    def _hover(self, params: lsp.HoverParams) -> lsp.Hover | None:
        said = self._at(params, lambda path, _, offset: self.files.hover(path, offset))
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, said)) if said else None

    def _define(self, params: lsp.DefinitionParams) -> list[lsp.Location]:
        return self._places(params, defined=True)

    def _refer(self, params: lsp.ReferenceParams) -> list[lsp.Location]:
        return self._places(params, defined=False, whole=params.context.include_declaration)

    def _places(
        self, params: lsp.DefinitionParams | lsp.ReferenceParams, *, defined: bool, whole: bool = True
    ) -> list[lsp.Location]:
        def places(path: Path, _: TextDocument, offset: int) -> list[lsp.Location]:
            here = self.files.occurrence(path, offset)
            if here is None:
                return []
            found = []
            for file, one in self.files.places(path, here.symbol, defined=defined):
                if whole or not one.defines:
                    document = self._document(file)
                    found.append(lsp.Location(document.uri, _range(document, one.start, one.end)))
            return found

        return self._at(params, places) or []

    def _rename(self, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        def renamed(path: Path, _: TextDocument, offset: int) -> lsp.WorkspaceEdit:
            found = self.files.rename(path, offset, params.new_name)
            changes: list[Any] = []
            for file, places in found.places.items():
                document = self._document(file)
                edits = [lsp.TextEdit(_range(document, one.start, one.end), found.word) for one in places]
                named = lsp.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
                changes.append(lsp.TextDocumentEdit(named, edits))
            if found.moved is not None:
                old, new = (self._document(file).uri for file in found.moved)
                changes.append(lsp.RenameFile(old_uri=old, new_uri=new, kind="rename"))
            return lsp.WorkspaceEdit(document_changes=changes)

        return self._at(params, renamed)

    def _at(self, params: Any, asked: Callable[[Path, TextDocument, int], T]) -> T | None:
        """Ask something of a place; what cannot be told is shown, and None comes of it."""
        path = self._take(params.text_document.uri)
        if path is None:
            return None
        document = self._document(path)
        try:
            return asked(path, document, document.offset_at_position(params.position))
        except ConsistentError as error:
            self._show(str(error), lsp.MessageType.Error)
            return None

    def _show(self, text: str, kind: lsp.MessageType = lsp.MessageType.Info) -> None:
        self.server.window_show_message(lsp.ShowMessageParams(kind, text))

    # What can be done.

    def _actions(self, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        path = self._take(params.text_document.uri)
        if path is None:
            return []
        document = self._document(path)
        spans = _spans(document.source)
        found = []
        for fault in self.faults.get(path, ()):
            place = _range_of(fault, document, spans)
            if place.start.line <= params.range.end.line and params.range.start.line <= place.end.line:
                found += [self._action(edit, fault, document) for edit in fault.edits]
        return [action for action in found if action is not None]

    def _action(self, edit: Edit, fault: Fault, document: TextDocument) -> lsp.CodeAction | None:
        changes = text_edits(document.source, fault.location, edit)
        if not changes:
            return None
        words = (_REPLACE if edit.old else _ADD).get(self.files.language)
        edits = [lsp.TextEdit(_range(document, one.start, one.end), one.new) for one in changes]
        return lsp.CodeAction(
            words.format(old=edit.old, new=edit.new.replace("\n", "; ")),
            kind=lsp.CodeActionKind.QuickFix,
            is_preferred=edit.sure,
            edit=lsp.WorkspaceEdit(changes={document.uri: edits}),
        )

    def _lenses(self, params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        path = self._take(params.text_document.uri)
        uri, title = params.text_document.uri, _TRY.get(self.files.language)
        return [
            lsp.CodeLens(
                lsp.Range(lsp.Position(line - 1, 0), lsp.Position(line - 1, 0)),
                lsp.Command(title, _RUN, arguments=[uri, name]),
            )
            for line, name in (self.files.examples(path) if path is not None else ())
        ]

    def _run(self, uri: str, name: str) -> str | None:
        path = self._take(uri)
        if path is None:
            return None
        try:
            failure = self.files.run_example(path, name)
        except ConsistentError as error:
            self._show(str(error), lsp.MessageType.Error)
            return None
        said = _PASSES.get(self.files.language).format(name=name) if failure is None else failure
        self._show(said, lsp.MessageType.Info if failure is None else lsp.MessageType.Warning)
        return failure or ""


def _path(uri: str) -> Path | None:
    """The file that a URI names; None where it names none, as of a text that was never saved."""
    named = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(named) if named else None


def _together(file: Path, path: Path) -> bool:
    """Whether two files are of one folder of packs, so that what is wrong with one is looked for with the other."""
    return any((folder / "facts").is_dir() and file.is_relative_to(folder) for folder in path.parents)


def _range(document: TextDocument, start: int, end: int) -> lsp.Range:
    text = document.source
    return _in_client_units(document, _position(text, start), _position(text, end))


def _in_client_units(document: TextDocument, start: lsp.Position, end: lsp.Position) -> lsp.Range:
    """A range that is given in characters."""
    return document.position_codec.range_to_client_units(document.lines, lsp.Range(start, end))


def _position(text: str, offset: int) -> lsp.Position:
    """In lines and characters."""
    before = text[:offset]
    return lsp.Position(before.count("\n"), offset - (before.rfind("\n") + 1))


def _spans(text: str) -> dict[str, tuple[int, int, int, int]]:
    """Where the value of each key stands, by key as messages have it."""
    return {
        format_key(path): (span.start_line - 1, span.start_column - 1, span.end_line - 1, span.end_column - 1)
        for path, span in key_spans(text).items()
    }


def _range_of(fault: Fault, document: TextDocument, spans: dict[str, tuple[int, int, int, int]]) -> lsp.Range:
    """The value that a fault is about, or the line that it is told at."""
    span = spans.get(fault.location.key)
    if span is not None:
        first, start, last, end = span
        return _in_client_units(document, lsp.Position(first, start), lsp.Position(last, end))
    line = (fault.location.line or 1) - 1
    text = _line(document.lines, line)
    begin = len(text) - len(text.lstrip())
    return _in_client_units(document, lsp.Position(line, begin), lsp.Position(line, len(text.rstrip())))


def _line(lines: Iterable[str], number: int) -> str:
    return next((line for index, line in enumerate(lines) if index == number), "")
