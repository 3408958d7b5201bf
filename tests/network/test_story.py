"""The whole way on three real nodes: both sides say the same, and the package is verified."""

from tests.network.network import FRANCE, GHANA, HOSTING, Network, assert_both_sides_agree, assert_nothing_twice, verify

from comity.cli.demo.scenes import Tale


def test_both_sides_of_both_dossiers_say_the_same(network: Network, told: Tale) -> None:
    assert_both_sides_agree(network, told)
    assert_nothing_twice(network, told)


def test_the_package_is_verified_with_everything_it_should_prove(network: Network, told: Tale) -> None:
    verdict = verify(told.out, network.root)
    assert verdict["failures"] == []
    codes = [each["code"] for each in verdict["proven"]]
    assert codes.count("act-signed") == 8
    assert {"files-unchanged", "offices-known", "dossier-whole", "exhibits-named", "custody-unbroken", "witnessed",
            "package-logged", "delivered"} <= set(codes)  # fmt: skip


def test_custody_goes_from_the_providers_disk_to_the_prosecutor_without_a_gap(network: Network, told: Tale) -> None:
    chain = network.desks[GHANA].get("efua", f"/api/evidence/{told.facts['list']}/custody")
    assert [(each["kind"], each["office"]) for each in chain][:5] == [
        ("acquired", HOSTING),
        ("handed-over", HOSTING),
        ("received", FRANCE),
        ("handed-over", FRANCE),
        ("received", GHANA),
    ]
    assert all(each["proven"] for each in chain)


def test_the_order_to_the_provider_is_not_seen_by_the_requesting_state(network: Network, told: Tale) -> None:
    assert network.rows(GHANA, "SELECT id FROM node_actrecord WHERE dossier_id = ?", told.facts["order"]) == []
    assert network.rows(HOSTING, "SELECT id FROM node_actrecord WHERE dossier_id = ?", told.facts["request"]) == []
