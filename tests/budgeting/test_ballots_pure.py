"""Known answers for the cryptography of a ballot: what anyone must be able to compute again."""

import hashlib
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting import verify_ballots
from budgeting.ballots import ElectionKey, Receipt, canonical, chain_head, commitment, merkle_root
from budgeting.ballots.log import FIRST_HEAD, leaf_data

KEY = ElectionKey(7, bytes(range(32)))
OTHER_KEY = ElectionKey(7, bytes(range(1, 33)))

# The leaves of the well-known test tree of Certificate Transparency (RFC 6962).
CT_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


@pytest.mark.parametrize("number", CT_ROOTS)
def test_merkle_roots_are_those_of_certificate_transparency(number) -> None:
    assert merkle_root(CT_LEAVES[:number]) == CT_ROOTS[number]


def test_five_leaves_by_hand() -> None:
    """The RFC's split: the largest power of two below five on the left, the fifth alone."""
    a, b, c, d, e = (leaf(name.encode()) for name in "abcde")
    by_hand = node(node(node(a, b), node(c, d)), e)
    assert merkle_root([b"a", b"b", b"c", b"d", b"e"]) == by_hand.hex()


def test_a_leaf_cannot_pass_for_a_node() -> None:
    inner = leaf(b"a") + leaf(b"b")
    assert merkle_root([inner]) != merkle_root([b"a", b"b"])


def rfc_root(leaves: list[bytes]) -> bytes:
    """The recursive definition of RFC 6962, section 2.1."""
    if len(leaves) < 2:
        return leaf(leaves[0]) if leaves else hashlib.sha256(b"").digest()
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node(rfc_root(leaves[:split]), rfc_root(leaves[split:]))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.binary(max_size=4), max_size=40))
def test_any_root_is_that_of_the_recursive_definition_and_of_the_checker(leaves) -> None:
    assert merkle_root(leaves) == rfc_root(leaves).hex() == verify_ballots.merkle_root(leaves)


def test_a_head_binds_number_size_root_and_the_head_before() -> None:
    root = "ab" * 32
    text = b"kenes-epoch-v1\0" + b"0" * 64 + b"\0" + b"3\0" + b"20\0" + root.encode()
    assert chain_head(FIRST_HEAD, 3, 20, root) == hashlib.sha256(text).hexdigest()
    heads = {
        chain_head(FIRST_HEAD, 3, 20, root),
        chain_head("1" * 64, 3, 20, root),
        chain_head(FIRST_HEAD, 4, 20, root),
        chain_head(FIRST_HEAD, 3, 21, root),
        chain_head(FIRST_HEAD, 3, 20, "ac" * 32),
    }
    assert len(heads) == 5


def test_a_leaf_is_the_commitment_and_the_one_it_replaced() -> None:
    assert leaf_data("ab" * 32, None) == b"\xab" * 32
    assert leaf_data("ab" * 32, "cd" * 32) == b"\xab" * 32 + b"\xcd" * 32


@pytest.mark.parametrize(
    ("choices", "text"),
    [
        (["2", "1"], '["2","1"]'),
        ({"10": 1, "9": 2}, '{"10":1,"9":2}'),
        ({"9": 2, "10": 1}, '{"10":1,"9":2}'),
        (["Ә-1"], '["Ә-1"]'),
        (['a"b'], '["a\\"b"]'),
        ([], "[]"),
    ],
)
def test_canonical_json_is_one_form_in_utf_8(choices, text) -> None:
    assert canonical(choices) == text.encode()
    assert verify_ballots.canonical(choices) == text


def test_a_commitment_by_hand() -> None:
    nonce = b"\5" * 32
    by_hand = hashlib.sha256(b"kenes-ballot-v1\x007\x00" + nonce + b'["1","4"]').hexdigest()
    assert commitment(7, nonce, ["1", "4"]) == by_hand
    assert commitment(7, nonce, ["1", "4"]) != commitment(8, nonce, ["1", "4"])
    assert commitment(7, nonce, ["1", "4"]) != commitment(7, b"\6" * 32, ["1", "4"])
    opening = {"choices": ["1", "4"], "nonce": nonce.hex()}
    assert verify_ballots.commitment_of(7, opening) == by_hand


def test_the_same_request_gives_the_same_bytes() -> None:
    first = KEY.seal(voter=1, request="form", choices=["1"])
    assert KEY.seal(voter=1, request="form", choices=["1"]) == first
    others = [
        KEY.seal(voter=2, request="form", choices=["1"]),
        KEY.seal(voter=1, request="other", choices=["1"]),
        KEY.seal(voter=1, request="form", choices=["2"]),
        OTHER_KEY.seal(voter=1, request="form", choices=["1"]),
        ElectionKey(8, KEY.secret).seal(voter=1, request="form", choices=["1"]),
    ]
    for other in others:
        assert other.commitment != first.commitment
        assert other.idempotency != first.idempotency
        assert other.nonce != first.nonce
        assert other.body[:12] != first.body[:12], "the cipher's nonce must never serve twice"
    assert [other.slot == first.slot for other in others] == [False, True, True, False, False]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.text(min_size=1, max_size=8), max_size=12)
    | st.dictionaries(st.text(min_size=1, max_size=8), st.integers(0, 999), max_size=12)
)
def test_what_was_sealed_is_what_is_opened(choices) -> None:
    sealed = KEY.seal(voter=5, request="form", choices=choices)
    opened = KEY.open(slot=sealed.slot, body=sealed.body)
    assert opened.choices == choices
    assert (opened.nonce, opened.commitment) == (sealed.nonce, sealed.commitment)
    assert canonical(choices) not in sealed.body or not choices


@pytest.mark.parametrize(
    ("length", "stored"), [(0, 284), (100, 284), (219, 284), (220, 284), (221, 540), (500, 796)]
)
def test_bodies_come_in_few_sizes(length, stored) -> None:
    """Nonce 32 + JSON, padded to 256, + 12 of the cipher's nonce and 16 of its tag."""
    sealed = KEY.seal(voter=1, request="form", choices=["x" * length])
    assert len(sealed.body) == stored
    assert len(canonical(["x" * length])) == length + 4


def test_a_ballot_opens_only_in_its_slot_and_with_its_key() -> None:
    sealed = KEY.seal(voter=1, request="form", choices=["1"])
    changed = bytearray(sealed.body)
    changed[40] ^= 1
    for key, slot, body in (
        (KEY, KEY.slot(2), sealed.body),
        (OTHER_KEY, sealed.slot, sealed.body),
        (ElectionKey(8, KEY.secret), sealed.slot, sealed.body),
        (KEY, sealed.slot, bytes(changed)),
    ):
        with pytest.raises(InvalidTag):
            key.open(slot=slot, body=body)


def receipt() -> Receipt:
    sealed = KEY.seal(voter=1, request="form", choices=["1"])
    return Receipt.issue(KEY, commitment=sealed.commitment, nonce=sealed.nonce)


def test_a_receipt_is_genuine_for_its_election_alone() -> None:
    assert receipt().is_genuine(KEY.receipt_public_key)
    assert not receipt().is_genuine(OTHER_KEY.receipt_public_key)
    assert not receipt().is_genuine(ElectionKey(8, KEY.secret).receipt_public_key)


@pytest.mark.parametrize(
    "change",
    [
        {"commitment": "0" * 64},
        {"election": 8},
        {"signature": "00" * 64},
        {"signature": "not hex"},
        {"signature": ""},
    ],
)
def test_a_changed_receipt_is_not_genuine(change) -> None:
    assert not replace(receipt(), **change).is_genuine(KEY.receipt_public_key)


def test_the_code_to_read_out_begins_the_commitment() -> None:
    code = receipt().code
    assert len(code) == 19
    assert receipt().commitment.startswith(code.replace("-", ""))


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_refused(length) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        ElectionKey(1, b"k" * length)


def test_a_key_is_not_shown() -> None:
    assert KEY.secret.hex() not in repr(KEY)
    assert repr(KEY.secret) not in repr(KEY)
    assert KEY.fingerprint == hashlib.sha256(b"kenes-key-v1\0" + KEY.secret).hexdigest()
