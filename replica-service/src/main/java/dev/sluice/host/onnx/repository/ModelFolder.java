package dev.sluice.host.onnx.repository;

import dev.sluice.common.actor.ActorNames;
import dev.sluice.host.onnx.actor.ModelVersion;
import dev.sluice.host.onnx.settings.ModelConfigs;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies in a folder of models, as {@code NAME/VERSION/model.onnx}, and a fingerprint of the files of each version by which changes
 * are seen. Not thread-safe.
 */
final class ModelFolder {

    private static final Logger log = LoggerFactory.getLogger(ModelFolder.class);

    private final Path folder;
    private final Listing listing;
    private final Set<String> told = new HashSet<>();

    /** The models that were found at the last look. */
    private Set<String> known = Set.of();

    /** What lies in a folder. */
    interface Listing {
        List<Path> of(Path folder) throws IOException;
    }

    ModelFolder(Path folder) {
        this(folder, ModelFolder::entries);
    }

    ModelFolder(Path folder, Listing listing) {
        this.folder = folder;
        this.listing = listing;
    }

    Path of(String model) {
        return folder.resolve(model);
    }

    /**
     * Looks.
     *
     * @return the fingerprint of each version
     * @throws IOException where the folder cannot be read, or that of a model that was there: then nothing is known of what is in it
     */
    Map<FoundVersion, String> look() throws IOException {
        Map<FoundVersion, String> found = new TreeMap<>((one, other) -> {
            int models = one.model().compareTo(other.model());
            return models != 0 ? models : one.version().compareTo(other.version());
        });
        for (Path model : folders(folder)) {
            for (Path version : versions(model)) {
                if (Files.isRegularFile(version.resolve(ModelVersion.FILE))) {
                    add(new FoundVersion(name(model), name(version)), model, version, found);
                }
            }
        }
        known = found.keySet().stream().map(FoundVersion::model).collect(Collectors.toSet());
        return found;
    }

    /** Some folders are nobody's business, as lost+found of a volume: they keep no model from being served. */
    private List<Path> versions(Path model) throws IOException {
        try {
            return folders(model);
        } catch (AccessDeniedException e) {
            if (known.contains(name(model))) {
                throw e;
            }
            if (told.add(name(model))) {
                log.warn(
                        "Left out {}: this host may not read it. If it is a model, let it; else move it elsewhere.",
                        model);
            }
            return List.of();
        }
    }

    private void add(FoundVersion version, Path model, Path files, Map<FoundVersion, String> found) {
        Optional<String> problem =
                ActorNames.actorProblem(version.model()).or(() -> ActorNames.versionProblem(version.version()));
        if (problem.isPresent()) {
            if (told.add(version.toString())) {
                log.error("Left out the {}: {}", version, problem.get());
            }
            return;
        }
        try {
            found.put(version, fingerprint(model, files));
        } catch (IOException e) {
            // A file went away between two looks at it: the next round sees what became of it.
            log.debug("The files of the {} could not be looked at.", version, e);
        }
    }

    /** Names, sizes and times, not contents: looking must cost little. */
    private static String fingerprint(Path model, Path version) throws IOException {
        StringBuilder print = new StringBuilder();
        for (Path config : List.of(model.resolve(ModelConfigs.YAML), model.resolve(ModelConfigs.TRITON))) {
            if (Files.exists(config)) {
                append(config, print);
            }
        }
        try (Stream<Path> files = Files.list(version)) {
            for (Path file : files.sorted().toList()) {
                append(file, print);
            }
        }
        return print.toString();
    }

    private static void append(Path file, StringBuilder print) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        print.append(name(file))
                .append(' ')
                .append(attributes.size())
                .append(' ')
                .append(attributes.lastModifiedTime().toMillis())
                .append(' ')
                .append(attributes.fileKey())
                .append('\n');
    }

    private List<Path> folders(Path folder) throws IOException {
        return listing.of(folder).stream()
                .filter(Files::isDirectory)
                .filter(entry -> !name(entry).startsWith("."))
                .sorted()
                .toList();
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
