package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.report.Bar;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** New versions that should never have been rolled out. */
final class BrokenVersions implements Scenario {

    /** The first of the usual steps. */
    private static final double CANARY_SHARE = 0.05;

    /** More than elsewhere, so that 5 % of the queries in the moment that it takes are more than the three failures that it takes. */
    private static final double LOAD = 2;

    /** Routers look five times in this time, and divide queries anew when they look. */
    private static final double LOOKS_SECONDS = 0.5;

    private static final Duration MOST = Duration.ofSeconds(60);

    /** @param made type and arguments */
    private record Broken(String what, String made) {}

    /** From when to when it was rolled out, in seconds from the start. */
    private record Try(Broken broken, double from, double until) {

        /** Those that it got before routers had looked once more count too. */
        long unanswered(Flow flow) {
            return flow.unanswered(from, until + LOOKS_SECONDS);
        }
    }

    /** Its sum overflows, in every query. */
    private static final Broken FAILS = new Broken(
            "every query fails", "\"type\": \"vadder\", \"args\": {\"increment\": \"%d\"}".formatted(Long.MAX_VALUE));

    private static final Broken NEVER_STARTS = new Broken("it does not start", Model.version("-1ms", "8ms"));

    private static final Broken SLOW = new Broken("it is slow", Model.version("1ms", "60ms"));

    @Override
    public String name() {
        return "broken";
    }

    @Override
    public Story play(FleetPlan plan, FleetSite site, Consumer<String> progress) throws IOException {
        List<Broken> versions = new ArrayList<>(List.of(FAILS, NEVER_STARTS));
        if (plan.slowVersion()) {
            versions.add(SLOW);
        }
        String goal = Model.goal("good", Model.QUICK, "2");
        try (Stage stage = Stage.open(site, "broken", goal, LOAD * plan.perSecond())) {
            List<Try> tries = new ArrayList<>();
            for (Broken broken : versions) {
                Stage.pause(plan.calm());
                tries.add(rolledOut(stage, broken, "bad" + tries.size(), progress));
            }
            Stage.pause(plan.calm());
            Flow flow = stage.endTraffic();
            for (Try each : tries) {
                String what = "broken version, " + each.broken().what() + ": ";
                stage.figure(each.broken().what() + "_s", each.until() - each.from());
                stage.bar(Bar.atMost(what + "s until it is rolled back", each.until() - each.from(), MOST.toSeconds()));
                long queries = flow.queries(each.from(), each.until());
                stage.bar(Bar.atMost(
                        what + "part not answered while it was rolled out",
                        (double) each.unanswered(flow) / queries,
                        CANARY_SHARE));
            }
            long outside = flow.unanswered()
                    - tries.stream().mapToLong(each -> each.unanswered(flow)).sum();
            stage.bar(Bar.atMost("broken versions, queries not answered before and after", outside, 0));
            return stage.story(name(), flow);
        }
    }

    private static Try rolledOut(Stage stage, Broken broken, String version, Consumer<String> progress)
            throws IOException {
        double from = stage.ask("POST", "/rollout", "{\"version\": \"%s\", %s}".formatted(version, broken.made()));
        stage.mark(from, broken.what());
        // A look that was on its way may not know of it yet.
        double known = stage.now() + Stage.CLOSELY.toMillis() / 1e3;
        boolean ended = stage.await(
                        MOST,
                        sample -> sample.at() > known && sample.candidate().isEmpty())
                .isPresent();
        stage.await(MOST, Sample::isAtRest);
        List<Happened> back = stage.events().stream()
                .filter(event ->
                        event.kind().equals("rollback") && event.version().equals(version))
                .toList();
        double until = ended && !back.isEmpty() ? back.get(0).at() : Double.NaN;
        stage.mark(until, "back");
        progress.accept("broken version, %s: %s"
                .formatted(
                        broken.what(),
                        back.isEmpty()
                                ? "not rolled back"
                                : "back after %.1f s: %s"
                                        .formatted(until - from, back.get(0).reason())));
        return new Try(broken, from, until);
    }
}
