"""Where in the user's files something happened.

A position is a pair of offsets into the text of a file, in UTF-16 units as editors count them. CPython
counts columns in bytes of UTF-8, so each is converted once, when the trace is written.
"""

import re
import sys

_LINE_END = re.compile("\r\n|\r|\n")


class SourceFile:
    """A text of the request, and where its lines begin."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.is_ascii = text.isascii()
        self._starts = None

    def offset(self, line, column):
        """The UTF-16 offset of a line from 1 and a column in bytes of UTF-8."""
        if self._starts is None:
            self._lines = []
            self._starts = []
            start = units = 0
            for end in _LINE_END.finditer(self.text):
                self._add_line(self.text[start : end.start()], units)
                units += _units(self.text[start : end.end()])
                start = end.end()
            self._add_line(self.text[start:], units)
        if not 1 <= line <= len(self._starts):
            return self._starts[-1]
        text = self._lines[line - 1]
        if text.isascii():
            return self._starts[line - 1] + min(column, len(text))
        before = text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore")
        return self._starts[line - 1] + _units(before)

    def _add_line(self, text, units):
        mark = 1 if not self._starts and text.startswith("\ufeff") else 0
        self._lines.append(text[mark:])
        self._starts.append(units + mark)


def _units(text):
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class Positions:
    """All places that the trace names, each once."""

    def __init__(self):
        self.files = {}
        self.rows = []
        self.stacks = []
        self._by_instruction = {}
        self._by_row = {}
        self._by_stack = {}

    def add_file(self, path, text):
        self.files[path] = SourceFile(path, text)

    def has(self, frame):
        return frame.f_code.co_filename in self.files

    def of_frame(self, frame, instruction=None):
        """The number of the place where a frame is."""
        code = frame.f_code
        last = frame.f_lasti if instruction is None else instruction
        key = (code, last)
        known = self._by_instruction.get(key)
        if known is None:
            place = _nth(code.co_positions(), last // 2)
            line, end_line, column, end_column = place
            row = (code.co_filename, line, end_line, column, end_column, code.co_name)
            known = self._by_instruction[key] = self.of_row(row)
        return known

    def of_row(self, row):
        known = self._by_row.get(row)
        if known is None:
            known = self._by_row[row] = len(self.rows)
            self.rows.append(row)
        return known

    def here(self, frame=None):
        """The innermost place in a file of the user, or None."""
        frame = frame or sys._getframe(1)
        files = self.files
        while frame is not None:
            if frame.f_code.co_filename in files:
                return self.of_frame(frame)
            frame = frame.f_back
        return None

    def stack(self, frame=None):
        """The number of the list of places from the innermost outwards."""
        frame = frame or sys._getframe(1)
        files = self.files
        found = []
        while frame is not None:
            if frame.f_code.co_filename in files:
                found.append(self.of_frame(frame))
            frame = frame.f_back
        return self.stack_of(tuple(found[:64]))

    def stack_of(self, places):
        known = self._by_stack.get(places)
        if known is None:
            known = self._by_stack[places] = len(self.stacks)
            self.stacks.append(places)
        return known

    def of_error(self, error):
        """The places from which an error came, the innermost first."""
        found = []
        trace = error.__traceback__
        while trace is not None:
            if self.has(trace.tb_frame):
                found.append(self.of_frame(trace.tb_frame, trace.tb_lasti))
            trace = trace.tb_next
        return tuple(reversed(found))

    def written(self):
        """The places as the answer has them."""
        paths = {path: number for number, path in enumerate(self.files)}
        places = []
        for path, line, end_line, column, end_column, function in self.rows:
            file = self.files[path]
            start = file.offset(line or 1, column or 0)
            end = file.offset(end_line or line or 1, end_column if end_column is not None else 0)
            places.append([paths[path], start, max(start, end), function])
        return list(paths), places, [list(stack) for stack in self.stacks]


def _nth(items, number):
    for count, item in enumerate(items):
        if count == number:
            return item
    return (1, 1, 0, 0)
