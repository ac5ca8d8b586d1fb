package dev.sluice.benchmarks.fleet;

/** The example actor {@code model}: a replica takes αb + β for a batch of b, and uses no core meanwhile. */
final class Model {

    /** About 9 ms alone. */
    static final String QUICK = version("1ms", "8ms");

    /** Hardly slower, so that a rollout to it and back is fine. */
    static final String QUICK_TOO = version("1ms", "9ms");

    /** 80 queries/s in batches of 8, so that a load that this machine can bear takes several; it warms up in less than a second. */
    static final String LARGE = version("10ms", "20ms") + ", \"max-batch-size\": 8";

    private Model() {}

    static String version(String alpha, String beta) {
        return "\"type\": \"model\", \"args\": {\"alpha\": \"%s\", \"beta\": \"%s\"}".formatted(alpha, beta);
    }

    static String goal(String version, String model, String replicas) {
        return "{\"version\": \"%s\", %s, \"replicas\": %s}".formatted(version, model, replicas);
    }
}
