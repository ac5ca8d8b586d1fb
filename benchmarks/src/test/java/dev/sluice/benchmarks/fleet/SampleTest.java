package dev.sluice.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SampleTest {

    private static final String ACTOR = """
            {"name": "rolled", "controller": "router-1", "goal": {"version": "a"}, "status": {"wanted": 2}%s}""";

    private static final String REPLICA = """
            {"actor": "%s", "version": "%s", "host": "%s", "state": "%s"}""";

    @Test
    void countsTheActorsReadyReplicasByHost() {
        Sample sample = sample(
                "",
                replica("rolled", "a", "host-0", "ready"),
                replica("rolled", "a", "host-1", "ready"),
                replica("rolled", "a", "host-1", "ready"),
                replica("rolled", "a", "host-1", "starting"),
                replica("other", "a", "host-1", "ready"));

        assertThat(sample.ready()).isEqualTo(Map.of("host-0", 1, "host-1", 2));
        assertThat(sample.readyInAll()).isEqualTo(3);
        assertThat(sample.readyOn("host-2")).isZero();
        assertThat(sample.controller()).isEqualTo("router-1");
    }

    @Test
    void isAtRestWhereOneVersionHasAllItsReplicas() {
        String one = replica("rolled", "a", "host-0", "ready");
        String failed = replica("rolled", "b", "host-0", "failed");
        String leaving = replica("rolled", "b", "host-0", "stopping");
        String rollout = ", \"rollout\": {\"version\": \"b\", \"weight\": 5}";

        assertThat(sample("", one, one).isAtRest()).isTrue();
        assertThat(sample("", one, one, failed).isAtRest()).isTrue();
        assertThat(sample("", one).isAtRest()).isFalse();
        assertThat(sample("", one, one, leaving).isAtRest()).isFalse();
        assertThat(sample(rollout, one, one).isAtRest()).isFalse();
        assertThat(sample(rollout, one, one).weight()).isEqualTo(5);
    }

    private static String replica(String actor, String version, String host, String state) {
        return REPLICA.formatted(actor, version, host, state);
    }

    private static Sample sample(String more, String... replicas) {
        JsonMapper mapper = JsonMapper.shared();
        return Sample.of(
                1,
                mapper.readTree(ACTOR.formatted(more)),
                mapper.readTree("{\"replicas\": [" + String.join(",", replicas) + "]}"));
    }
}
