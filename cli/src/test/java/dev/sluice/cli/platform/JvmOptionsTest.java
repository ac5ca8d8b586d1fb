package dev.sluice.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JvmOptionsTest {

    @Test
    void givesEachJdkOnlyOptionsThatItKnows() {
        assertThat(options(17, Map.of()))
                .contains("-XX:+UseSerialGC", "-Xmx384m")
                .doesNotContain("-XX:+UseCompactObjectHeaders", "--sun-misc-unsafe-memory-access=allow");
        assertThat(options(25, Map.of()))
                .contains("-XX:+UseCompactObjectHeaders", "--sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void putsTheTiersOwnOptionsLastSoThatTheyWin() {
        Map<String, String> environment = Map.of(
                "SLUICE_JAVA_OPTS", "-Xmx1g -Da=b", "SLUICE_HOST_JAVA_OPTS", "-Xmx2g", "SLUICE_ROUTER_JAVA_OPTS", "x");

        assertThat(options(17, environment)).endsWith("-Xmx1g", "-Da=b", "-Xmx2g");
    }

    @Test
    void leavesTheChoiceOfACollectorToTheEnvironment() {
        assertThat(options(25, Map.of("SLUICE_JAVA_OPTS", "-XX:+UseZGC")))
                .contains("-XX:+UseZGC")
                .doesNotContain("-XX:+UseSerialGC");
    }

    private static List<String> options(int feature, Map<String, String> environment) {
        return new JvmOptions(new Jdk(Path.of("/jdk"), feature, ""), environment).of(Tier.HOST);
    }
}
