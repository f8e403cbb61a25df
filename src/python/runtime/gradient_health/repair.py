"""Statements that cannot be simulated are left out, each with a note; never one of a `forward`."""

import ast

UNKNOWN_NAME = "__gradient_health_unknown__"


class LeftOut(ast.NodeTransformer):
    """Replaces statements; what they would bind becomes unknown."""

    def __init__(self, places):
        self.places = places

    def visit(self, node):
        if isinstance(node, ast.stmt) and (node.lineno, node.col_offset) in self.places:
            return self._replaced(node)
        return self.generic_visit(node)

    def _replaced(self, node):
        def at(made):
            return ast.fix_missing_locations(ast.copy_location(made, node))

        if isinstance(node, ast.Assign):
            first = node.targets[0]
            if isinstance(first, (ast.Tuple, ast.List)):
                return at(
                    ast.Assign(
                        node.targets, ast.Tuple([_unknown() for _ in first.elts], ast.Load())
                    )
                )
            return at(ast.Assign(node.targets, _unknown()))
        if isinstance(node, ast.AnnAssign):
            return at(ast.AnnAssign(node.target, node.annotation, _unknown(), node.simple))
        if isinstance(node, ast.Return):
            return at(ast.Return(_unknown()))
        if isinstance(node, (ast.If, ast.While)):
            node.test = ast.Constant(False)
            self.generic_visit(node)
            return at(node)
        if isinstance(node, ast.With):
            body = [self.visit(statement) for statement in node.body]
            return [part for item in body for part in (item if isinstance(item, list) else [item])]
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [
                item.asname or item.name.split(".")[0] for item in node.names if item.name != "*"
            ]
            bound = [at(ast.Assign([ast.Name(name, ast.Store())], _unknown())) for name in names]
            return bound or at(ast.Pass())
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.decorator_list:
            node.decorator_list = []
            self.generic_visit(node)
            return at(node)
        return at(ast.Pass())


def _unknown():
    return ast.Call(ast.Name(UNKNOWN_NAME, ast.Load()), [], [])


def statement_at(tree, line):
    """The innermost statement of a line, or None."""
    best = None
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno:
            if best is None or (node.lineno, node.col_offset) >= (best.lineno, best.col_offset):
                best = node
    return best


def without(tree, places):
    return ast.fix_missing_locations(LeftOut(places).visit(tree))
