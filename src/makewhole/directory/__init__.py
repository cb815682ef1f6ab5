"""Whom to turn to: wallets, authorities and contacts as sourced data, and in which order."""

from makewhole.directory.due import Due, due_for_checking
from makewhole.directory.facts import Contact, Fact, Grade, Source
from makewhole.directory.history import Event
from makewhole.directory.ladder import Amount, Rung, ladder, next_step
from makewhole.directory.numbers import Recognised, recognise
from makewhole.directory.route import Route, route

__all__ = [
    "Amount",
    "Contact",
    "Due",
    "Event",
    "Fact",
    "Grade",
    "Recognised",
    "Route",
    "Rung",
    "Source",
    "due_for_checking",
    "ladder",
    "next_step",
    "recognise",
    "route",
]
