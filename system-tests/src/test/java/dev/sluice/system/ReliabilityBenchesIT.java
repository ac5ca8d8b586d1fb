package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Smoke runs of the benches that let things go wrong, each as people start it, with processes of its own. They look at no bar. */
class ReliabilityBenchesIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path reports = Places.folder("benches");

    @Test
    void faultsTellsWhatCallersNoticedOfEachFault() throws IOException {
        Path markdown = reports.resolve("faults.md");

        JsonNode report = quick("faults", "--only", "kill host", "--markdown", markdown.toString());

        assertThat(report.path("rows").size()).isEqualTo(1);
        JsonNode row = report.path("rows").get(0);
        assertThat(row.path("fault").asString()).isEqualTo("kill host");
        assertThat(row.path("answered").asInt()).isPositive();
        assertThat(row.path("ledgers").get(0).path("accepted").asInt()).isPositive();
        assertThat(Files.readAllLines(markdown)).hasSize(3).last().asString().startsWith("| kill host |");
    }

    @Test
    void soakTellsWhatEveryProcessHolds() {
        JsonNode report = quick("soak");

        assertThat(StreamSupport.stream(report.path("rows").spliterator(), false)
                        .filter(row -> row.path("of").asString().equals("heap MiB"))
                        .map(row -> row.path("process").asString()))
                .containsExactly("frontend-0", "host-0", "host-1", "router-0");
        assertThat(report.path("rows").get(0).path("end").asDouble()).isPositive();
    }

    @Test
    void fuzzTreatsTheInputsOfEveryDoorWell() {
        JsonNode report = quick("fuzz");

        assertThat(StreamSupport.stream(report.path("rows").spliterator(), false)
                        .map(row -> row.path("door").asString()))
                .containsExactly(
                        "native HTTP", "heads of HTTP", "control API", "heads of control API", "link", "page's API");
        for (JsonNode row : report.path("rows")) {
            assertThat(row.path("inputs").asInt()).as("%s", row).isPositive();
            assertThat(row.path("wrong").asInt()).as("%s", row).isZero();
            assertThat(row.path("queries_not_served").asInt()).as("%s", row).isZero();
        }
    }

    /** Runs it to its end, which has to be a good one. */
    private JsonNode quick(String bench, String... options) {
        Path file = reports.resolve(bench + ".json");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                OneProcess.SHORT_LIVED,
                "-Dsluice.project=" + Places.project(),
                "-jar",
                Places.project().resolve("cli/target/sluice-cli.jar").toString(),
                "bench",
                bench,
                "--quick",
                "--json",
                file.toString()));
        command.addAll(List.of(options));
        try (OneProcess process = OneProcess.start("bench-" + bench, Places.project(), command)) {
            assertThat(process.awaitEnd(Site.LONG)).as("%s", process.output()).isZero();
        }
        JsonNode report = JSON.readTree(file);
        assertThat(report.path("bench").asString()).isEqualTo(bench);
        assertThat(report.path("bars").isEmpty()).isTrue();
        return report;
    }
}
