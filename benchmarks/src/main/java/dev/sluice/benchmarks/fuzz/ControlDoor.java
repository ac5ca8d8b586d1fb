package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.HttpRequestText.Change;
import dev.sluice.benchmarks.fuzz.HttpWire.Reply;
import dev.sluice.benchmarks.tiers.ControlApi;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** The control API of a router. What is taken is undeployed again, or the fleet would be full of it. */
final class ControlDoor implements Door {

    private static final String JSON = "Content-Type: application/json";
    private static final String ROOT = "/control/v1";
    private static final String ACTOR = ROOT + "/actors/fuzzed";

    /** In this order each is taken, on a fleet that has nothing of it. */
    private static final List<HttpRequestText> VALID = List.of(
            HttpRequestText.of(
                    "PUT",
                    ACTOR,
                    "{\"version\": \"1\", \"type\": \"vadder\", \"replicas\": {\"min\": 0, \"max\": 1}, \"args\": {\"increment\": \"3\"},"
                            + " \"slo\": \"200ms\", \"max-batch-size\": 8, \"idempotent\": true,"
                            + " \"scheduling\": {\"hedging\": true, \"tenant-weights\": {\"acme\": 3}}}",
                    JSON),
            HttpRequestText.of("POST", ACTOR + "/scale", "{\"min\": 0, \"max\": 2, \"down-after\": \"10m\"}", JSON),
            HttpRequestText.of(
                    "PUT",
                    ACTOR + "/shadow",
                    "{\"version\": \"9\", \"type\": \"vadder\", \"percent\": 5, \"replicas\": 1}",
                    JSON),
            HttpRequestText.of(
                    "POST",
                    ACTOR + "/rollout",
                    "{\"version\": \"2\", \"type\": \"vadder\", \"steps\": [5, 100], \"step-time\": \"1s\"}",
                    JSON),
            HttpRequestText.of(
                    "PUT",
                    ROOT + "/actors/fuzzed-pipeline",
                    "{\"pipeline\": {\"steps\": {\"one\": {\"actor\": \"vadder\", \"input\": \"$input\"},"
                            + " \"two\": {\"actor\": \"vadder\", \"input\": \"$one + 1\"}}, \"output\": \"{'a': $two}\"}}",
                    JSON),
            HttpRequestText.of("GET", ACTOR, "", "Accept: application/json"),
            HttpRequestText.of("GET", ROOT + "/actors", "", "Accept: application/json"),
            HttpRequestText.of("GET", ROOT + "/replicas", "", "Accept: application/json"),
            HttpRequestText.of("GET", ROOT + "/hosts", "", "Accept: application/json"),
            HttpRequestText.of("GET", ROOT + "/events?actor=fuzzed", "", "Accept: application/json"),
            HttpRequestText.of("GET", ROOT + "/overview", "", "Accept: application/json"));

    private final ControlApi control;
    private final HttpWire wire;
    /** Those that hosts run by themselves. */
    private final Set<String> others;

    ControlDoor(URI router) throws IOException {
        control = new ControlApi(router);
        wire = new HttpWire(router);
        others = Set.copyOf(actors());
    }

    private List<String> actors() throws IOException {
        return control.get("actors")
                .path("actors")
                .valueStream()
                .map(actor -> actor.path("name").asString(""))
                .toList();
    }

    @Override
    public String name() {
        return "control API";
    }

    @Override
    public Became send(Changes changes) throws IOException, Wrong {
        HttpRequestText valid = changes.oneOf(VALID);
        HttpRequestText sent = changes.once(10) ? valid : valid.changed(changes);
        try {
            Reply reply = wire.ask(sent);
            if (reply.status() < 300) {
                return Became.ANSWERED;
            }
            // A scale of what is not deployed at the moment is refused, though nothing is wrong with it.
            if (sent.change() == Change.NONE && reply.status() != 404 && reply.status() != 409) {
                throw new Wrong("a valid request was refused: " + reply.status() + " " + reply.text());
            }
            Problems.mustBeOne(sent, reply);
            return Became.REFUSED;
        } catch (Wrong wrong) {
            throw new Wrong(wrong.getMessage() + "\nto:\n" + sent);
        }
    }

    @Override
    public void tidy() throws IOException {
        for (String actor : actors()) {
            if (!others.contains(actor)) {
                control.send("DELETE", "actors/" + actor, null);
            }
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
