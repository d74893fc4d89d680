"""`deskui completion`: what a shell needs in order to complete deskui's commands and options."""

from __future__ import annotations

import click

from deskui.cli.errors import DONE

_PROGRAM = "deskui"
_VARIABLE = "_DESKUI_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the completion of deskui for SHELL, to be read by it.

    \b
    bash: deskui completion bash > ~/.local/share/bash-completion/completions/deskui
    zsh:  eval "$(deskui completion zsh)"      in ~/.zshrc
    fish: deskui completion fish > ~/.config/fish/completions/deskui.fish
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415 - only here

    found = get_completion_class(shell)
    assert found is not None
    root = click.get_current_context().find_root().command
    made = found(root, {}, _PROGRAM, _VARIABLE)
    # not made.source(): for bash that starts one to ask for its version
    click.echo(made.source_template % made.source_vars())
    return DONE
