"""What ``serve`` is told of an office's own sign-in service: its arguments, and what they come to."""

from __future__ import annotations

import argparse
from pathlib import Path

from central.config import Provider


def add_provider_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of one OpenID provider."""
    office = parser.add_argument_group(
        "the office's own sign-in", "an OpenID provider; passwords here go on beside it"
    )
    office.add_argument(
        "--oidc-issuer", default="", metavar="URL", help="the provider's issuer, as it writes it"
    )
    office.add_argument(
        "--oidc-client-id", default="", metavar="ID", help="what it calls the desktop, a public client"
    )
    office.add_argument(
        "--oidc-claim",
        default="sub",
        metavar="NAME",
        help="claim of its ID tokens that holds the login here (default: %(default)s)",
    )
    office.add_argument(
        "--oidc-scope",
        default=Provider.scope,
        metavar="WORDS",
        help="what desktops ask it for (default: %(default)s)",
    )
    office.add_argument(
        "--oidc-ca", type=Path, metavar="FILE", help="its certificate authority (PEM), if private"
    )
    office.add_argument("--oidc-proxy", default="", metavar="URL", help="http://host:port on the way to it")


def provider_of(arguments: argparse.Namespace) -> Provider | None:
    """The provider that was named. Raises ``ValueError`` with words for the administrator."""
    if not arguments.oidc_issuer:
        if arguments.oidc_client_id:
            raise ValueError("--oidc-client-id belongs to --oidc-issuer")
        return None
    provider = Provider(
        arguments.oidc_issuer,
        arguments.oidc_client_id,
        claim=arguments.oidc_claim,
        scope=arguments.oidc_scope,
        authority=arguments.oidc_ca,
        proxy=arguments.oidc_proxy,
    )
    provider.check()
    return provider


def provider_arguments(arguments: argparse.Namespace) -> list[str]:
    """The same arguments again, for a worker."""
    if not arguments.oidc_issuer:
        return []
    told = ["--oidc-issuer", arguments.oidc_issuer, "--oidc-client-id", arguments.oidc_client_id]
    told += ["--oidc-claim", arguments.oidc_claim, "--oidc-scope", arguments.oidc_scope]
    told += ["--oidc-proxy", arguments.oidc_proxy]
    return told + (["--oidc-ca", str(arguments.oidc_ca)] if arguments.oidc_ca else [])
