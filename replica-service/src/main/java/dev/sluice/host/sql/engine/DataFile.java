package dev.sluice.host.sql.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the data folder, or a folder of Parquet files in it, as a view of that name.
 *
 * @param name of the view
 * @param path of the file, or a pattern of many
 * @param function that reads it
 */
record DataFile(String name, String path, String function) {

    private static final Logger log = LoggerFactory.getLogger(DataFile.class);

    private static final int DEEPEST = 8;

    private static final Map<String, String> FUNCTIONS = Map.of(
            ".parquet", "read_parquet",
            ".csv", "read_csv",
            ".csv.gz", "read_csv",
            ".tsv", "read_csv",
            ".json", "read_json",
            ".ndjson", "read_json",
            ".jsonl", "read_json");

    /** @throws IllegalArgumentException with a sentence, where two would have one name */
    static List<DataFile> in(Path folder) {
        Map<String, DataFile> found = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder.toAbsolutePath().normalize())) {
            for (Path entry : entries.sorted().toList()) {
                DataFile file = of(entry);
                DataFile other = file == null ? null : found.put(file.name().toLowerCase(Locale.ROOT), file);
                if (other != null) {
                    throw new IllegalArgumentException("The data " + other.path() + " and " + entry
                            + " would both be called '" + other.name() + "': rename one of them.");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be read.", e);
        }
        return List.copyOf(found.values());
    }

    private static @Nullable DataFile of(Path entry) {
        String name = String.valueOf(entry.getFileName());
        if (name.startsWith(".")) {
            return null;
        }
        if (Files.isDirectory(entry)) {
            return hasParquet(entry) ? new DataFile(name, entry + "/**/*.parquet", "read_parquet") : null;
        }
        int dot = name.indexOf('.');
        String function = dot < 0 ? null : FUNCTIONS.get(name.substring(dot).toLowerCase(Locale.ROOT));
        return function == null ? null : new DataFile(name.substring(0, dot), entry.toString(), function);
    }

    private static boolean hasParquet(Path folder) {
        try (Stream<Path> files =
                Files.find(folder, DEEPEST, (file, kind) -> file.toString().endsWith(".parquet"))) {
            return files.findAny().isPresent();
        } catch (IOException | UncheckedIOException e) {
            // As lost+found of a volume: what cannot be read is no data.
            log.warn("Left out {} of the data: it cannot be read. ({})", folder, String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** In each connection its own: the database may be one that nothing can be written to. */
    String createView() {
        return "create or replace temp view \"" + name.replace("\"", "\"\"") + "\" as select * from " + function + "("
                + DuckDbSource.text(path) + ")";
    }
}
