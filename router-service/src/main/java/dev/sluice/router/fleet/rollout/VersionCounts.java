package dev.sluice.router.fleet.rollout;

/**
 * What became of the queries of one version, since its router began to count.
 *
 * @param answered with a result
 * @param failed by user code or with its replica; not what was refused, for that is nothing that a version does
 * @param latencyNanos of those that were answered, together
 */
public record VersionCounts(long answered, long failed, long latencyNanos) {

    public static final VersionCounts NONE = new VersionCounts(0, 0, 0);

    /** What came after an earlier count. */
    public VersionCounts since(VersionCounts earlier) {
        return new VersionCounts(
                answered - earlier.answered, failed - earlier.failed, latencyNanos - earlier.latencyNanos);
    }
}
