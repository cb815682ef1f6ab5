"""Computes the formulas of the rules: sums, products, least and greatest, and nothing else.

A formula is data and may come from strangers, so no more than arithmetic is understood in it.
"""

import ast
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from itertools import pairwise

Value = Decimal | bool
_FUNCTIONS = {"min": min, "max": max}
_LONGEST = 400


@cache
def _parsed(formula: str) -> ast.expr:
    if len(formula) > _LONGEST:
        raise ValueError("the formula is too long")
    try:
        return ast.parse(formula, mode="eval").body
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError(f"“{formula}” is not a formula") from None


def names_in(formula: str) -> set[str]:
    """What the formula has to be told; ValueError if it asks for more than arithmetic."""
    tree = _parsed(formula)
    _check(tree, formula)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called
    }


def evaluate(formula: str, known: Mapping[str, Value]) -> Value:
    """The formula's value in exact decimals."""
    return _value(_parsed(formula), known, formula)


def _check(node: ast.expr, formula: str) -> None:
    """Walk the whole formula with stand-ins, so that a mistake is found when a file is read."""
    allowed = (
        *(ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Call, ast.Name, ast.Constant),
        *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub, ast.Not, ast.And, ast.Or, ast.Load),
        *(ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq),
    )
    for part in ast.walk(node):
        known_call = not isinstance(part, ast.Call) or (
            isinstance(part.func, ast.Name) and part.func.id in _FUNCTIONS and not part.keywords
        )
        number = not isinstance(part, ast.Constant) or isinstance(part.value, int | float)
        if not isinstance(part, allowed) or not known_call or not number:
            raise ValueError(f"“{formula}” holds more than arithmetic")


def _value(node: ast.expr, known: Mapping[str, Value], formula: str) -> Value:
    match node:
        case ast.Constant(value=bool() as value):
            return value
        case ast.Constant(value=value):
            return Decimal(str(value))
        case ast.Name(id=name):
            return known[name]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _value(operand, known, formula)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -Decimal(_value(operand, known, formula))
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_value(each, known, formula) for each in values)
        case ast.BoolOp(values=values):
            return any(_value(each, known, formula) for each in values)
        case ast.BinOp(left=left, op=op, right=right):
            return _sum(op, _value(left, known, formula), _value(right, known, formula))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _FUNCTIONS[name](Decimal(_value(each, known, formula)) for each in arguments)
        case ast.Compare(left=left, ops=ops, comparators=others):
            numbers = [_value(each, known, formula) for each in (left, *others)]
            pairs = zip(ops, pairwise(numbers), strict=True)
            return all(_holds(op, one, other) for op, (one, other) in pairs)
    raise ValueError(f"“{formula}” holds more than arithmetic")


def _sum(op: ast.operator, left: Value, right: Value) -> Decimal:
    one, other = Decimal(left), Decimal(right)
    match op:
        case ast.Add():
            return one + other
        case ast.Sub():
            return one - other
        case ast.Mult():
            return one * other
    return one / other


def _holds(op: ast.cmpop, left: Value, right: Value) -> bool:
    match op:
        case ast.Lt():
            return left < right
        case ast.LtE():
            return left <= right
        case ast.Gt():
            return left > right
        case ast.GtE():
            return left >= right
        case ast.NotEq():
            return left != right
    return left == right
