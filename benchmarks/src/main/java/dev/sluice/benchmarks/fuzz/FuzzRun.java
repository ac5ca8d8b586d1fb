package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.fuzz.Door.Became;
import dev.sluice.benchmarks.fuzz.Door.Wrong;
import dev.sluice.benchmarks.fuzz.Fuzzed.AtDoor;
import dev.sluice.benchmarks.process.StartedTiers;
import dev.sluice.benchmarks.tiers.Ledger;
import dev.sluice.benchmarks.tiers.Vitals;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Sends changed input to one door after the other, round after round, and asks a valid query again and again. */
final class FuzzRun {

    /** The first round fills caches; what is held after it has to be what is held at the end. */
    private static final int ROUNDS = 8;

    private static final int BETWEEN_QUERIES = 100;

    private final int inputs;
    private final long seed;
    private final Consumer<String> progress;

    FuzzRun(int inputs, long seed, Consumer<String> progress) {
        this.inputs = inputs;
        this.seed = seed;
        this.progress = progress;
    }

    Fuzzed run(StartedTiers tiers) throws IOException {
        URI frontend = tiers.processes(Tier.FRONTEND).get(0).url();
        URI router = tiers.processes(Tier.ROUTER).get(0).url();
        try (Door queries = new QueryDoor(frontend);
                Door control = new ControlDoor(router);
                Door link = new LinkDoor(router);
                Door page = new PageDoor(frontend);
                HttpWire bystander = new HttpWire(frontend)) {
            List<Tried> tried =
                    Stream.of(queries, control, link, page).map(Tried::new).toList();
            Map<String, Vitals> before = Map.of();
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < tried.size(); i++) {
                    Changes changes = new Changes(seed + 1_000L * round + i);
                    round(tried.get(i), changes, inputs / ROUNDS / tried.size(), bystander);
                }
                progress.accept("round %d of %d: %s".formatted(round + 1, ROUNDS, wrong(tried)));
                if (round == 0) {
                    before = vitals(tiers);
                }
            }
            return new Fuzzed(
                    tried.stream().map(Tried::result).toList(),
                    before,
                    vitals(tiers),
                    processes(tiers).stream()
                            .filter(process -> !process.alive())
                            .map(ServiceProcess::name)
                            .toList(),
                    Ledger.of(frontend));
        }
    }

    private static String wrong(List<Tried> tried) {
        List<String> all = tried.stream()
                .map(each -> each.door.name() + " " + each.inputs + " inputs, " + each.wrong + " wrong")
                .toList();
        return String.join("; ", all);
    }

    private static void round(Tried tried, Changes changes, int count, HttpWire bystander) throws IOException {
        long start = System.nanoTime();
        for (int i = 1; i <= count; i++) {
            tried.send(changes);
            if (i % BETWEEN_QUERIES == 0 || i == count) {
                tried.door.tidy();
                tried.unserved += Valid.isServed(bystander) ? 0 : 1;
            }
        }
        tried.seconds += (System.nanoTime() - start) / 1e9;
    }

    private static List<ServiceProcess> processes(StartedTiers tiers) {
        return Stream.of(Tier.values())
                .flatMap(tier -> tiers.processes(tier).stream())
                .toList();
    }

    private static Map<String, Vitals> vitals(StartedTiers tiers) throws IOException {
        Map<String, Vitals> vitals = new LinkedHashMap<>();
        for (ServiceProcess process : processes(tiers)) {
            if (process.alive()) {
                vitals.put(process.name(), Vitals.of(process));
            }
        }
        return vitals;
    }

    /** One that everybody has to be served with. */
    private static final class Valid {

        private static final HttpRequestText QUERY = HttpRequestText.of(
                "POST", "/vadder", "{\"input\": 10, \"slo_ms\": 20000}", "Content-Type: application/json");

        static boolean isServed(HttpWire wire) throws IOException {
            try {
                return wire.ask(QUERY).text().endsWith("\"result\": 11}");
            } catch (Wrong wrong) {
                return false;
            }
        }
    }

    /** The tally of one door. */
    private static final class Tried {

        private static final int MOST_WORDS = 20;

        private final Door door;
        private final List<String> words = new ArrayList<>();
        private long inputs;
        private long answered;
        private long wrong;
        private long unserved;
        private double seconds;

        Tried(Door door) {
            this.door = door;
        }

        void send(Changes changes) throws IOException {
            inputs++;
            try {
                answered += door.send(changes) == Became.ANSWERED ? 1 : 0;
            } catch (Wrong e) {
                wrong++;
                if (words.size() < MOST_WORDS) {
                    words.add(String.valueOf(e.getMessage()));
                }
            }
        }

        AtDoor result() {
            return new AtDoor(
                    door.name(),
                    inputs,
                    answered,
                    inputs - answered - wrong,
                    wrong,
                    List.copyOf(words),
                    unserved,
                    seconds);
        }
    }
}
