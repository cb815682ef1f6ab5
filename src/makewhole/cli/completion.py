"""Shell completion, written by shtab out of the parser itself."""

import argparse

SHELLS = ("bash", "zsh", "tcsh")
_FILES = {"files", "mapping", "html", "csv", "xlsx"}


def completion(parser: argparse.ArgumentParser, shell: str) -> str:
    """The script that completes `makewhole` in one of `SHELLS`."""
    import shtab

    _complete_files(parser, shtab.FILE)
    _complete_providers(parser)
    return str(shtab.complete(parser, shell)) + "\n"


def _complete_files(parser: argparse.ArgumentParser, how: object) -> None:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb in action.choices.values():
                _complete_files(verb, how)
        elif action.dest in _FILES:
            vars(action)["complete"] = how


def _complete_providers(parser: argparse.ArgumentParser) -> None:
    """Offer the wallets by their ids; other names are taken, too, so the parser has no choices."""
    from makewhole.directory.loading import provider_ids

    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb in action.choices.values():
                _complete_providers(verb)
        elif action.dest == "provider":
            action.choices = provider_ids()
