from __future__ import annotations

from agent_toolbar.sip_text.digest import DigestGate, credentials, digest_parameters, digest_response


def authorization(challenge: str, password: str, method: str = "REGISTER", **changes: str) -> str:
    asked = digest_parameters(challenge)
    given = {"username": "200", "uri": "sip:127.0.0.1", "nc": "00000001", "cnonce": "c", "qop": "auth", **changes}
    response = digest_response(
        given["username"],
        asked["realm"],
        password,
        method=method,
        uri=given["uri"],
        nonce=asked["nonce"],
        qop=given["qop"],
        nc=given["nc"],
        cnonce=given["cnonce"],
    )
    return (
        f'Digest username="{given["username"]}", realm="{asked["realm"]}", nonce="{asked["nonce"]}", '
        f'uri="{given["uri"]}", response="{response}", qop={given["qop"]}, nc={given["nc"]}, cnonce="{given["cnonce"]}"'
    )


def test_the_example_of_rfc_2617() -> None:
    response = digest_response(
        "Mufasa",
        "testrealm@host.com",
        "Circle Of Life",
        method="GET",
        uri="/dir/index.html",
        nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093",
        qop="auth",
        nc="00000001",
        cnonce="0a4f113b",
    )
    assert response == "6629fae49393a05397450978507c4ef1"


def test_the_md5_example_of_rfc_7616() -> None:
    response = digest_response(
        "Mufasa",
        "http-auth@example.org",
        "Circle of Life",
        method="GET",
        uri="/dir/index.html",
        nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
        qop="auth",
        nc="00000001",
        cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    )
    assert response == "8ca523f5e9506fed4657c9700eebdbec"


def test_the_right_password_is_admitted_and_no_other() -> None:
    gate = DigestGate("practice", "200", "secret")
    challenge = gate.challenge()

    assert gate.admits(authorization(challenge, "secret"), "REGISTER")
    assert not gate.admits(authorization(challenge, "guess"), "REGISTER")
    assert not gate.admits(authorization(challenge, "secret", username="201"), "REGISTER")
    assert not gate.admits(authorization(challenge, "secret"), "INVITE")
    assert not gate.admits("", "REGISTER")
    assert not gate.admits("Basic MjAwOnNlY3JldA==", "REGISTER")


def test_credentials_for_a_nonce_that_was_never_given_are_stale() -> None:
    foreign = DigestGate("practice", "200", "secret").challenge()
    gate = DigestGate("practice", "200", "secret")

    assert not gate.admits(authorization(foreign, "secret"), "REGISTER")
    assert gate.is_stale(authorization(foreign, "secret"))
    assert not gate.is_stale(authorization(gate.challenge(), "secret"))


def test_old_nonces_are_forgotten() -> None:
    gate = DigestGate("practice", "200", "secret")
    first = gate.challenge()
    for _ in range(100):
        newest = gate.challenge()

    assert not gate.admits(authorization(first, "secret"), "REGISTER")
    assert gate.admits(authorization(newest, "secret"), "REGISTER")


def test_the_sha_256_example_of_rfc_7616() -> None:
    response = digest_response(
        "Mufasa",
        "http-auth@example.org",
        "Circle of Life",
        method="GET",
        uri="/dir/index.html",
        nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
        qop="auth",
        nc="00000001",
        cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
        algorithm="SHA-256",
    )
    assert response == "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"


def test_the_first_challenge_that_can_be_answered_is_answered() -> None:
    challenges = [
        'Digest realm="r", nonce="a", algorithm=SHA-512-256, qop="auth"',
        'Digest realm="r", nonce="b", algorithm=SHA-256, qop="auth,auth-int", opaque="o"',
        'Digest realm="r", nonce="c", algorithm=MD5',
    ]
    given = digest_parameters(credentials(challenges, "200", "secret", method="INVITE", uri="sip:600@pbx"))
    expected = digest_response(
        "200",
        "r",
        "secret",
        method="INVITE",
        uri="sip:600@pbx",
        nonce="b",
        qop="auth",
        nc="00000001",
        cnonce=given["cnonce"],
        algorithm="SHA-256",
    )
    assert (given["nonce"], given["algorithm"], given["opaque"]) == ("b", "SHA-256", "o")
    assert given["response"] == expected


def test_a_challenge_of_an_unknown_kind_is_not_answered() -> None:
    unknown = [
        'Digest realm="r", nonce="a", algorithm=SHA-512-256',
        'Digest realm="r", nonce="a", qop="auth-int"',
        "NTLM",
    ]
    assert credentials(unknown, "200", "secret", method="INVITE", uri="sip:600@pbx") == ""


def test_the_gate_admits_who_answers_its_challenge() -> None:
    gate = DigestGate("practice", "200", "secret")
    answered = credentials([gate.challenge()], "200", "secret", method="REGISTER", uri="sip:127.0.0.1")
    assert gate.admits(answered, "REGISTER")
    guessed = credentials([gate.challenge()], "200", "guessed", method="REGISTER", uri="sip:127.0.0.1")
    assert not gate.admits(guessed, "REGISTER")
