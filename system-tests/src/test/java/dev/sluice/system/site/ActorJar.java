package dev.sluice.system.site;

import dev.sluice.system.actors.Faulty;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A folder of actors for hosts: the examples' jar, and one of the classes in {@code dev.sluice.system.actors}. */
final class ActorJar {

    private ActorJar() {}

    static Path folder(Path project, Path folder) {
        Path examples = project.resolve("examples/actors/target/sluice-example-actors.jar");
        try {
            Files.createDirectories(folder);
            Files.copy(examples, folder.resolve(examples.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            pack(folder.resolve("system-test-actors.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private static void pack(Path jar) throws IOException {
        Path root = root();
        Path actors = root.resolve(Faulty.class.getPackageName().replace('.', '/'));
        List<Path> classes;
        try (Stream<Path> files = Files.list(actors)) {
            classes = files.filter(file -> file.toString().endsWith(".class")).toList();
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Path type : classes) {
                out.putNextEntry(new JarEntry(root.relativize(type).toString().replace('\\', '/')));
                Files.copy(type, out);
                out.closeEntry();
            }
        }
    }

    private static Path root() {
        try {
            return Path.of(Faulty.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The test classes are not in a folder.", e);
        }
    }
}
