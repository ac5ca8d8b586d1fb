package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.tiers.Jcmd;
import dev.sluice.cli.platform.Program;
import dev.sluice.cli.platform.Programs;
import dev.sluice.cli.platform.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Wall clocks of processes that can be set while they run, by libfaketime. The monotonic clock is left as it is. */
final class FakedClocks {

    /** Looks for the node's name among the arguments, and has its clock follow the file of that name. */
    private static final String START = """
            library=$1 folder=$2; shift 2
            for argument; do case $argument in --sluice.node-id=*) node=${argument#*=} ;; esac; done
            export LD_PRELOAD="$library" FAKETIME_TIMESTAMP_FILE="$folder/$node" FAKETIME_CACHE_DURATION=1
            export FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0
            [ -e "$folder/$node" ] || echo +0 >"$folder/$node"
            exec "$@"
            """;

    /** The first line of a JVM's properties: {@code #Fri Nov 27 14:40:29 UTC 2026}. */
    private static final DateTimeFormatter SAID =
            DateTimeFormatter.ofPattern("'#'EEE MMM dd HH:mm:ss zzz yyyy", Locale.ENGLISH);

    private final Path folder;

    FakedClocks(Path folder) {
        this.folder = folder;
    }

    /** Empty where it is not installed. */
    static Optional<Path> library() {
        try (Stream<Path> places = Stream.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"))) {
            return places.filter(Files::isDirectory)
                    .flatMap(FakedClocks::folders)
                    .map(place -> place.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::isReadable)
                    .findFirst();
        }
    }

    private static Stream<Path> folders(Path place) {
        try (Stream<Path> below = Files.list(place)) {
            return Stream.concat(Stream.of(place), below.filter(Files::isDirectory).toList().stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Programs over(Programs programs) {
        return tier -> {
            Program program = programs.of(tier);
            List<String> executable = new ArrayList<>(List.of(
                    "/bin/sh", "-c", START, "sh", library().orElseThrow().toString(), folder.toString()));
            executable.addAll(program.executable());
            return new Program(program.directory(), executable, program.main());
        };
    }

    /** @param by as {@code +1h}, {@code -1h} or {@code +0} */
    void set(ServiceProcess process, String by) throws IOException {
        Files.writeString(folder.resolve(process.name()), by + "\n");
    }

    /** How far the process's clock is from this one's. */
    static Duration ahead(ServiceProcess process) throws IOException {
        String said = Jcmd.ask(process.pid(), "VM.system_properties");
        return said.lines()
                .filter(line -> line.matches("#\\w{3} \\w{3} .*\\d{4}"))
                .findFirst()
                .map(line -> Duration.between(
                        Instant.now(), ZonedDateTime.parse(line, SAID).toInstant()))
                .orElseThrow(() -> new IOException(process.name() + " does not tell its time: " + said));
    }
}
