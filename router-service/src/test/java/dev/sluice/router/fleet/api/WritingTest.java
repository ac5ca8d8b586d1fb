package dev.sluice.router.fleet.api;

import static dev.sluice.router.fleet.api.ControlRig.etag;
import static dev.sluice.router.fleet.api.ControlRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.control.FleetRig;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Who may write, and when. */
class WritingTest {

    private static final int WRITERS = 20;

    private static Map<Integer, Long> statuses(Function<Integer, ResponseSpec> write) {
        return Flux.range(1, WRITERS)
                .flatMap(
                        writer -> Flux.defer(() -> Flux.just(write.apply(writer)
                                        .expectBody()
                                        .returnResult()
                                        .getStatus()
                                        .value()))
                                .subscribeOn(Schedulers.boundedElastic()),
                        WRITERS)
                .collect(Collectors.groupingBy(status -> status, Collectors.counting()))
                .blockOptional()
                .orElseThrow();
    }

    @Test
    void letsExactlyOneOfManyWritersWin() {
        ControlRig rig = ControlRig.withHost();
        String seen = etag(rig.put("/actors/model", "{}"));
        Map<Integer, Long> statuses =
                statuses(writer -> rig.put("/actors/model", "{'replicas': " + (writer + 1) + "}", seen));
        assertThat(statuses).isEqualTo(Map.of(200, 1L, 409, WRITERS - 1L));
    }

    @Test
    void losesNoWriteOfThoseThatItAcknowledges() {
        ControlRig rig = ControlRig.withHost();
        rig.put("/actors/model", "{}").expectStatus().isCreated();
        Map<Integer, Long> statuses =
                statuses(writer -> rig.post("/actors/model/scale", "{'replicas': " + (writer + 1) + "}"));
        assertThat(statuses.keySet()).isSubsetOf(200, 409);
        long last = rig.fleet.goals.read().block().state().revision("model");
        assertThat(last).isEqualTo(1 + statuses.get(200));
    }

    @Test
    void refusesToWriteWhereSeveralRoutersHaveStoresOfTheirOwn() {
        ControlRig rig = new ControlRig();
        rig.host("host-0", "router-0", "router-1");
        rig.fleet.settles();
        for (ResponseSpec write : List.of(
                rig.put("/actors/model", "{}"),
                rig.delete("/actors/model"),
                rig.post("/actors/model/scale", "{'replicas': 1}"),
                rig.post("/hosts/host-0/drain"))) {
            write.expectStatus()
                    .isEqualTo(409)
                    .expectBody()
                    .json(json("{'type': 'urn:sluice:problem:store-not-shared'}"))
                    .jsonPath("$.detail")
                    .value(detail -> assertThat(String.valueOf(detail))
                            .contains("router-0, router-1", "sluice.fleet.store=redis"));
        }
        rig.get("/actors").expectStatus().isOk();
    }

    @Test
    void writesWhereSeveralRoutersShareAStore() {
        ControlRig rig = new ControlRig(new FleetRig("router-0", true), "");
        rig.host("host-0", "router-0", "router-1");
        rig.fleet.settles();
        rig.put("/actors/model", "{}").expectStatus().isCreated();
    }

    @Test
    void writesNothingBeforeItKnowsWhetherItIsAlone() {
        ControlRig rig = new ControlRig();
        rig.put("/actors/model", "{}")
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "3");
        new ControlRig(new FleetRig("router-0", true), "")
                .put("/actors/model", "{}")
                .expectStatus()
                .isCreated();
    }

    @Test
    void saysWhenToTryAgainWhileTheStoreIsAway() {
        ControlRig rig = ControlRig.withHost();
        rig.put("/actors/model", "{}").expectStatus().isCreated();
        rig.fleet.store.away(true);
        for (ResponseSpec write : List.of(
                rig.put("/actors/model", "{'replicas': 2}"),
                rig.delete("/actors/model"),
                rig.post("/actors/model/promote"),
                rig.post("/hosts/host-0/drain"))) {
            write.expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .valueEquals("Retry-After", "5")
                    .expectBody()
                    .json(json("{'type': 'urn:sluice:problem:unavailable', 'status': 503}"));
        }
        rig.get("/actors/model")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.revision")
                .isEqualTo(1);
        rig.fleet.store.away(false);
        rig.put("/actors/model", "{'replicas': 2}").expectStatus().isOk();
    }

    @Test
    void leavesAloneWhatANewerRouterWrote() {
        ControlRig rig = ControlRig.withHost();
        rig.fleet.store.write("actors/model", "{\"future\": 1}", 0).block();
        rig.get("/actors/model")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.unreadable")
                .exists();
        rig.put("/actors/model", "{}").expectStatus().isEqualTo(409);
        rig.post("/actors/model/scale", "{'replicas': 2}").expectStatus().isEqualTo(409);
        rig.delete("/actors/model").expectStatus().isOk();
        rig.put("/actors/model", "{}").expectStatus().isCreated();
    }

    @Test
    void writesDownWhatOperatorsDo() {
        ControlRig rig = ControlRig.withHost();
        rig.put("/actors/model", "{}");
        rig.post("/actors/model/scale", "{'replicas': 2}");
        rig.post("/actors/model/scale", "{'replicas': 2}");
        rig.post("/hosts/host-0/drain");
        rig.delete("/actors/model");
        rig.get("/events").expectBody().json(json("""
                        {'events': [
                          {'kind': 'deploy', 'actor': 'model', 'reason': 'An operator asked for it: version 1 is to serve.'},
                          {'kind': 'scale', 'actor': 'model', 'reason': 'An operator asked for it: it is to have 2 replicas.'},
                          {'kind': 'drain', 'host': 'host-0'},
                          {'kind': 'undeploy', 'actor': 'model'}]}
                        """));
    }
}
