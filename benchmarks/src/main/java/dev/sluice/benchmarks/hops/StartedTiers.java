package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.process.NamedProcess;
import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.Platform;
import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.Tier;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What {@code ./sluice up} starts, on free ports, so that it can run beside one that is up. */
final class StartedTiers implements AutoCloseable {

    private final Platform platform;

    private StartedTiers(Platform platform) {
        this.platform = platform;
    }

    static StartedTiers start(Path project, Consumer<String> progress) {
        Progress lines = (name, state, detail) ->
                progress.accept((name + ": " + state.name().toLowerCase(Locale.ROOT) + " " + detail).stripTrailing());
        PlatformSpec spec = PlatformSpec.demo(project)
                .directory(project.resolve(".sluice/bench"))
                .freePorts();
        Platform platform = new Platform(spec, BuiltPrograms.of(project, lines), lines);
        StartedTiers tiers = new StartedTiers(platform);
        // Whoever interrupts the bench wants its processes gone as well; closing twice does no harm.
        Runtime.getRuntime().addShutdownHook(new Thread(tiers::close, "end-tiers"));
        platform.start();
        return tiers;
    }

    URI url(String actor) {
        return platform.processes(Tier.FRONTEND).get(0).url().resolve("/" + actor);
    }

    List<NamedProcess> processes() {
        return platform.processes().stream()
                .map(process -> new NamedProcess(process.name(), process.pid()))
                .toList();
    }

    @Override
    public void close() {
        platform.close();
    }
}
