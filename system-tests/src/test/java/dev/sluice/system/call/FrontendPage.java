package dev.sluice.system.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;

/** What a frontend says of itself. */
public final class FrontendPage {

    private final URI frontend;

    public FrontendPage(URI frontend) {
        this.frontend = frontend;
    }

    public MetricsPage metrics() {
        return MetricsPage.of(frontend);
    }

    /** Whether callers can call the actor: also where a replica has to start for it. */
    public boolean publishes(String actor) {
        return new Caller(frontend).get("/" + actor).ok();
    }

    /** Whether it names all of these to whoever asks what there is. */
    public boolean lists(List<String> actors) {
        String list = new Caller(frontend).get("/").body();
        return actors.stream().allMatch(actor -> list.contains('"' + actor + '"'));
    }

    public int linkedRouters() {
        return (int) MetricsPage.of(frontend, "sluice_link_routers").sum("sluice_link_routers");
    }

    public Ledger ledger() {
        MetricsPage page = MetricsPage.of(
                frontend, "sluice_queries_accepted_total", "sluice_queries_ended_total", "sluice_link_inflight");
        assertThat(page.has("sluice_queries_accepted_total") && page.has("sluice_link_inflight"))
                .as("meters of %s", frontend)
                .isTrue();
        return new Ledger(
                (long) page.sum("sluice_queries_accepted_total"),
                (long) page.sum("sluice_queries_ended_total"),
                (long) page.sum("sluice_queries_ended_total", "outcome=\"answered\""),
                (long) page.sum("sluice_link_inflight"));
    }

    public void assertCalm() {
        assertThat(ledger().inFlight()).as("in flight in %s", frontend).isZero();
    }

    /**
     * How all accepted queries of this frontend's life ended.
     *
     * @param ended with whatever outcome
     * @param answered those of them that have an answer
     */
    public record Ledger(long accepted, long ended, long answered, long inFlight) {

        public boolean addsUp() {
            return accepted == ended + inFlight;
        }

        public Ledger since(Ledger before) {
            return new Ledger(accepted - before.accepted, ended - before.ended, answered - before.answered, inFlight);
        }

        public Ledger plus(Ledger other) {
            return new Ledger(
                    accepted + other.accepted,
                    ended + other.ended,
                    answered + other.answered,
                    inFlight + other.inFlight);
        }
    }
}
