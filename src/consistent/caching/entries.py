"""The entry of a pack: the knowledge base that loading it came to, kept for the next process."""

import pickle
from collections.abc import Mapping

from attrs import frozen

from consistent.caching.content_keys import pack_key
from consistent.caching.private_folder import PrivateFolder, cache_folder
from consistent.knowledge.finding_packs import PackFolder, packs_below

__all__ = ["Entry", "entry_of"]


@frozen
class Entry:
    """Where a pack is kept, in the content that it has now."""

    _folders: tuple[PackFolder, ...]
    _key: str
    _kept_in: PrivateFolder

    def read(self) -> object | None:
        """What was kept; None where nothing is."""
        content = self._kept_in.get(self._key)
        if content is None:
            return None
        try:
            found: object = pickle.loads(content)  # noqa: S301  from a folder that is the user's alone
        except Exception:  # noqa: BLE001  whatever is wrong with what was kept, the pack itself is there
            return None
        return found

    def write(self, loaded: object) -> None:
        """Keep what loading the pack came to, unless the pack was changed meanwhile."""
        if pack_key(self._folders) == self._key:
            self._kept_in.put(self._key, pickle.dumps(loaded, pickle.HIGHEST_PROTOCOL))


def entry_of(name: str, available: Mapping[str, PackFolder]) -> Entry | None:
    """The entry of a pack; None where nothing is to be kept, or there is no such pack that can be read.

    Args:
        name: of the pack.
        available: every pack that can be loaded.
    """
    folder = cache_folder()
    folders = packs_below(name, available) if folder else ()
    key = pack_key(folders) if folders else None
    return None if folder is None or key is None else Entry(folders, key, folder)
