package dev.sluice.router.fleet.api;

import static dev.sluice.router.fleet.api.ControlRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.control.PlacedHost;
import org.junit.jupiter.api.Test;

class HostEndpointsTest {

    private final ControlRig rig = new ControlRig();

    private void deployed() {
        rig.fleet.settles();
        rig.put("/actors/model", "{'replicas': 2}").expectStatus().isCreated();
        rig.fleet.settles();
    }

    @Test
    void showsHostsAndReplicas() {
        rig.host("host-0");
        deployed();
        rig.get("/hosts").expectBody().json(json("""
                        {'hosts': [{'node': 'host-0', 'revision': 0, 'linked': true, 'drained': false, 'leaving': false,
                                    'slots': 16, 'replicas': 2, 'offers': [{'kind': 'java', 'type': 'model'}],
                                    'rejected': []}]}
                        """));
        rig.get("/replicas").expectBody().json(json("""
                        {'replicas': [{'replica': 'model@1-0', 'actor': 'model', 'version': '1', 'host': 'host-0',
                                       'state': 'ready', 'reason': '', 'placed': true,
                                       'ejected': false, 'failed': 0, 'slowdown': 1,
                                       'running': 0, 'batches': 0, 'busy-millis': 0},
                                      {'replica': 'model@1-1'}]}
                        """));
    }

    @Test
    void drainsAHostAndUsesItAgain() {
        PlacedHost first = rig.host("host-0");
        PlacedHost second = rig.host("host-1");
        deployed();
        rig.post("/hosts/host-0/drain")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"2\"")
                .expectBody()
                .json(json("{'node': 'host-0', 'revision': 2, 'drained': true, 'leaving': true}"));
        rig.post("/hosts/host-0/drain").expectStatus().isOk().expectHeader().valueEquals("ETag", "\"2\"");
        rig.fleet.settles();
        assertThat(first.running()).isEmpty();
        assertThat(second.running()).hasSize(2);
        rig.post("/hosts/host-0/undrain").expectBody().json(json("{'drained': false}"));
        rig.fleet.settles();
        rig.get("/hosts").expectBody().jsonPath("$.hosts[0].leaving").isEqualTo(false);
        rig.post("/hosts/host-0/undrain").expectStatus().isOk().expectHeader().valueEquals("ETag", "\"3\"");
    }

    @Test
    void warnsOfReplicasThatADrainLeavesWhereTheyAre() {
        PlacedHost host = rig.host("host-0");
        host.ownReplica("echo-0", "echo");
        rig.host("host-1");
        deployed();
        rig.get("/hosts").expectBody().json(json("{'hosts': [{'staying': 1, 'warnings': []}, {'staying': 0}]}"));
        rig.post("/hosts/host-0/drain")
                .expectBody()
                .jsonPath("$.staying")
                .isEqualTo(1)
                .jsonPath("$.warnings[0]")
                .value(warning -> assertThat(String.valueOf(warning))
                        .contains("routers leave alone: of echo. Deploy these actors"));
        rig.fleet.settles();
        assertThat(host.running()).containsExactly("echo-0");
        rig.put("/actors/echo", "{'type': 'model', 'version': '2'}")
                .expectStatus()
                .isCreated();
        rig.fleet.settles();
        assertThat(host.running()).isEmpty();
    }

    @Test
    void holdsADrainAgainstTheRevisionThatItsWriterSaw() {
        rig.host("host-0");
        deployed();
        rig.post("/hosts/host-0/drain").expectStatus().isOk();
        rig.http
                .post()
                .uri("/hosts/host-0/undrain")
                .header("If-Match", "\"0\"")
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .json(json("{'expected': 0, 'actual': 2}"));
    }

    @Test
    void knowsADrainedHostThatIsGone() {
        PlacedHost host = rig.host("host-0");
        deployed();
        rig.post("/hosts/host-0/drain").expectStatus().isOk();
        host.dies();
        rig.fleet.settles();
        rig.get("/hosts").expectBody().json(json("{'hosts': [{'node': 'host-0', 'linked': false, 'drained': true}]}"));
        rig.post("/hosts/host-0/undrain").expectStatus().isOk();
        rig.get("/hosts").expectBody().json("{\"hosts\": []}");
    }

    @Test
    void saysWhatIsNearestToAHostThatThereIsNot() {
        rig.host("host-0");
        deployed();
        rig.post("/hosts/hots-0/drain")
                .expectStatus()
                .isNotFound()
                .expectBody()
                .json(json("{'detail': 'There is no host hots-0. Did you mean host-0?', 'nearest': ['host-0']}"));
    }

    @Test
    void takesNodeIdsOfAnyForm() {
        rig.host("ho st/7100:ä");
        deployed();
        rig.http
                .post()
                .uri("/hosts/{node}/drain", "ho st/7100:ä")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.node")
                .isEqualTo("ho st/7100:ä");
    }
}
