package dev.sluice.benchmarks.overload;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How the queries of one SLO class ended. Not thread-safe. */
final class ClassTally {

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final SloClass sloClass;
    private final Histogram refusals = new Histogram(LONGEST_NANOS, 3);
    private final Histogram answers = new Histogram(LONGEST_NANOS, 3);
    private long offered;
    private long good;
    private long late;
    private long expired;
    private long failed;

    ClassTally(SloClass sloClass) {
        this.sloClass = sloClass;
    }

    SloClass sloClass() {
        return sloClass;
    }

    void offered() {
        offered++;
    }

    void answered(long nanos) {
        answers.recordValue(bounded(nanos));
        if (nanos <= TimeUnit.MILLISECONDS.toNanos(sloClass.sloMillis())) {
            good++;
        } else {
            late++;
        }
    }

    void refused(long nanos) {
        refusals.recordValue(bounded(nanos));
    }

    void expired() {
        expired++;
    }

    void failed() {
        failed++;
    }

    long offeredCount() {
        return offered;
    }

    /** Answered within the SLO, counted from when the query was meant to leave. */
    long good() {
        return good;
    }

    /** Answered after the SLO, or told only then that it was over. */
    long late() {
        return late + expired;
    }

    long failedCount() {
        return failed;
    }

    /** From when a query was meant to leave to when it was refused, in nanoseconds. */
    Histogram refusals() {
        return refusals;
    }

    Histogram answers() {
        return answers;
    }

    double attainment() {
        return offered == 0 ? 1 : (double) good / offered;
    }

    private static long bounded(long nanos) {
        return Math.max(0, Math.min(nanos, LONGEST_NANOS));
    }
}
