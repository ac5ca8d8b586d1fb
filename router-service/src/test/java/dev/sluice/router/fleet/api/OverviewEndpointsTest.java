package dev.sluice.router.fleet.api;

import static dev.sluice.router.fleet.api.ControlRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OverviewEndpointsTest {

    private final ControlRig rig = ControlRig.withHost();

    private void deployed() {
        rig.put("/actors/model", "{'replicas': 2, 'args': {'password': 'hunter2'}}")
                .expectStatus()
                .isCreated();
        rig.fleet.settles();
    }

    @Test
    void showsTheMomentInOneAnswer() {
        deployed();
        rig.get("/overview").expectStatus().isOk().expectBody().json(json("""
                        {'node': 'router-0', 'in-flight': 0, 'frontends': [],
                         'actors': [{'name': 'model', 'origin': 'store', 'status': {'wanted': 2, 'ready': 2},
                                     'versions': [{'version': '1', 'role': 'current', 'weight': 100}]}],
                         'queues': [{'actor': 'model', 'version': '1', 'method': 'call', 'waiting': 0, 'free': 2,
                                     'batches': 0, 'queries': 0, 'sizes': []}],
                         'hosts': [{'node': 'host-0', 'slots': 16, 'replicas': 2}],
                         'replicas': [{'replica': 'model@1-0', 'state': 'ready', 'running': 0}, {'replica': 'model@1-1'}]}
                        """));
    }

    @Test
    void tellsOfARollout() {
        deployed();
        rig.post("/actors/model/rollout", "{'version': '2', 'args': {'password': 'hunter3'}}")
                .expectStatus()
                .isOk();
        rig.get("/overview")
                .expectBody()
                .jsonPath("$.actors[0].rollout.version")
                .isEqualTo("2")
                .jsonPath("$.actors[0].rollout.steps[3]")
                .isEqualTo(100);
    }

    @Test
    void tellsNoArguments() {
        deployed();
        rig.post("/actors/model/rollout", "{'version': '2', 'args': {'password': 'hunter3'}}")
                .expectStatus()
                .isOk();
        rig.fleet.settles();
        byte[] body = Objects.requireNonNull(
                rig.get("/overview").expectBody().returnResult().getResponseBody());
        assertThat(new String(body, StandardCharsets.UTF_8)).contains("model").doesNotContain("hunter", "password");
    }

    @Test
    void givesTheEventsThatTheReaderDoesNotHave() {
        deployed();
        int all = rig.fleet.events.all().size();
        assertThat(all).isGreaterThan(1);
        rig.get("/overview?after=" + (all - 1))
                .expectBody()
                .jsonPath("$.events.length()")
                .isEqualTo(1)
                .jsonPath("$.events[0].number")
                .isEqualTo(all);
        rig.get("/overview?after=x").expectStatus().isBadRequest();
    }
}
