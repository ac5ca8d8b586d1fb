package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.load.LoadPlan;
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

    /** @throws IOException where a reply was wrong, lost or missing */
    List<Level> run() throws IOException {
        warmUp();
        List<Level> levels = new ArrayList<>();
        for (int connections : plan.connections()) {
            levels.add(measure(connections));
        }
        return levels;
    }

    private void warmUp() throws IOException {
        Duration slice = plan.warmUp()
                .dividedBy((long) WARM_UP_TURNS * plan.connections().size());
        for (int turn = 1; turn <= WARM_UP_TURNS; turn++) {
            for (int connections : plan.connections()) {
                LoadPlan load = new LoadPlan(connections, Duration.ZERO, slice);
                say("warm-up " + turn + " of " + WARM_UP_TURNS, connections, round(turn, load));
            }
        }
    }

    private Level measure(int connections) throws IOException {
        LoadPlan load = new LoadPlan(connections, plan.leadIn(), plan.measured());
        List<Level.Round> rounds = new ArrayList<>();
        for (int number = 1; number <= plan.rounds(); number++) {
            Level.Round round = round(number, load);
            rounds.add(round);
            say("round " + number + " of " + plan.rounds(), connections, round);
        }
        return new Level(connections, List.copyOf(rounds));
    }

    /** Every other round begins with the other side, so that a machine that slows down or speeds up favours neither. */
    private Level.Round round(int number, LoadPlan load) throws IOException {
        if (number % 2 == 0) {
            Driven tiersFirst = drive.run(tiers, load);
            return new Level.Round(drive.run(echo, load), tiersFirst);
        }
        Driven echoFirst = drive.run(echo, load);
        return new Level.Round(echoFirst, drive.run(tiers, load));
    }

    private void say(String what, int connections, Level.Round round) {
        progress.accept("%s, %d %s: %s %s/s, %s %s/s"
                .formatted(
                        what,
                        connections,
                        connections == 1 ? "connection" : "connections",
                        echo.name(),
                        Table.count(round.echo().requestsPerSecond()),
                        tiers.name(),
                        Table.count(round.tiers().requestsPerSecond())));
    }
}
