package dev.sluice.host.onnx.repository;

import dev.sluice.common.actor.ActorNames;
import dev.sluice.host.onnx.actor.ModelVersion;
import dev.sluice.host.onnx.settings.ModelConfigs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
    private final Set<String> told = new HashSet<>();

    ModelFolder(Path folder) {
        this.folder = folder;
    }

    Path of(String model) {
        return folder.resolve(model);
    }

    /**
     * Looks.
     *
     * @return the fingerprint of each version
     * @throws IOException where the folder cannot be read, so that nothing is known of what is in it
     */
    Map<FoundVersion, String> look() throws IOException {
        Map<FoundVersion, String> found = new TreeMap<>((one, other) -> {
            int models = one.model().compareTo(other.model());
            return models != 0 ? models : one.version().compareTo(other.version());
        });
        for (Path model : folders(folder)) {
            for (Path version : folders(model)) {
                if (Files.isRegularFile(version.resolve(ModelVersion.FILE))) {
                    add(new FoundVersion(name(model), name(version)), model, version, found);
                }
            }
        }
        return found;
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

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !name(entry).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
