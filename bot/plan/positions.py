"""Where something stands in a YAML text."""

from ruamel.yaml.comments import CommentedMap, CommentedSeq


def position_of(root: CommentedMap, path: tuple[str | int, ...], *, on_key: bool) -> tuple[int, int]:
    """Return line and column, from 1, of the value at `path`, or of the last that exists on the way there.

    What spreads over lines, and anything with `on_key`, is found at its key.
    """
    found = (0, 0)
    node: object = root
    for depth, step in enumerate(path, start=1):
        if isinstance(node, CommentedMap) and step in node.lc.data:
            value = node[step]
            at_key = isinstance(value, CommentedMap | CommentedSeq) or (on_key and depth == len(path))
            found = node.lc.key(step) if at_key else node.lc.value(step)
        elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
            value = node[step]
            found = node.lc.item(step)
        else:
            break
        node = value
    line, column = found
    return line + 1, column + 1
