"""Accounts of the library: opened at an address of the PBX, closed when their last call is over. SIP thread only."""

from __future__ import annotations

from collections.abc import Callable, Collection

from agent_toolbar.application.ports.telephony import AccountConfig
from agent_toolbar.engine.account import PbxAddress, PbxLine
from agent_toolbar.engine.library import Library
from agent_toolbar.engine.registration_keeper import LineSupply
from agent_toolbar.engine.server_lookup import LookupRequest

LookUp = Callable[[LookupRequest], None]


class Lines:
    """Supplies lines and takes them back.

    Attributes:
        supply: for whoever registers or calls.
    """

    def __init__(self, library: Library, look_up: LookUp, post: Callable[[Callable[[], None]], None]) -> None:
        """post: runs something on this thread later."""
        self._library = library
        self._look_up = look_up
        self._post = post
        self._retired: list[PbxLine] = []
        self._serial = 0
        self.supply = LineSupply(self._find_addresses, self._open, self._retired.append)

    def retired(self, serial: int) -> PbxLine | None:
        """The one of that number that is not closed yet."""
        return next((line for line in self._retired if line.serial == serial), None)

    def close_retired(self, in_use: Collection[int], *, calls_leaving: bool) -> list[PbxLine]:
        """Those that are closed now. in_use: serial numbers; calls_leaving: of any line one may be on its way out."""
        closed = [] if calls_leaving else [line for line in self._retired if line.serial not in in_use]
        for line in closed:
            self._retired.remove(line)
            line.close()
        return closed

    def close(self) -> None:
        """All that were retired, whatever their calls do."""
        for line in self._retired:
            line.close()

    def _find_addresses(self, account: AccountConfig, on_result: Callable[[tuple[PbxAddress, ...]], None]) -> None:
        def arrived(addresses: tuple[PbxAddress, ...]) -> None:
            self._post(lambda: on_result(addresses))

        self._look_up(LookupRequest(account.server, account.port, account.transport, arrived))

    def _open(self, account: AccountConfig, address: PbxAddress, local_ip: str, pbx_ips: frozenset[str]) -> PbxLine:
        self._serial += 1
        self._library.guard.pbx_ips |= pbx_ips  # its first call may come in one go with its answer to our REGISTER
        return PbxLine(self._library, self._serial, account, address=address, local_ip=local_ip, pbx_ips=pbx_ips)
