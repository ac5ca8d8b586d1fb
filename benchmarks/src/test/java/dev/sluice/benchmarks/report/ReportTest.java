package dev.sluice.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

    private static final Machine MACHINE = new Machine(2, "17.0.15", "Linux", "a processor");
    private static final Bar HOLDS = Bar.atLeast("ratio at 256 connections", 0.71, 0.6);
    private static final Bar FAILS = Bar.atMost("p50 ratio at 1 connection", 5, 4);

    @Test
    void writesWhatProgramsRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("hops.json");
        report(HOLDS).writeTo(file);

        JsonNode json = JsonMapper.shared().readTree(file.toFile());
        assertThat(json.at("/bench").asString()).isEqualTo("hops");
        assertThat(json.at("/machine/cores").asInt()).isEqualTo(2);
        assertThat(json.at("/machine/jdk").asString()).isEqualTo("17.0.15");
        assertThat(json.at("/rows/0/connections").asInt()).isEqualTo(256);
        JsonNode bar = json.at("/bars/0");
        assertThat(bar.at("/name").asString()).isEqualTo("ratio at 256 connections");
        assertThat(bar.at("/value").asDouble()).isEqualTo(0.71);
        assertThat(bar.at("/bar").asString()).isEqualTo(">= 0.6");
        assertThat(bar.at("/holds").asBoolean()).isTrue();
        assertThat(json.has("holds"))
                .as("the whole report has no verdict of its own")
                .isFalse();
    }

    @Test
    void holdsOnlyWhereEveryBarDoes() {
        assertThat(report(HOLDS).holds()).isTrue();
        assertThat(report(HOLDS, FAILS).holds()).isFalse();
        assertThat(report().holds()).as("a quick run looks at no bar").isTrue();
    }

    private static Report report(Bar... bars) {
        return new Report("hops", MACHINE, List.of(Map.of("connections", 256)), List.of(bars), List.of());
    }
}
