package dev.sluice.system.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a router says of itself. */
public final class RouterPage {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI router;

    public RouterPage(URI router) {
        this.router = router;
    }

    /** @param free what this router could give a batch to at once */
    public record Queue(String actor, String version, String method, int size, long bytes, int free) {}

    /** One replica of one host. */
    public record Replica(String actor, String version, String host, String replica, String state, String reason) {}

    public MetricsPage metrics() {
        return MetricsPage.of(router);
    }

    public List<Queue> queues() {
        return List.of(JSON.treeToValue(page("queues"), Queue[].class));
    }

    public Queue queue(String actor, String method) {
        return queues().stream()
                .filter(queue -> queue.actor().equals(actor) && queue.method().equals(method))
                .findFirst()
                .orElseThrow();
    }

    public List<Replica> replicas() {
        return List.of(JSON.treeToValue(page("replicas"), Replica[].class));
    }

    /** The hosts that are linked, all of whose replicas can serve. */
    public Set<String> readyHosts() {
        Set<String> ready = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (Replica replica : replicas()) {
            (replica.state().equals("ready") ? ready : others).add(replica.host());
        }
        ready.removeAll(others);
        return ready;
    }

    /** How many queries of the actor ended in this router, however. */
    public double attempts(String actor) {
        return MetricsPage.of(router, "sluice_queries_total").sum("sluice_queries_total", "actor=\"" + actor + "\"");
    }

    /** Replicas of the actor that this router knows. */
    public long replicasOf(String actor) {
        return replicas().stream()
                .filter(replica -> replica.actor().equals(actor))
                .count();
    }

    /** One that has failed is never free, and has nothing to be calm about. */
    private long replicasOf(String actor, String version) {
        return replicas().stream()
                .filter(replica ->
                        replica.actor().equals(actor) && replica.version().equals(version))
                .filter(replica -> !replica.state().equals("failed"))
                .count();
    }

    public void assertCalm() {
        MetricsPage metrics = MetricsPage.of(router, "sluice_link_inflight", "sluice_link_retained_bytes");
        assertThat(metrics.has("sluice_link_inflight") && metrics.has("sluice_link_retained_bytes"))
                .as("meters of %s", router)
                .isTrue();
        assertThat(metrics.sum("sluice_link_inflight"))
                .as("in flight in %s", router)
                .isZero();
        assertThat(metrics.sum("sluice_link_retained_bytes"))
                .as("retained by %s", router)
                .isZero();
        for (Queue queue : queues()) {
            assertThat(queue.size()).as("queue of %s in %s", queue, router).isZero();
            assertThat((long) queue.free())
                    .as("free replicas of %s in %s", queue, router)
                    .isEqualTo(replicasOf(queue.actor(), queue.version()));
        }
    }

    private JsonNode page(String endpoint) {
        return new Caller(router).get("/actuator/" + endpoint).json();
    }
}
