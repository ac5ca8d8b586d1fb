package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.load.LoadPlan;
import dev.sluice.benchmarks.load.LoadResult;
import dev.sluice.benchmarks.report.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Warms both sides up and measures them in alternation, one level after the other. */
final class HopsRun {

    private static final int WARM_UP_TURNS = 2;

    private final HopsPlan plan;
    private final Side echo;
    private final Side tiers;
    private final Drive drive;
    private final Consumer<String> progress;

    HopsRun(HopsPlan plan, Side echo, Side tiers, Drive drive, Consumer<String> progress) {
        this.plan = plan;
        this.echo = echo;
        this.tiers = tiers;
        this.drive = drive;
        this.progress = progress;
    }

    List<Level> run() throws IOException {
        warmUp();
        List<Level> levels = new ArrayList<>();
        for (int connections : plan.connections()) {
            levels.add(measure(connections));
        }
        return levels;
    }

    private void warmUp() throws IOException {
        Duration slice = plan.warmUp().dividedBy((long) WARM_UP_TURNS * plan.connections().size());
        for (int turn = 1; turn <= WARM_UP_TURNS; turn++) {
            for (int connections : plan.connections()) {
                LoadPlan load = new LoadPlan(connections, Duration.ZERO, slice);
                say("warm-up " + turn + " of " + WARM_UP_TURNS, connections, drive.run(echo, load), drive.run(tiers, load));
            }
        }
    }

    private Level measure(int connections) throws IOException {
        LoadPlan load = new LoadPlan(connections, plan.leadIn(), plan.measured());
        List<LoadResult> echoRounds = new ArrayList<>();
        List<LoadResult> tiersRounds = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            LoadResult echoRound = drive.run(echo, load);
            LoadResult tiersRound = drive.run(tiers, load);
            echoRounds.add(echoRound);
            tiersRounds.add(tiersRound);
            say("round " + round + " of " + plan.rounds(), connections, echoRound, tiersRound);
        }
        return new Level(connections, Measured.of(echoRounds), Measured.of(tiersRounds));
    }

    private void say(String what, int connections, LoadResult echoResult, LoadResult tiersResult) {
        progress.accept("%s, %d connections: %s %s/s, %s %s/s"
                .formatted(
                        what,
                        connections,
                        echo.name(),
                        Table.count(echoResult.requestsPerSecond()),
                        tiers.name(),
                        Table.count(tiersResult.requestsPerSecond())));
    }
}
