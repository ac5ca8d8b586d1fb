package dev.sluice.router.fleet.rollout;

import java.util.HashMap;
import java.util.Map;

/**
 * What became of the queries of one version, since its router began to count.
 *
 * @param answered with a result
 * @param failed by user code or with its replica, or refused since the version is too slow for it whatever else there is to do
 * @param turnedAway all others without an answer
 * @param runs of batches, by their kind
 */
public record VersionCounts(long answered, long failed, long turnedAway, Map<Size, Runs> runs) {

    /** Batches that take about one time on one version. */
    public record Size(String method, int rows) {}

    /** @param nanos that they ran, together: without what their queries waited, which depends on how many replicas there are */
    public record Runs(long batches, long nanos) {
        static final Runs NONE = new Runs(0, 0);

        Runs since(Runs earlier) {
            return new Runs(batches - earlier.batches, nanos - earlier.nanos);
        }
    }

    public static final VersionCounts NONE = new VersionCounts(0, 0, 0, Map.of());

    public VersionCounts {
        runs = Map.copyOf(runs);
    }

    long offered() {
        return answered + failed + turnedAway;
    }

    /** What came after an earlier count. */
    public VersionCounts since(VersionCounts earlier) {
        Map<Size, Runs> more = new HashMap<>();
        runs.forEach((size, all) -> more.put(size, all.since(earlier.runs.getOrDefault(size, Runs.NONE))));
        return new VersionCounts(
                answered - earlier.answered, failed - earlier.failed, turnedAway - earlier.turnedAway, more);
    }
}
