package dev.sluice.benchmarks.process;

import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.Platform;
import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.Programs;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What {@code ./sluice up} starts, on free ports, so that it can run beside one that is up. */
public final class StartedTiers implements AutoCloseable {

    private final Platform platform;
    private final Runnable afterwards;

    private StartedTiers(Platform platform, Runnable afterwards) {
        this.platform = platform;
        this.afterwards = afterwards;
    }

    public static StartedTiers start(Path project, Consumer<String> progress) {
        return start(project, "bench", UnaryOperator.identity(), progress);
    }

    /**
     * @param folder of its processes and logs; two that run at once have different ones
     * @param settings what is other than usual
     */
    public static StartedTiers start(
            Path project, String folder, UnaryOperator<PlatformSpec> settings, Consumer<String> progress) {
        return start(
                settings.apply(PlatformSpec.demo(project)
                        .directory(project.resolve(".sluice").resolve(folder))
                        .freePorts()),
                progress);
    }

    /** @param spec with a folder of its own */
    public static StartedTiers start(PlatformSpec spec, Consumer<String> progress) {
        return start(spec, BuiltPrograms.of(spec.project(), lines(progress)), progress, () -> {});
    }

    /**
     * @param programs what is started; else as above
     * @param afterwards what there is to be tidied when all have ended, however that came; may be told so twice
     */
    public static StartedTiers start(
            PlatformSpec spec, Programs programs, Consumer<String> progress, Runnable afterwards) {
        Platform platform = new Platform(spec, programs, lines(progress));
        StartedTiers tiers = new StartedTiers(platform, afterwards);
        // Whoever interrupts the bench wants its processes gone as well; closing twice does no harm.
        Runtime.getRuntime().addShutdownHook(new Thread(tiers::close, "end-tiers"));
        try {
            platform.start();
        } catch (RuntimeException e) {
            tiers.close();
            throw e;
        }
        return tiers;
    }

    /** For a smoke run: without the better compiler, processes are ready in little more than half the time. */
    public static PlatformSpec shortLived(PlatformSpec spec) {
        PlatformSpec changed = spec;
        for (Tier tier : Tier.values()) {
            changed = changed.jvmOptions(tier, "-XX:TieredStopAtLevel=1");
        }
        return changed;
    }

    private static Progress lines(Consumer<String> progress) {
        return (name, state, detail) ->
                progress.accept((name + ": " + state.name().toLowerCase(Locale.ROOT) + " " + detail).stripTrailing());
    }

    public URI url(String actor) {
        return platform.processes(Tier.FRONTEND).get(0).url().resolve("/" + actor);
    }

    /** Those of a tier, to be ended and started again. */
    public List<ServiceProcess> processes(Tier tier) {
        return platform.processes(tier);
    }

    public List<NamedProcess> processes() {
        return platform.processes().stream()
                .map(process -> new NamedProcess(process.name(), process.pid()))
                .toList();
    }

    /** Whoever comes second returns no sooner than the first. */
    @Override
    public synchronized void close() {
        platform.close();
        afterwards.run();
    }
}
