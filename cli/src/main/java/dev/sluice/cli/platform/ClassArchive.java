package dev.sluice.cli.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Classes as the JVM keeps them in memory, written at the first start and mapped at every later one: an AOT cache (JEP 514)
 * from JDK 25 on, a dynamic class-data archive before. Either fits one image, one build of the JVM and one set of its
 * options, so all of these are in its name; and every JVM finds it good only in the directory where it was made.
 */
final class ClassArchive {

    private static final int FIRST_WITH_AOT_CACHE = 25;

    private final AppImage image;
    private final Jdk jdk;
    private final List<String> jvmOptions;

    ClassArchive(AppImage image, Jdk jdk, List<String> jvmOptions) {
        this.image = image;
        this.jdk = jdk;
        this.jvmOptions = jvmOptions;
    }

    Path file() {
        String key = Fingerprint.of(List.of(jdk.version(), String.join(" ", shaping())));
        return image.directory().resolve("classes-" + key + (withAotCache() ? ".aot" : ".jsa"));
    }

    boolean exists() {
        return Files.exists(file());
    }

    /** The option that makes a JVM use it. */
    String use() {
        return (withAotCache() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file().getFileName();
    }

    /**
     * Starts the application up to the point where it would serve, which loads nearly all of its classes. Nobody sees the
     * archive before it is whole.
     */
    void make(Path log) {
        Path draft = file().resolveSibling("draft-" + file().getFileName());
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(jvmOptions);
        command.add((withAotCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + draft.getFileName());
        command.addAll(List.of("-Dspring.context.exit=onRefresh", "-jar", image.jar(), "--server.port=0"));
        try {
            Files.deleteIfExists(draft);
            Tool.run(image.directory(), log, command);
            Files.move(draft, file(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new PlatformException("The JVM wrote no archive; its log: " + log);
        }
    }

    private boolean withAotCache() {
        return jdk.feature() >= FIRST_WITH_AOT_CACHE;
    }

    /** The options that change how classes or objects lie in memory; sizes do not. */
    private List<String> shaping() {
        return jvmOptions.stream()
                .filter(option ->
                        option.startsWith("-XX:+Use") || option.startsWith("-XX:-Use") || option.startsWith("--"))
                .toList();
    }
}
