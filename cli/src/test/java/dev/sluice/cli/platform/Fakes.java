package dev.sluice.cli.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Platforms of {@link FakeService}s. */
public final class Fakes {

    static final Patience PATIENT = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(30));

    private Fakes() {}

    public static Programs programs(Path directory) {
        List<String> executable = List.of(
                Jdk.running().java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"));
        Program program = new Program(directory, executable, List.of(FakeService.class.getName()));
        return tier -> program;
    }

    public static PlatformSpec spec(Path directory) {
        return PlatformSpec.bare(directory)
                .directory(directory)
                .freePorts()
                .count(Tier.HOST, 1)
                .patience(PATIENT);
    }

    public static Platform platform(PlatformSpec spec, Progress progress) {
        return new Platform(spec, programs(spec.project()), progress);
    }
}
