package dev.sluice.benchmarks.fuzz;

import dev.sluice.benchmarks.process.StartedTiers;
import dev.sluice.benchmarks.tiers.Ledger;
import dev.sluice.benchmarks.tiers.Vitals;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Sends changed input to one door after the other, round after round, and asks a valid query again and again. */
final class FuzzRun {

    /** One that everybody has to be served with. */
    static final HttpRequestText VALID = HttpRequestText.of(
            "POST", "/vadder", "{\"input\": 10, \"slo_ms\": 20000}", "Content-Type: application/json");

    static final long RESULT = 11;

    /** The first round fills caches; what is held after it has to be what is held at the end. */
    private static final int ROUNDS = 8;

    /** A router waits for long until it gives up a body that does not end: of such inputs there are fewer. */
    private static final int FEWER = 20;

    private static final int BETWEEN_QUERIES = 100;
    /** So many buffers are enough for a look at which of those before them were lost. */
    private static final int LAST_QUERIES = 200;

    private static final Duration CALM = Duration.ofSeconds(30);

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
        Ledger start = Ledger.whenCalm(frontend, CALM);
        try (Bystander bystander = new Bystander(frontend);
                Door queries = new QueryDoor(frontend);
                Door heads = RawDoor.ofFrontend(frontend);
                Door control = new ControlDoor(router);
                Door controlHeads = RawDoor.ofRouter(router);
                Door link = new LinkDoor(router);
                Door page = new PageDoor(frontend)) {
            List<Tried> tried = Stream.of(queries, heads, control, controlHeads, link, page)
                    .map(Tried::new)
                    .toList();
            Map<String, Vitals> before = Map.of();
            for (int round = 0; round < ROUNDS && ended(tiers).isEmpty(); round++) {
                for (int i = 0; i < tried.size() && ended(tiers).isEmpty(); i++) {
                    Changes changes = new Changes(seed + 1_000L * round + i);
                    Tried next = tried.get(i);
                    round(tiers, next, changes, share(next.door == controlHeads, tried.size()), bystander);
                }
                progress.accept("round %d of %d: %s".formatted(round + 1, ROUNDS, tallies(tried)));
                if (round == 0) {
                    before = vitals(tiers);
                }
            }
            Map<String, Vitals> after = vitals(tiers);
            // A buffer that was lost is told of when the next ones are taken.
            for (int i = 0; i < LAST_QUERIES; i++) {
                bystander.isServed();
            }
            return new Fuzzed(
                    tried.stream().map(each -> each.tally.result()).toList(),
                    before,
                    after,
                    logs(tiers),
                    ended(tiers),
                    ledger(frontend, start),
                    bystander.served());
        }
    }

    /** Of the inputs of a round, those at one door. */
    private int share(boolean few, int doors) {
        int ofRound = inputs / ROUNDS;
        int fewer = Math.max(1, ofRound / doors / FEWER);
        return few ? fewer : (ofRound - fewer) / (doors - 1);
    }

    /** Empty where the frontend is gone: that it has ended is told, and that it says nothing of the queries, too. */
    private static Ledger ledger(URI frontend, Ledger start) {
        try {
            return Ledger.whenCalm(frontend, CALM).since(start);
        } catch (IOException | RuntimeException gone) {
            return Ledger.EMPTY;
        }
    }

    private static String tallies(List<Tried> tried) {
        return String.join(
                "; ", tried.stream().map(each -> each.tally.toString()).toList());
    }

    private static void round(StartedTiers tiers, Tried tried, Changes changes, int count, Bystander bystander) {
        long start = System.nanoTime();
        for (int i = 1; i <= count && ended(tiers).isEmpty(); i++) {
            tried.tally.send(tried.door, changes);
            if (i % BETWEEN_QUERIES == 0 || i == count) {
                tried.tidy();
                if (!bystander.isServed()) {
                    tried.tally.unserved();
                }
            }
        }
        tried.door.finish(tried.tally);
        tried.tally.took((System.nanoTime() - start) / 1e9);
    }

    private static List<ServiceProcess> processes(StartedTiers tiers) {
        return Stream.of(Tier.values())
                .flatMap(tier -> tiers.processes(tier).stream())
                .toList();
    }

    private static List<String> ended(StartedTiers tiers) {
        List<String> ended = new ArrayList<>();
        for (ServiceProcess process : processes(tiers)) {
            if (!process.alive()) {
                ended.add(process.name());
            }
        }
        return ended;
    }

    private static Map<String, Vitals> vitals(StartedTiers tiers) {
        Map<String, Vitals> vitals = new LinkedHashMap<>();
        for (ServiceProcess process : processes(tiers)) {
            try {
                vitals.put(process.name(), Vitals.of(process));
            } catch (IOException | RuntimeException silent) {
                // The report says of whom there is nothing.
            }
        }
        return vitals;
    }

    private static Map<String, LogLook> logs(StartedTiers tiers) throws IOException {
        Map<String, LogLook> logs = new LinkedHashMap<>();
        for (ServiceProcess process : processes(tiers)) {
            logs.put(process.name(), LogLook.at(process.log()));
        }
        return logs;
    }

    private record Tried(Door door, Tally tally) {

        Tried(Door door) {
            this(door, new Tally(door.name()));
        }

        void tidy() {
            try {
                door.tidy();
            } catch (IOException | RuntimeException e) {
                tally.wrong("what was changed cannot be put back: " + e.getMessage());
            }
        }
    }

    /** Somebody else, who asks for what is right and has to be served. */
    private static final class Bystander implements AutoCloseable {

        private final HttpWire wire;
        private long served;

        Bystander(URI frontend) {
            wire = new HttpWire(frontend);
        }

        boolean isServed() {
            try {
                boolean right = wire.ask(VALID).json().path("result").asLong(0) == RESULT;
                served += right ? 1 : 0;
                return right;
            } catch (Door.Wrong wrong) {
                return false;
            }
        }

        long served() {
            return served;
        }

        @Override
        public void close() {
            wire.close();
        }
    }
}
