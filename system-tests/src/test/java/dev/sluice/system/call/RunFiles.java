package dev.sluice.system.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which queries an actor ran, by the files that its replicas have left. */
public record RunFiles(Set<String> all, Set<String> twice) {

    public static RunFiles in(Path folder, String actor) {
        Set<String> all = new HashSet<>();
        Set<String> twice = new HashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> runs = files.filter(file -> file.getFileName().toString().matches(actor + "-.*\\.runs"))
                    .toList();
            for (Path file : runs) {
                for (String id : Files.readAllLines(file)) {
                    if (!all.add(id)) {
                        twice.add(id);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RunFiles(all, twice);
    }
}
