package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sluice.cli.platform.BuiltPrograms;
import dev.sluice.cli.platform.Jdk;
import dev.sluice.cli.platform.Progress;
import dev.sluice.system.call.MetricsPage;
import dev.sluice.system.call.RawCall;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same jars on a JDK 25: it has another class archive, other options, and other warnings. */
class NewestJdkIT {

    private static final int NEWEST = 25;

    @Test
    void servesOnJdk25() throws IOException {
        Jdk jdk = find().orElseGet(() -> abort("No JDK " + NEWEST + " in /usr/lib/jvm, so it was not tried."));
        try (Site site =
                Site.start("newest-jdk", Shape.STEADY, BuiltPrograms.of(Places.project(), jdk, Progress.NONE))) {
            assertThat(MetricsPage.of(site.host(0).url()).sum("jvm_info", "version=\"" + NEWEST))
                    .as("the host runs on JDK %s", NEWEST)
                    .isPositive();
            assertThat(site.caller(0).call("vadder", "10").result().asLong()).isEqualTo(11);
            byte[] picture = Files.readAllBytes(Places.project().resolve("examples/pictures/digit-7.png"));
            assertThat(new String(
                            site.caller(0)
                                    .bytes("digits", BodyPublishers.ofByteArray(picture))
                                    .body(),
                            StandardCharsets.UTF_8))
                    .isEqualTo("7");
            byte[] large = new byte[3 << 20];
            assertThat(site.caller(0)
                            .bytes("echo", BodyPublishers.ofByteArray(large))
                            .body())
                    .isEqualTo(large);
            try (RawCall stream = RawCall.stream(site.frontend(0).url(), "ticks", "3")) {
                assertThat(stream.readUntil("event: end")).contains("data: 3\n");
            }
            site.awaitCalm();
        }
    }

    private static Optional<Jdk> find() throws IOException {
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(all)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .flatMap(NewestJdkIT::jdk)
                    .filter(jdk -> jdk.feature() == NEWEST)
                    .findFirst();
        }
    }

    private static Stream<Jdk> jdk(Path home) {
        Properties release = new Properties();
        try (var in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
        } catch (IOException notAJdk) {
            return Stream.empty();
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        String feature = version.replaceFirst("[^0-9].*", "");
        return feature.isEmpty() ? Stream.empty() : Stream.of(new Jdk(home, Integer.parseInt(feature), version));
    }
}
