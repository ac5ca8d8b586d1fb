package dev.sluice.cli.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service's jar, unpacked into a folder named after its contents: a plain class path starts faster than a jar of jars,
 * and an archive of classes needs one whose files never change.
 *
 * @param jar its name within the folder
 */
record AppImage(Path directory, String jar) {

    private static final String MARK = ".unpacked";

    static AppImage of(Path apps, Path jar, Jdk jdk) {
        String name = jar.getFileName().toString();
        String base = name.replaceFirst("(-exec)?\\.jar$", "");
        AppImage image = new AppImage(apps.resolve(base + "-" + Fingerprint.ofJar(jar)), name);
        if (!Files.exists(image.directory.resolve(MARK))) {
            image.unpack(apps, jar, jdk);
            image.forgetOlder(apps, base);
        }
        return image;
    }

    private void unpack(Path apps, Path source, Jdk jdk) {
        delete(directory);
        Tool.run(
                apps,
                directory.resolveSibling(directory.getFileName() + ".log"),
                List.of(
                        jdk.java().toString(),
                        "-Djarmode=tools",
                        "-jar",
                        source.toString(),
                        "extract",
                        "--destination",
                        directory.toString()));
        try {
            Files.createFile(directory.resolve(MARK));
        } catch (IOException e) {
            throw new PlatformException("Cannot write to " + directory + ": " + e.getMessage());
        }
    }

    /** Keeps one older image besides this one, which another platform may be running. */
    private void forgetOlder(Path apps, String base) {
        try (Stream<Path> siblings = Files.list(apps)) {
            siblings.filter(path -> path.getFileName().toString().startsWith(base + "-"))
                    .filter(path -> Files.isDirectory(path) && !path.equals(directory))
                    .sorted(Comparator.comparing(AppImage::unpackedAt).reversed())
                    .skip(1)
                    .forEach(AppImage::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long unpackedAt(Path image) {
        return image.resolve(MARK).toFile().lastModified();
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
