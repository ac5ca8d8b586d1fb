package dev.sluice.cli.platform;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The folder where a platform writes down its processes ({@code run}) and their output ({@code logs}). */
public final class RuntimeDirectory {

    private static final String SUFFIX = ".pid";
    private static final String SUPERVISOR = "up";

    private final Path run;
    private final Path logs;

    public RuntimeDirectory(Path root) {
        this.run = root.resolve("run");
        this.logs = root.resolve("logs");
    }

    public Path log(String name) {
        return logs.resolve(name + ".log");
    }

    public Path logs() {
        return logs;
    }

    /** The processes that are written down, alive or not, in the order of tiers and numbers. */
    public List<ProcessRecord> records() {
        if (!Files.isDirectory(run)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(run)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .flatMap(file -> read(file).stream())
                    .filter(properties -> properties.containsKey("tier"))
                    .map(this::record)
                    .sorted(Comparator.comparing(ProcessRecord::tier)
                            .thenComparing(record -> record.name().length())
                            .thenComparing(ProcessRecord::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The records whose processes live; those of the dead are removed. */
    public List<ProcessRecord> living() {
        List<ProcessRecord> all = records();
        all.stream().filter(record -> !record.process().alive()).forEach(record -> remove(record.name()));
        return all.stream().filter(record -> record.process().alive()).toList();
    }

    /** The process that holds the platform in the foreground, while there is one. */
    public Optional<OsProcess> supervisor() {
        return read(run.resolve(SUPERVISOR + SUFFIX))
                .map(RuntimeDirectory::process)
                .filter(OsProcess::alive);
    }

    public void supervisedBy(OsProcess process) {
        write(SUPERVISOR, properties(process));
    }

    public void unsupervised() {
        remove(SUPERVISOR);
    }

    void write(ProcessRecord record) {
        Properties properties = properties(record.process());
        properties.setProperty("name", record.name());
        properties.setProperty("tier", record.tier().name());
        properties.setProperty("port", Integer.toString(record.port()));
        write(record.name(), properties);
    }

    void remove(String name) {
        try {
            Files.deleteIfExists(run.resolve(name + SUFFIX));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessRecord record(Properties properties) {
        String name = properties.getProperty("name");
        return new ProcessRecord(
                name,
                Tier.valueOf(properties.getProperty("tier")),
                Integer.parseInt(properties.getProperty("port")),
                process(properties),
                log(name));
    }

    private static OsProcess process(Properties properties) {
        return new OsProcess(
                Long.parseLong(properties.getProperty("pid")), Instant.parse(properties.getProperty("started")));
    }

    private static Properties properties(OsProcess process) {
        Properties properties = new Properties();
        properties.setProperty("pid", Long.toString(process.pid()));
        properties.setProperty("started", process.startedAt().toString());
        return properties;
    }

    /** Moved into place, so that nobody reads half a record. */
    private void write(String name, Properties properties) {
        try {
            Files.createDirectories(run);
            Path draft = Files.createTempFile(run, name, ".draft");
            try (Writer writer = Files.newBufferedWriter(draft)) {
                properties.store(writer, null);
            }
            Files.move(draft, run.resolve(name + SUFFIX), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new PlatformException("Cannot write to " + run + ": " + e.getMessage());
        }
    }

    private static Optional<Properties> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties.containsKey("pid") ? Optional.of(properties) : Optional.empty();
        } catch (IOException goneMeanwhile) {
            return Optional.empty();
        }
    }
}
