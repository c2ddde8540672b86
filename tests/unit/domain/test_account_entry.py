import pytest

from agent_toolbar.domain.account_entry import checked_extension, checked_port, checked_server, split_host_port
from agent_toolbar.domain.errors import AccountError


@pytest.mark.parametrize("server", ["pbx.example.com", "192.0.2.10", "localhost", " pbx ", "pbx.example.com."])
def test_host_names_and_addresses_are_taken(server: str) -> None:
    assert checked_server(server) == server.strip()


@pytest.mark.parametrize("server", ["pbx example", "sip:pbx", "pbx/x", "-pbx", "pbx\r\nX: y", "[::1]", "a" * 254])
def test_what_is_no_host_is_refused_by_name(server: str) -> None:
    with pytest.raises(AccountError) as refused:
        checked_server(server)
    assert refused.value.code == "bad_server"


@pytest.mark.parametrize("extension", ["1001", "marie.dupont", "+33123456789", "agent_7"])
def test_usual_extensions_are_taken(extension: str) -> None:
    assert checked_extension(extension) == extension


@pytest.mark.parametrize("extension", ["10 01", "1001@pbx", "<1001>", "1001;x=y", "1" * 65])
def test_what_would_change_the_address_is_refused(extension: str) -> None:
    with pytest.raises(AccountError) as refused:
        checked_extension(extension)
    assert refused.value.code == "bad_extension"


@pytest.mark.parametrize("typed", ["", "  "])
def test_nothing_typed_is_not_quoted_back_at_the_person(typed: str) -> None:
    with pytest.raises(AccountError) as no_server:
        split_host_port(typed)
    with pytest.raises(AccountError) as no_extension:
        checked_extension(typed)
    assert (no_server.value.code, no_extension.value.code) == ("no_server", "no_extension")


def test_a_port_may_stand_behind_the_host() -> None:
    assert split_host_port("pbx.example.com:5080") == ("pbx.example.com", 5080)
    assert split_host_port("pbx.example.com") == ("pbx.example.com", 0)


@pytest.mark.parametrize("typed", ["pbx:", "pbx:0", "pbx:x", "pbx:70000", "pbx:٥٠٦٠"])
def test_a_bad_port_is_refused_by_name(typed: str) -> None:
    with pytest.raises(AccountError) as refused:
        split_host_port(typed)
    assert refused.value.code == "bad_port"


def test_port_zero_means_find_out() -> None:
    assert checked_port(0) == 0
