"""a case -> pages in a browser of this machine, until it is stopped"""

import secrets
import socket
import sys
from typing import Annotated

import typer

from secondsource.cli.app import Quiet, app, log
from secondsource.cli.cases import Folder, now
from secondsource.errors import BadInput


@app.command()
def serve(
    folder: Folder,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on; 127.0.0.1 is this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes any that is free.")] = 0,
    open_to_network: Annotated[
        bool, typer.Option("--open-to-network", help="Let other machines in: whoever has the link reads and rules.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Serve the case as pages with search, trace and review. Open the printed address; Ctrl-C ends it."""
    import uvicorn

    from secondsource.web.app import application
    from secondsource.web.desk import Desk
    from secondsource.web.doors import loopback, names

    if not loopback(host) and not open_to_network:
        raise BadInput(
            f"--host {host} is not this machine alone: others on the network could read the case, and the link is not "
            "encrypted. Leave --host out, or add --open-to-network if that is what you want"
        )
    listening = _bound(host, port)
    number = listening.getsockname()[1]
    if not quiet:
        log.print("putting the dossier together …")
    desk = Desk(folder, now)
    token = secrets.token_urlsafe(24)
    wild = host in {"0.0.0.0", "::"}  # noqa: S104  only after --open-to-network
    shown = f"[{host}]" if ":" in host else host
    made = application(desk, token, () if wild else names(host, number))
    sys.stdout.write(f"http://{'127.0.0.1' if wild else shown}:{number}/?token={token}\n")
    sys.stdout.flush()
    if not quiet:
        log.print("open this address in a browser; whoever has it can read and rule. Ctrl-C ends it")
    desk.warm()
    config = uvicorn.Config(made, log_level="warning", access_log=False, server_header=False, lifespan="off")
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        desk.close()


def _bound(host: str, port: int) -> socket.socket:
    """A socket that listens at this address alone. Raises BadInput where it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise BadInput(f"{host}, port {port} cannot be listened on ({error.strerror or error}): give another --port") from error
    return made
