"""A reader of the YAML that configurations are written in: blocks, lists, flow style and plain values."""

import json
import re

_NUMBER = re.compile(r"[-+]?(\d[\d_]*)?\.?\d+([eE][-+]?\d+)?$")
_WORDS = {
    "true": True,
    "yes": True,
    "on": True,
    "false": False,
    "no": False,
    "off": False,
    "null": None,
    "~": None,
    "": None,
    ".inf": float("inf"),
    "-.inf": float("-inf"),
    ".nan": float("nan"),
}


class YAMLError(Exception):
    """A text that is not understood."""


class Loader:
    """Named by callers alone."""


FullLoader = SafeLoader = UnsafeLoader = CLoader = CSafeLoader = Loader


def load(stream, Loader=None):
    text = stream.read() if hasattr(stream, "read") else stream
    if isinstance(text, bytes):
        text = text.decode()
    lines = []
    for line in text.splitlines():
        if line.strip() in ("---", "..."):
            continue
        content = _without_comment(line).rstrip()
        if content.strip():
            lines.append((len(content) - len(content.lstrip()), content.strip()))
    value, rest = _block(lines, 0)
    if rest:
        raise YAMLError(f"The line {rest[0][1]!r} is not understood.")
    return value


safe_load = full_load = unsafe_load = load


def dump(data, stream=None, **options):
    text = json.dumps(data, default=str)
    return text if stream is None else stream.write(text)


safe_dump = dump


def _without_comment(line):
    quote = None
    for place, letter in enumerate(line):
        if quote:
            quote = None if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter == "#" and (place == 0 or line[place - 1] in " \t"):
            return line[:place]
    return line


def _block(lines, least):
    if not lines or lines[0][0] < least:
        return None, lines
    indent, first = lines[0]
    if first.startswith("- ") or first == "-":
        return _list(lines, indent)
    if _key_of(first) is not None:
        return _map(lines, indent)
    text = first
    rest = lines[1:]
    while rest and rest[0][0] >= indent and _is_open(text):
        text += " " + rest[0][1]
        rest = rest[1:]
    return _value(text), rest


def _list(lines, indent):
    items = []
    while lines and lines[0][0] == indent and (lines[0][1].startswith("- ") or lines[0][1] == "-"):
        content = lines[0][1][1:]
        inner = indent + 1 + len(content) - len(content.lstrip())
        content = content.strip()
        rest = lines[1:]
        if content:
            rest = [(inner, content), *rest]
        item, lines = _block(rest, indent + 1)
        items.append(item)
    return items, lines


def _map(lines, indent):
    items = {}
    while lines and lines[0][0] == indent:
        key = _key_of(lines[0][1])
        if key is None:
            break
        name, content = key
        rest = lines[1:]
        if content and content[0] in "&!":
            content = content.partition(" ")[2].strip()
        if content in ("|", ">", "|-", ">-"):
            parts = []
            while rest and rest[0][0] > indent:
                parts.append(rest[0][1])
                rest = rest[1:]
            items[name] = ("\n" if content[0] == "|" else " ").join(parts)
        elif content:
            while rest and _is_open(content):
                content += " " + rest[0][1]
                rest = rest[1:]
            items[name] = _value(content)
        else:
            is_list = bool(rest) and rest[0][0] == indent and rest[0][1].startswith("-")
            items[name], rest = _block(rest, indent if is_list else indent + 1)
        lines = rest
    return items, lines


def _key_of(text):
    """The key of a line and what follows it, or None."""
    if text[0] in "[{":
        return None
    match = re.match(r"(\"[^\"]*\"|'[^']*'|[^\s:#][^:]*?)\s*:(?:\s+(.*))?$", text)
    return None if match is None else (_value(match[1]), match[2] or "")


def _is_open(text):
    return text.count("[") + text.count("{") > text.count("]") + text.count("}")


def _value(text):
    text = text.strip()
    if text[:1] in "[{" and text:
        value, rest = _flow(text)
        if rest.strip():
            raise YAMLError(f"{rest!r} is not understood.")
        return value
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _NUMBER.match(text):
        plain = text.replace("_", "")
        try:
            return int(plain)
        except ValueError:
            # YAML 1.1 takes `1e-3` for a text; so does PyYAML.
            return float(plain) if "." in plain else text
    return text


def _flow(text):
    """Reads a list or map in brackets; what follows it is returned too."""
    closing = "]" if text[0] == "[" else "}"
    items = [] if closing == "]" else {}
    rest = text[1:].lstrip()
    while not rest.startswith(closing):
        if not rest:
            raise YAMLError("A bracket is not closed.")
        if closing == "}":
            name, _, rest = rest.partition(":")
            item, rest = _flow_item(rest.lstrip(), closing)
            items[_value(name)] = item
        else:
            item, rest = _flow_item(rest, closing)
            items.append(item)
        rest = rest.lstrip()
        if rest.startswith(","):
            rest = rest[1:].lstrip()
    return items, rest[1:]


def _flow_item(text, closing):
    if text[:1] in ("[", "{"):
        return _flow(text)
    match = re.match(r"\"[^\"]*\"|'[^']*'|[^,\]}]*", text)
    return _value(match[0]), text[match.end() :]
