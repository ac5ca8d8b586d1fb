package dev.sluice.host.sql.file;

import dev.sluice.common.actor.ActorNames;
import dev.sluice.sdk.actor.InvalidActorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder of SQL actors: {@code NAME.sql}, of the version 1, or {@code NAME/VERSION.sql}. */
public final class SqlFolder {

    private static final String END = ".sql";

    /** The version of a file that lies in no folder of its own. */
    public static final String ONLY = "1";

    private final Path folder;
    private final SqlFile.Limits defaults;

    /** The actors that were found at the last look: what serves is not taken away because it cannot be read for a while. */
    private volatile Set<String> known = Set.of();

    public SqlFolder(Path folder, SqlFile.Limits defaults) {
        this.folder = folder;
        this.defaults = defaults;
    }

    /**
     * What lies there, in the order of names. Nothing is read of it. Hidden folders are passed over: a mounted ConfigMap of
     * Kubernetes has its files once more in them.
     *
     * @param broken told the path and a sentence of each file that can be no actor's
     * @throws IOException where the folder cannot be looked at, or that of an actor that was there, so that nothing is known of what is in it
     */
    public Map<FoundFile.Id, FoundFile> look(BiConsumer<Path, String> broken) throws IOException {
        Map<FoundFile.Id, FoundFile> found = new TreeMap<>();
        for (Path entry : entries(folder)) {
            String name = name(entry);
            if (name.startsWith(".")) {
                continue;
            }
            if (Files.isDirectory(entry)) {
                for (Path file : versions(entry, broken)) {
                    add(file, name, name(file), true, found, broken);
                }
            } else {
                add(entry, name, ONLY + END, false, found, broken);
            }
        }
        known = found.keySet().stream().map(FoundFile.Id::actor).collect(Collectors.toSet());
        return found;
    }

    private static void add(
            Path path,
            String actor,
            String version,
            boolean inFolder,
            Map<FoundFile.Id, FoundFile> found,
            BiConsumer<Path, String> broken) {
        if (!name(path).endsWith(END) || name(path).startsWith(".")) {
            return;
        }
        FoundFile.Id id = new FoundFile.Id(withoutEnd(actor), withoutEnd(version));
        Optional<String> problem = ActorNames.actorProblem(id.actor())
                .or(() -> ActorNames.versionProblem(id.version()))
                .or(() -> found.containsKey(id)
                        ? Optional.of("there is another file of the " + id + ": rename one of them.")
                        : Optional.empty());
        if (problem.isPresent()) {
            broken.accept(path, problem.get());
            return;
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                String fingerprint =
                        attributes.size() + " " + attributes.lastModifiedTime().toMillis() + " " + attributes.fileKey();
                found.put(id, new FoundFile(id, path, inFolder, fingerprint));
            }
        } catch (NoSuchFileException e) {
            // It went away between two looks at it.
        } catch (IOException e) {
            broken.accept(path, "it cannot be looked at: " + e.getMessage());
        }
    }

    /**
     * One file of them.
     *
     * @throws InvalidActorException with a sentence that names the file
     */
    public SqlFile read(FoundFile file) {
        return SqlFileReader.read(file, defaults);
    }

    /**
     * All that can be read, in the order of names.
     *
     * @param broken told the actor and a sentence of each file that cannot
     */
    public List<SqlFile> read(BiConsumer<String, String> broken) {
        List<SqlFile> files = new ArrayList<>();
        try {
            for (FoundFile found : look((path, why) -> broken.accept(withoutEnd(name(path)), path + ": " + why))
                    .values()) {
                try {
                    files.add(read(found));
                } catch (InvalidActorException e) {
                    broken.accept(found.id().actor(), String.valueOf(e.getMessage()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be read.", e);
        }
        return files;
    }

    private static String withoutEnd(String file) {
        return file.endsWith(END) ? file.substring(0, file.length() - END.length()) : file;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private List<Path> versions(Path actor, BiConsumer<Path, String> broken) throws IOException {
        try {
            return entries(actor);
        } catch (AccessDeniedException e) {
            if (known.contains(name(actor))) {
                throw e;
            }
            broken.accept(actor, "this host may not read it. If it is an actor's, let it; else move it elsewhere.");
            return List.of();
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
