package dev.sluice.system.site;

import dev.sluice.cli.platform.Program;
import dev.sluice.cli.platform.Programs;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs whose clocks on the wall are wrong, each tier's differently; set anew while they run. The time that passes stays right. */
public final class WrongClocks implements Programs {

    public static final String ABSENT =
            "libfaketime is not installed (Debian's package is faketime), so no clock can be wrong.";

    private final Path library;
    private final Path folder;
    private final Programs programs;

    /** @param folder for what says how wrong they are */
    public WrongClocks(Path library, Path folder, Programs programs) {
        this.library = library;
        this.folder = folder;
        this.programs = programs;
    }

    /** What makes clocks wrong; empty where that is not installed. */
    public static Optional<Path> library() {
        return Stream.of("x86_64", "aarch64")
                .map(machine -> Path.of("/usr/lib/" + machine + "-linux-gnu/faketime/libfaketime.so.1"))
                .filter(Files::exists)
                .findFirst();
    }

    /** @param days more than it is */
    public WrongClocks set(Tier tier, int days) {
        try {
            Path next = folder.resolve("next");
            Files.writeString(next, "%+dd%n".formatted(days));
            Files.move(next, offset(tier), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private Path offset(Tier tier) {
        return folder.resolve(tier.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public Program of(Tier tier) {
        Program right = programs.of(tier);
        List<String> executable = new ArrayList<>(List.of(
                "env",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + offset(tier),
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1"));
        executable.addAll(right.executable());
        return new Program(right.directory(), executable, right.main());
    }
}
