package dev.sluice.benchmarks.protocols.noop;

import dev.sluice.benchmarks.protocols.noop.NoopClient.Driven;
import dev.sluice.benchmarks.report.Median;
import dev.sluice.cli.platform.ExtraPort;
import dev.sluice.cli.platform.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Drives the protocols in turns. */
public final class NoopRun {

    /** Queries under way for the figure of throughput. */
    public static final int MANY = 64;

    private static final Duration LEAD_IN = Duration.ofMillis(500);

    /**
     * What a protocol reached: medians of the rounds.
     *
     * @param p50Millis with one query under way
     * @param requestsPerSecond with {@link #MANY}
     */
    public record Level(String protocol, double p50Millis, double requestsPerSecond) {}

    private record Round(Driven alone, Driven many) {}

    private final int rounds;
    private final Duration measured;
    private final Consumer<String> progress;

    /** @param rounds that count, after one that warms up */
    public NoopRun(int rounds, Duration measured, Consumer<String> progress) {
        this.rounds = rounds;
        this.measured = measured;
        this.progress = progress;
    }

    /** In the order of the table, native HTTP first. */
    public List<Level> run(ServiceProcess frontend) throws IOException, InterruptedException {
        List<NoopClient> clients = clients(frontend);
        try {
            return levels(clients);
        } finally {
            for (NoopClient client : clients) {
                client.close();
            }
        }
    }

    static List<NoopClient> clients(ServiceProcess frontend) {
        int grpc = frontend.port(ExtraPort.GRPC);
        return List.of(
                HttpNoop.nativeHttp(frontend.url()),
                HttpNoop.oip(frontend.url()),
                new GrpcNoop(grpc),
                new GrpcStreamNoop(grpc),
                new FlightNoop(frontend.port(ExtraPort.FLIGHT)),
                new ZmqNoop(frontend.port(ExtraPort.ZEROMQ)),
                new SocketNoop(frontend.url()));
    }

    private List<Level> levels(List<NoopClient> clients) throws IOException, InterruptedException {
        Map<String, List<Round>> all = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (NoopClient client : clients) {
                Round driven = new Round(client.drive(1, LEAD_IN, measured), client.drive(MANY, LEAD_IN, measured));
                progress.accept("%s, round %d of %d: p50 %.3f ms, %,.0f requests/s"
                        .formatted(
                                client.protocol(),
                                round,
                                rounds,
                                driven.alone().p50Millis(),
                                driven.many().requestsPerSecond()));
                List<Round> counted = all.computeIfAbsent(client.protocol(), name -> new ArrayList<>());
                if (round > 0) {
                    counted.add(driven);
                }
            }
        }
        List<Level> levels = new ArrayList<>();
        all.forEach((protocol, counted) -> levels.add(new Level(
                protocol,
                Median.of(counted, round -> round.alone().p50Millis()),
                Median.of(counted, round -> round.many().requestsPerSecond()))));
        return levels;
    }
}
