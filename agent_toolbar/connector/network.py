"""The connection under a connector: one deadline for everything, no plain text off this computer. One thread."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.request import getproxies, proxy_bypass

import certifi
import httpcore
import httpx

SocketOptions = Iterable[Any]


class Deadline:
    """Until when an operation may take. `left_s` raises httpcore.ReadTimeout once it has passed."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._until = 0.0

    def set_s(self, budget_s: float) -> None:
        self._until = self._monotonic() + budget_s

    def budget_left_s(self) -> float:
        return max(0.0, self._until - self._monotonic())

    def left_s(self) -> float:
        left = self.budget_left_s()
        if left <= 0:
            raise httpcore.ReadTimeout("the time of the operation is over")
        return left


class BoundedBackend(httpcore.NetworkBackend):
    """Every wait ends at the deadline, also where a server sends a byte now and then."""

    def __init__(self, deadline: Deadline, *, loopback_only: bool) -> None:
        self._inner = httpcore.SyncBackend()
        self._deadline = deadline
        self._loopback_only = loopback_only

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        """Tries every address of the host, each with a share of the time."""
        try:
            addresses = list(
                dict.fromkeys(str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
            )
        except (OSError, UnicodeError) as fault:
            raise httpcore.ConnectError(str(fault)) from fault
        if self._loopback_only:
            addresses = [one for one in addresses if ipaddress.ip_address(one.partition("%")[0]).is_loopback]
        last: Exception = httpcore.ConnectError("no address")
        for number, address in enumerate(addresses):
            share = self._deadline.left_s() / (len(addresses) - number)
            try:
                stream = self._inner.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as refused:
                last = refused
            else:
                return _BoundedStream(stream, self._deadline)
        raise last

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(min(seconds, self._deadline.left_s()))


class _BoundedStream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left_s())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left_s())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _BoundedStream(
            self._inner.start_tls(ssl_context, server_hostname, self._deadline.left_s()), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  # as httpcore has it
        return self._inner.get_extra_info(info)


class BoundedTransport(httpx.BaseTransport):
    """Raises the exceptions of httpcore. A proxy of the system is used for https only, as the system says."""

    def __init__(self, origin: httpx.URL, deadline: Deadline) -> None:
        backend = BoundedBackend(deadline, loopback_only=origin.scheme == "http")
        context = trust() if origin.scheme == "https" else None
        proxy = _proxy_for(origin)
        self._pool: httpcore.ConnectionPool = (
            httpcore.ConnectionPool(ssl_context=context, max_connections=1, network_backend=backend)
            if proxy is None
            else httpcore.HTTPProxy(
                httpcore.URL(scheme=proxy.raw_scheme, host=proxy.raw_host, port=proxy.port, target=b"/"),
                proxy_auth=(proxy.username, proxy.password) if proxy.username else None,
                ssl_context=context,
                max_connections=1,
                network_backend=backend,
            )
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def trust() -> ssl.SSLContext:
    """The system's own certificates, so that a company's authority counts; certifi's where the system names none."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not (paths.cafile or paths.capath) and not context.cert_store_stats()["x509_ca"]:
        context.load_verify_locations(certifi.where())
    return context


def is_loopback(host: str) -> bool:
    """`host` without brackets."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _proxy_for(origin: httpx.URL) -> httpx.URL | None:
    """Nothing on this computer goes through a proxy, whatever the environment says."""
    if is_loopback(origin.host) or origin.scheme != "https" or proxy_bypass(origin.host):
        return None
    named = getproxies().get("https", "")
    url = httpx.URL(named if "://" in named or not named else f"http://{named}")
    return url if url.scheme == "http" and url.host else None
