package dev.sluice.sdk.host;

import dev.sluice.common.error.Failure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A replica's batches that wait for other actors while it runs others. On the host's event loop. */
final class LentBatches {

    /** In the order in which they began. */
    private final Set<BatchJob> jobs = new LinkedHashSet<>();

    void add(BatchJob job) {
        jobs.add(job);
    }

    boolean remove(BatchJob job) {
        return jobs.remove(job);
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }

    /** Those that began at that time or before it. */
    List<BatchJob> before(long nanos) {
        return jobs.stream().takeWhile(job -> nanos - job.startedNanos() >= 0).toList();
    }

    void giveUp(Failure failure) {
        // Each may leave while it is given up.
        List.copyOf(jobs).forEach(job -> job.giveUp(failure));
    }
}
