package dev.sluice.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeadsTest {

    private static final HttpRequestText VALID =
            HttpRequestText.of("POST", "/vadder", "{\"input\": 10}", "Content-Type: application/json");

    @Test
    void theSameSeedMakesTheSameHeads() {
        Changes one = new Changes(7);
        Changes other = new Changes(7);
        for (int i = 0; i < 500; i++) {
            assertThat(Heads.changed(VALID, "h", one)).isEqualTo(Heads.changed(VALID, "h", other));
        }
    }

    @Test
    void changesMethodsVersionsNamesLengthsAndFraming() {
        Changes changes = new Changes(7);
        Set<String> methods = new HashSet<>();
        Set<String> versions = new HashSet<>();
        Set<String> names = new HashSet<>();
        Set<String> lengths = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String head = new String(Heads.changed(VALID, "h", changes), StandardCharsets.ISO_8859_1);
            String[] lines = head.split("\r?\n");
            methods.add(lines[0].split(" ", 2)[0]);
            versions.add(lines[0].substring(lines[0].lastIndexOf(' ') + 1));
            for (int at = 1; at < lines.length; at++) {
                names.add(lines[at].split(":", 2)[0]);
                lengths.add(lines[at].startsWith("Content-Length:") ? lines[at] : "");
            }
        }
        assertThat(methods).hasSizeGreaterThan(20).contains("POST", "TRACE");
        assertThat(versions).contains("HTTP/1.1", "HTTP/1.0", "HTTP/2.0");
        assertThat(names).hasSizeGreaterThan(50).contains("Transfer-Encoding", "Expect");
        assertThat(lengths).hasSizeGreaterThan(20).contains("Content-Length: -1");
    }
}
