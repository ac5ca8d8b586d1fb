package dev.sluice.benchmarks.tiers;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How all accepted queries of a frontend's life ended.
 *
 * @param inFlight those that have not ended yet
 */
public record Ledger(
        long accepted, long answered, long failed, long shed, long expired, long cancelled, long inFlight) {

    public static final Ledger EMPTY = new Ledger(0, 0, 0, 0, 0, 0, 0);

    private static final Duration GLANCE = Duration.ofMillis(100);

    public static Ledger of(URI frontend) throws IOException {
        return of(MetricsPage.of(frontend));
    }

    /**
     * Once nothing is in flight, all adds up, and nothing moved between two looks: while queries come and go, a reading may be off by
     * those. Where it does not get calm in this time, the last reading, which says so.
     */
    public static Ledger whenCalm(URI frontend, Duration most) throws IOException {
        long start = System.nanoTime();
        Ledger before = of(frontend);
        while (true) {
            glance();
            Ledger now = of(frontend);
            if (now.equals(before) && now.unaccounted() == 0 || System.nanoTime() - start >= most.toNanos()) {
                return now;
            }
            before = now;
        }
    }

    private static void glance() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(GLANCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static Ledger of(MetricsPage page) {
        long accepted = (long) page.required("sluice_queries_accepted_total");
        long inFlight = (long) page.required("sluice_link_inflight");
        page.required("sluice_queries_ended_total");
        return new Ledger(
                accepted,
                ended(page, "answered"),
                ended(page, "failed"),
                ended(page, "shed"),
                ended(page, "expired"),
                ended(page, "cancelled"),
                inFlight);
    }

    private static long ended(MetricsPage page, String outcome) {
        return (long) page.sum("sluice_queries_ended_total", "outcome=\"" + outcome + "\"");
    }

    /** 0 where accepted = answered + failed + shed + expired + cancelled + in flight; negative where a query ended twice. */
    public long missing() {
        return accepted - answered - failed - shed - expired - cancelled - inFlight;
    }

    /**
     * How many have no outcome, or more than one: 0 when all is over and each has exactly one. Of one frontend alone: one query too
     * many here does not make up for one too few there.
     */
    public long unaccounted() {
        return Math.abs(missing()) + Math.abs(inFlight);
    }

    public Ledger plus(Ledger other) {
        return new Ledger(
                accepted + other.accepted,
                answered + other.answered,
                failed + other.failed,
                shed + other.shed,
                expired + other.expired,
                cancelled + other.cancelled,
                inFlight + other.inFlight);
    }

    /** What came since; in flight is what is in flight now. */
    public Ledger since(Ledger before) {
        return new Ledger(
                accepted - before.accepted,
                answered - before.answered,
                failed - before.failed,
                shed - before.shed,
                expired - before.expired,
                cancelled - before.cancelled,
                inFlight);
    }
}
