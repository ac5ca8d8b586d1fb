package dev.sluice.host.onnx.actor;

/**
 * How a batch is divided into parts, and these computed.
 *
 * @param portion a part at most
 * @param threads that compute parts side by side; 1: one part after the other
 * @param leastRows of a part that is worth another thread
 */
record Division(Portion portion, int threads, int leastRows) {

    /** Into no more parts than there are threads. */
    static Division whole(int mostRows, int threads) {
        return new Division(Portion.unmeasured(mostRows), threads, 1);
    }

    /** How many rows a part has at most, where so many are computed. */
    long rows(long all) {
        long share = (all + threads - 1) / threads;
        return Math.min(portion.rows(), Math.max(leastRows, share));
    }

    /** For logs. */
    @Override
    public String toString() {
        return "%d rows at once, %s"
                .formatted(portion.rows(), threads == 1 ? "one part after the other" : threads + " parts side by side");
    }
}
