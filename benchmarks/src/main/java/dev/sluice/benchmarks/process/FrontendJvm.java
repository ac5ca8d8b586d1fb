package dev.sluice.benchmarks.process;

import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.Progress;
import dev.sluice.cli.platform.Tier;
import java.nio.file.Path;
import java.util.List;

/**
 * The command that a frontend's JVM is started with, so that what is held against it gets the same JDK, heap, collector and flags. Without
 * the archive of classes: that fits the frontend's class path only, and changes how fast it starts, not how fast it runs.
 */
public final class FrontendJvm {

    private FrontendJvm() {}

    public static List<String> command(Path project) {
        return BuiltPrograms.of(project, Progress.NONE).of(Tier.FRONTEND).executable().stream()
                .filter(option -> !option.startsWith("-XX:AOTCache=") && !option.startsWith("-XX:SharedArchiveFile="))
                .toList();
    }
}
