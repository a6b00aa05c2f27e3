// A TOML text as numbers, which Python makes nodes of (`stands.tree_sitter`).
export const grammar = async ({ Parser, Language }, engine, toml) => {
  await Parser.init({ wasmBinary: engine, locateFile: (name) => name });
  const parser = new Parser();
  parser.setLanguage(await Language.load(toml));
  return (text) => {
    const tree = parser.parse(text), cursor = tree.walk(), types = new Map(), numbers = [];
    const tell = () => {
      const { nodeType, startPosition, endPosition } = cursor;
      if (!types.has(nodeType)) types.set(nodeType, types.size);
      numbers.push(
        types.get(nodeType), cursor.nodeIsNamed ? 1 : 0, cursor.startIndex, cursor.endIndex,
        startPosition.row, startPosition.column, endPosition.row, endPosition.column, cursor.currentNode.childCount,
      );
    };
    const next = () => {
      if (cursor.gotoFirstChild() || cursor.gotoNextSibling()) return true;
      while (cursor.gotoParent()) if (cursor.gotoNextSibling()) return true;
      return false;
    };
    do tell(); while (next());
    cursor.delete();
    tree.delete();
    return [[...types.keys()], Int32Array.from(numbers)];
  };
};
