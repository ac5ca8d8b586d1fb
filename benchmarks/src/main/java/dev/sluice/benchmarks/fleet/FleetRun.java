package dev.sluice.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Plays scenarios, one after the other. */
final class FleetRun {

    static final List<Scenario> ALL = List.of(
            new RolloutsInARow(),
            new BrokenVersions(),
            new HostKilled(),
            new LoadStep(),
            new BurstyLoad(),
            new RouterKilled());

    static final String NO_REDIS =
            "left out: router, since there is no redis-server on the PATH (apt-get install redis-server)";

    private final FleetPlan plan;
    private final Consumer<String> progress;
    private final List<String> leftOut = new ArrayList<>();

    FleetRun(FleetPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** @param only names of scenarios; empty: all of them */
    List<Story> run(Set<String> only) throws IOException {
        List<Scenario> chosen = ALL.stream()
                .filter(scenario -> only.isEmpty() || only.contains(scenario.name()))
                .toList();
        List<Story> stories = new ArrayList<>(of(
                chosen.stream().filter(scenario -> !scenario.sharesStore()).toList(),
                () -> FleetSite.ofOneRouter(progress)));
        List<Scenario> shared = chosen.stream().filter(Scenario::sharesStore).toList();
        Optional<Path> redis = SharedStore.program();
        if (redis.isPresent()) {
            stories.addAll(of(shared, () -> FleetSite.ofTwoRouters(redis.get(), progress)));
        } else if (!shared.isEmpty()) {
            leftOut.add(NO_REDIS);
        }
        return stories;
    }

    /** What could not be played, and why, in sentences. */
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /** Processes that have just started are slow for a while, which is not what is to be seen. */
    private void warmUp(FleetSite site) throws IOException {
        try (Stage stage = Stage.open(site, "warmup", Model.goal("1", Model.QUICK, "2"), plan.perSecond())) {
            Stage.pause(plan.warmUp());
            progress.accept(
                    "warmed up by %d queries".formatted(stage.endTraffic().queries()));
        }
    }

    private interface Start {
        FleetSite site() throws IOException;
    }

    private List<Story> of(List<Scenario> scenarios, Start start) throws IOException {
        List<Story> stories = new ArrayList<>();
        if (!scenarios.isEmpty()) {
            try (FleetSite site = start.site()) {
                warmUp(site);
                for (Scenario scenario : scenarios) {
                    progress.accept("scenario: " + scenario.name());
                    stories.add(scenario.play(plan, site, progress));
                }
            }
        }
        return stories;
    }
}
