package dev.sluice.benchmarks.fuzz;

import java.util.List;

/** What operators may ask of a router: each is taken where there is an actor {@code fuzzed} as it is deployed here. */
final class ControlRequests {

    static final String NAME = "fuzzed";
    static final String HOST = "host-1";

    private static final String JSON = "Content-Type: application/json";
    private static final String ACCEPT = "Accept: application/json";
    private static final String ROOT = "/control/v1";
    static final String ACTOR = ROOT + "/actors/" + NAME;
    static final String HOSTS = ROOT + "/hosts";

    static final HttpRequestText DEPLOY = HttpRequestText.of(
            "PUT",
            ACTOR,
            "{\"version\": \"1\", \"type\": \"vadder\", \"replicas\": {\"min\": 0, \"max\": 1}, \"args\": {\"increment\": \"3\"},"
                    + " \"slo\": \"200ms\", \"max-batch-size\": 8, \"idempotent\": true,"
                    + " \"scheduling\": {\"hedging\": true, \"tenant-weights\": {\"acme\": 3}}}",
            JSON);
    static final HttpRequestText UNDRAIN = HttpRequestText.of("POST", HOSTS + "/" + HOST + "/undrain", "", ACCEPT);

    static final List<HttpRequestText> VALID = List.of(
            DEPLOY,
            HttpRequestText.of("POST", ACTOR + "/scale", "{\"min\": 0, \"max\": 2, \"down-after\": \"10m\"}", JSON),
            HttpRequestText.of(
                    "PUT",
                    ACTOR + "/shadow",
                    "{\"version\": \"9\", \"type\": \"vadder\", \"percent\": 5, \"replicas\": 1}",
                    JSON),
            HttpRequestText.of("DELETE", ACTOR + "/shadow", "", ACCEPT),
            HttpRequestText.of(
                    "POST",
                    ACTOR + "/rollout",
                    "{\"version\": \"2\", \"type\": \"vadder\", \"steps\": [5, 100], \"step-time\": \"10m\"}",
                    JSON),
            HttpRequestText.of(
                    "POST", ACTOR + "/rollout", "{\"version\": \"3\", \"type\": \"vadder\", \"weight\": 5}", JSON),
            HttpRequestText.of("POST", ACTOR + "/promote", "", ACCEPT),
            HttpRequestText.of("POST", ACTOR + "/rollback", "", ACCEPT),
            HttpRequestText.of("DELETE", ACTOR, "", ACCEPT),
            HttpRequestText.of(
                    "PUT",
                    ROOT + "/actors/fuzzed-pipeline",
                    "{\"pipeline\": {\"steps\": {\"one\": {\"actor\": \"vadder\", \"input\": \"$input\"},"
                            + " \"two\": {\"actor\": \"vadder\", \"input\": \"$one + 1\"}}, \"output\": \"{'a': $two}\"}}",
                    JSON),
            HttpRequestText.of("POST", HOSTS + "/" + HOST + "/drain", "", ACCEPT),
            UNDRAIN,
            HttpRequestText.of("GET", ACTOR, "", ACCEPT),
            HttpRequestText.of("GET", ROOT + "/actors", "", ACCEPT),
            HttpRequestText.of("GET", ROOT + "/replicas", "", ACCEPT),
            HttpRequestText.of("GET", HOSTS, "", ACCEPT),
            HttpRequestText.of("GET", ROOT + "/events?actor=fuzzed", "", ACCEPT),
            HttpRequestText.of("GET", ROOT + "/events", "", "Accept: text/event-stream", "Last-Event-ID: 1"),
            HttpRequestText.of("GET", ROOT + "/overview?after=0", "", ACCEPT),
            HttpRequestText.of("GET", ROOT + "/openapi.json", "", ACCEPT));

    private ControlRequests() {}

    /** What there is of the actor. */
    static HttpRequestText look() {
        return HttpRequestText.of("GET", ACTOR, "", ACCEPT);
    }

    static HttpRequestText undeploy(String actor) {
        return HttpRequestText.of("DELETE", ROOT + "/actors/" + actor, "", ACCEPT);
    }

    static HttpRequestText actors() {
        return HttpRequestText.of("GET", ROOT + "/actors", "", ACCEPT);
    }

    static HttpRequestText hosts() {
        return HttpRequestText.of("GET", HOSTS, "", ACCEPT);
    }
}
