package dev.sluice.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On whatever JDK runs the tests: each has its own kind of archive. */
class ClassArchiveTest {

    private static final Jdk JDK = Jdk.running();
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx64m");

    private static final String JDK_ALONE = "-Xshare:auto";

    @TempDir
    private Path directory;

    private Path image;
    private ClassArchive archive;

    @BeforeEach
    void packAndMake() throws IOException {
        image = Files.createDirectories(directory.resolve("image"));
        pack(image.resolve("app.jar"));
        archive = new ClassArchive(new AppImage(image, "app.jar"), JDK, OPTIONS);
        archive.make(directory.resolve("archive.log"));
    }

    @Test
    void makesAnArchiveThatTheJvmUses() throws Exception {
        assertThat(archive.exists()).isTrue();
        assertThat(sourceOfTheClassRun(archive.use())).contains("shared objects file");
    }

    @Test
    void isNotUsedUnlessSaidSo() throws Exception {
        assertThat(sourceOfTheClassRun(JDK_ALONE)).contains("app.jar");
    }

    @Test
    void isAnotherOneForAnotherJvmOrOtherOptionsButNotForOtherSizes() {
        AppImage app = new AppImage(image, "app.jar");
        Jdk other = new Jdk(JDK.home(), JDK.feature(), JDK.version() + "+1");

        assertThat(new ClassArchive(app, other, OPTIONS).exists()).isFalse();
        assertThat(new ClassArchive(app, JDK, List.of("-XX:+UseParallelGC")).exists())
                .isFalse();
        assertThat(new ClassArchive(app, JDK, List.of("-XX:+UseSerialGC", "-Xmx1g")).exists())
                .isTrue();
    }

    /** The JVM starts without an archive that it cannot use, and says nothing; but it tells where a class came from. */
    private String sourceOfTheClassRun(String option) throws Exception {
        Path loaded = directory.resolve("loaded.log");
        List<String> command = new ArrayList<>(List.of(JDK.java().toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of(option, "-Xlog:class+load:file=" + loaded, "-jar", "app.jar"));
        Process process = new ProcessBuilder(command).directory(image.toFile()).start();
        assertThat(process.waitFor()).isZero();
        try (Stream<String> lines = Files.lines(loaded)) {
            return lines.filter(line -> line.contains(Briefly.class.getName()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void pack(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Briefly.class.getName());
        String entry = Briefly.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = Briefly.class.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            out.write(in.readAllBytes());
        }
    }

    /** Ends at once. */
    static final class Briefly {

        private Briefly() {}

        public static void main(String[] arguments) {
            System.out.println("hello");
        }
    }
}
