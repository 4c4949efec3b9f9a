"""The smallest typer program with a --version: what start-up is measured against."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(add_completion=False)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo("bare 0.0.0")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def bare(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Does nothing."""


if __name__ == "__main__":
    app()
