"""Which model is asked, where it stands, and within which limits: `[model]` in auditor.toml."""

from __future__ import annotations

import ipaddress
import os
from decimal import Decimal
from urllib.parse import urlsplit

from auditor.values import frozen

_NEAR = tuple(
    map(
        ipaddress.ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7", "fe80::/10"),
    )
)
_USUAL = "https://api.openai.com/v1"


@frozen
class ModelSettings:
    """Every key of `[model]`. A limit of 0 is no limit.

    base_url     OPENAI_BASE_URL goes before it
    local_hosts  host names that a bureau declares to be its own
    structured   how the answer's form is asked for: "json_schema", or "json_object" for
                 endpoints that know nothing better, "text" for none at all; what is refused is loosened
    timeout, deadline  seconds for one attempt, and for a call with all its retries
    max_tokens   tokens of a run, in and out
    input_price, output_price  per million tokens
    cassettes    the run's own folder of answers; answers that came with the program are read too
    prompts      a bureau's own folder of prompts: what is not there is taken from the program's
    log_text     whether the log keeps what was sent word by word
    """

    name: str = "reference"
    base_url: str = ""
    local_hosts: tuple[str, ...] = ()
    structured: str = "json_schema"
    temperature: Decimal = Decimal(0)
    max_output: int = 2000
    timeout: int = 120
    deadline: int = 600
    attempts: int = 6
    concurrency: int = 4
    requests_per_minute: int = 0
    tokens_per_minute: int = 0
    max_tokens: int = 0
    input_price: Decimal = Decimal(0)
    output_price: Decimal = Decimal(0)
    currency: str = "元"
    cassettes: str = "cassettes"
    prompts: str = ""
    log_text: bool = False

    @property
    def is_named(self) -> bool:
        """Whether somebody has named a model of their own."""
        return self.name != ModelSettings().name


@frozen
class Endpoint:
    """An address, and whether what is sent there stays in the house."""

    url: str
    local: bool

    @property
    def host(self) -> str:
        """Host and port, without what an address may carry besides (user, key)."""
        try:
            parts = urlsplit(self.url)
            port = f":{parts.port}" if parts.port else ""
        except ValueError:
            return "?"
        return f"{parts.hostname or '?'}{port}"

    @property
    def usable(self) -> bool:
        """Whether the address is one of the web at all."""
        return self.url.startswith(("http://", "https://")) and not self.host.startswith("?")


def endpoint(settings: ModelSettings) -> Endpoint:
    """Where calls would go: OPENAI_BASE_URL, else `base_url`, else the usual cloud.

    Local is what the settings declare and what lies on a loopback or private address. Names are
    not looked up: a name can point anywhere tomorrow.
    """
    url = (os.environ.get("OPENAI_BASE_URL") or settings.base_url or _USUAL).strip().rstrip("/")
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    declared = {name.strip().lower().rstrip(".") for name in settings.local_hosts}
    return Endpoint(url, bool(host) and (host.rstrip(".") in declared or _near(host)))


def _near(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in _NEAR if network.version == address.version)
