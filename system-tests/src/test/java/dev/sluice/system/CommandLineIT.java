package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.site.On;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The front door against a platform that runs. */
@ExtendWith(Sites.class)
class CommandLineIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void callsAnActorThroughTheScript(@On(Shape.STEADY) Site site) {
        String frontend = site.frontend(0).url().toString();
        List<String> command =
                List.of(Places.project().resolve("sluice").toString(), "call", "vadder", "10", "--frontend", frontend);

        assertThat(run("call", command)).endsWith("11\n");
    }

    @Test
    void tellsTheTypeOfAFileAndTheDigitInAPicture(@On(Shape.STEADY) Site site) {
        Path picture = Places.project().resolve("examples/pictures/digit-7.png");

        assertThat(run(
                        "filetype",
                        sluice(site, "call", "filetype", "@" + Places.project().resolve("pom.xml"))))
                .isEqualTo("xml\n");
        assertThat(run("digits", sluice(site, "call", "digits", "@" + picture))).isEqualTo("7\n");
    }

    @Test
    void printsTheWholeAnswerForPrograms(@On(Shape.STEADY) Site site) {
        JsonNode answer = JSON.readTree(run("json", sluice(site, "call", "adder", "40", "--json")));

        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(answer.path("result").asInt()).isEqualTo(42);
    }

    @Test
    void failsWithTheReasonOfAFailedQuery(@On(Shape.STEADY) Site site) {
        try (OneProcess process = OneProcess.start("failing", site.folder(), sluice(site, "call", "adder", "\"x\""))) {
            assertThat(process.awaitEnd(Site.LONG)).isEqualTo(1);
            assertThat(process.output()).contains("INVALID_INPUT");
        }
    }

    @Test
    void showsWhatRuns(@On(Shape.STEADY) Site site) {
        String table = run("status", sluice(site, "status"));
        JsonNode status = JSON.readTree(run("status-json", sluice(site, "status", "--json")));

        assertThat(table).contains("frontend-0", "router-0", "host-1", "vadder");
        assertThat(status.path("processes").size()).isEqualTo(5);
        assertThat(status.path("actors").toString()).contains("vadder");
        assertThat(status.has("replicas")).isTrue();
        assertThat(status.has("queues")).isTrue();
    }

    /** The program with the site's folder as the project, so that it finds what runs there, and with the site's secret. */
    private static List<String> sluice(Site site, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "SLUICE_CLUSTER_SECRET=" + Site.SECRET,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dsluice.project=" + site.folder(),
                "-jar",
                Places.project().resolve("cli/target/sluice-cli.jar").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String run(String name, List<String> command) {
        try (OneProcess process = OneProcess.start("cli-" + name, Places.project(), command)) {
            assertThat(process.awaitEnd(Site.LONG)).as("%s", process.output()).isZero();
            return process.output();
        }
    }
}
