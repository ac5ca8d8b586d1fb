package dev.sluice.benchmarks.tiers;

import java.io.IOException;
import java.net.URI;

/**
 * How all accepted queries of a frontend's life ended.
 *
 * @param inFlight those that have not ended yet
 */
public record Ledger(
        long accepted, long answered, long failed, long shed, long expired, long cancelled, long inFlight) {

    public static final Ledger EMPTY = new Ledger(0, 0, 0, 0, 0, 0, 0);

    public static Ledger of(URI frontend) throws IOException {
        return of(MetricsPage.of(frontend));
    }

    static Ledger of(MetricsPage page) {
        return new Ledger(
                (long) page.sum("sluice_queries_accepted_total"),
                ended(page, "answered"),
                ended(page, "failed"),
                ended(page, "shed"),
                ended(page, "expired"),
                ended(page, "cancelled"),
                (long) page.sum("sluice_link_inflight"));
    }

    private static long ended(MetricsPage page, String outcome) {
        return (long) page.sum("sluice_queries_total", "outcome=\"" + outcome + "\"");
    }

    /** Queries without exactly one outcome: 0 where accepted = answered + failed + shed + expired + cancelled + in flight. */
    public long missing() {
        return accepted - answered - failed - shed - expired - cancelled - inFlight;
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
