package dev.sluice.system.containers;

import dev.sluice.system.site.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An image that differs from the one whose name it has, as after a build of newer source; the name goes back in the end. */
public final class NewerImage implements AutoCloseable {

    private final String name;
    private final String before;
    private final String id;

    private NewerImage(String name, String before, String id) {
        this.name = name;
        this.before = before;
        this.id = id;
    }

    public static NewerImage of(String name) {
        String before = idOf(name);
        try {
            Path folder = Places.folder("newer-image");
            Files.writeString(
                    folder.resolve("Dockerfile"), "FROM " + name + "\nLABEL newer=" + System.nanoTime() + "\n");
            Command.run("docker", "build", "--quiet", "--tag", name, folder.toString())
                    .orFail();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NewerImage(name, before, idOf(name));
    }

    public String id() {
        return id;
    }

    private static String idOf(String name) {
        return Command.run("docker", "image", "inspect", "--format={{.Id}}", name)
                .orFail()
                .output()
                .strip();
    }

    @Override
    public void close() {
        Command.run("docker", "tag", before, name).orFail();
    }
}
