package dev.sluice.host.sql.file;

import dev.sluice.common.actor.ActorNames;
import dev.sluice.sdk.actor.InvalidActorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A folder of SQL actors: {@code NAME.sql}, of the version 1, or {@code NAME/VERSION.sql}. */
public final class SqlFolder {

    private static final String END = ".sql";

    /** The version of a file that lies in no folder of its own. */
    public static final String ONLY = "1";

    private final Path folder;
    private final SqlFile.Limits defaults;

    public SqlFolder(Path folder, SqlFile.Limits defaults) {
        this.folder = folder;
        this.defaults = defaults;
    }

    /**
     * What can be read of it, in the order of names.
     *
     * @param broken told the actor and a sentence of each file that cannot
     */
    public List<SqlFile> read(BiConsumer<String, String> broken) {
        List<SqlFile> files = new ArrayList<>();
        for (Path entry : entries(folder)) {
            String name = String.valueOf(entry.getFileName());
            if (Files.isDirectory(entry)) {
                for (Path version : entries(entry)) {
                    String file = String.valueOf(version.getFileName());
                    if (file.endsWith(END) && Files.isRegularFile(version)) {
                        add(version, name, withoutEnd(file), files, broken);
                    }
                }
            } else if (name.endsWith(END) && Files.isRegularFile(entry)) {
                add(entry, withoutEnd(name), ONLY, files, broken);
            }
        }
        return files;
    }

    private void add(Path path, String name, String version, List<SqlFile> files, BiConsumer<String, String> broken) {
        try {
            ActorNames.actorProblem(name)
                    .or(() -> ActorNames.versionProblem(version))
                    .ifPresent(why -> {
                        throw new InvalidActorException(path + ": " + why);
                    });
            if (files.stream()
                    .anyMatch(one -> one.name().equals(name) && one.version().equals(version))) {
                throw new InvalidActorException(
                        path + ": there is another file of the version " + version + ": rename one of them.");
            }
            files.add(SqlFileReader.read(path, name, version, defaults));
        } catch (InvalidActorException e) {
            broken.accept(name, String.valueOf(e.getMessage()));
        }
    }

    private static String withoutEnd(String file) {
        return file.substring(0, file.length() - END.length());
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be read.", e);
        }
    }
}
