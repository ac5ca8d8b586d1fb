package dev.sluice.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class HappenedTest {

    private static final Timebase TIME = new Timebase(7, Instant.parse("2030-01-01T00:00:00Z"));

    @Test
    void countsFromTheStartOfTheLoad() {
        Happened event = event("rollback", "2 of 3 queries failed");

        assertThat(event.at()).isEqualTo(1.25);
        assertThat(event.version()).isEqualTo("b");
        assertThat(TIME.at(7 + 1_500_000_000L)).isEqualTo(1.5);
    }

    @Test
    void tellsADecisionForMoreFromOneForFewer() {
        assertThat(event("scale", "250 queries/s need 3.8 replicas at 70 % utilisation: up from 1 to 4.")
                        .isUp())
                .isTrue();
        assertThat(event("scale", "6 sufficed for 1m: down from 18 to 6.").isUp())
                .isFalse();
        assertThat(event("start", "There are to be more: up from 1 to 2.").isUp())
                .isFalse();
    }

    private static Happened event(String kind, String reason) {
        return Happened.of(TIME, JsonMapper.shared().readTree("""
                        {"at": "2030-01-01T00:00:01.250Z", "kind": "%s", "version": "b", "reason": "%s"}""".formatted(kind, reason)));
    }
}
