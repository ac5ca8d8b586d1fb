package dev.sluice.benchmarks.protocols.rows;

import dev.sluice.benchmarks.report.Median;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Takes turns between the two sides. */
public final class RowsRun {

    /** The name of a SQL actor of {@link ManyRows#SQL}. */
    static final String SQL_ACTOR = "many-rows";

    static final String GET = "{\"actor\": \"" + SQL_ACTOR + "\"}";

    private static final String ECHO = "echo";

    /**
     * What one call was on both sides, in rows per second.
     *
     * @param call which
     */
    public record Compared(String call, double bare, double tiers) {

        public double ratio() {
            return tiers / bare;
        }
    }

    private interface Pass {
        double seconds(RowsClient client) throws IOException;
    }

    private final RowsPlan plan;
    private final Consumer<String> progress;

    public RowsRun(RowsPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** @param flightPort of the tiers' frontend */
    public List<Compared> run(int flightPort) throws IOException, InterruptedException {
        try (BareFlightProcess server = BareFlightProcess.start();
                RowsClient bare = new RowsClient(server.port());
                RowsClient tiers = new RowsClient(flightPort)) {
            return List.of(
                    compare("DoExchange", bare, tiers, client -> client.exchange(ECHO)),
                    compare("DoGet", bare, tiers, client -> client.get(GET)));
        }
    }

    private Compared compare(String call, RowsClient bare, RowsClient tiers, Pass pass) throws IOException {
        List<Compared> rounds = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            // The first warms up.
            Compared turn = new Compared(call, rowsPerSecond(bare, pass), rowsPerSecond(tiers, pass));
            progress.accept("%s, round %d of %d: bare %,.0f rows/s, tiers %,.0f rows/s"
                    .formatted(call, round, plan.rounds(), turn.bare(), turn.tiers()));
            if (round > plan.warmUps()) {
                rounds.add(turn);
            }
        }
        return new Compared(call, Median.of(rounds, Compared::bare), Median.of(rounds, Compared::tiers));
    }

    private double rowsPerSecond(RowsClient client, Pass pass) throws IOException {
        double seconds = 0;
        for (int i = 0; i < plan.passes(); i++) {
            seconds += pass.seconds(client);
        }
        return (double) plan.passes() * ManyRows.COUNT / seconds;
    }
}
