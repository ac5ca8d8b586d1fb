package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SluicePropertiesTest {

    @Test
    void hasDefaultsForALaptop() {
        SluiceProperties properties = bind(Map.of());
        assertThat(properties.nodeId()).isNull();
        assertThat(properties.clusterSecret()).isEmpty();
        assertThat(properties.routers()).containsExactly(URI.create("http://127.0.0.1:7000"));
        assertThat(properties.eventLoops()).isZero();
        assertThat(properties.nodeIdOr(8080)).endsWith(":8080");
    }

    @Test
    void readsEveryKey() {
        SluiceProperties properties = bind(Map.of(
                "sluice.node-id", "frontend-a",
                "sluice.cluster-secret", "s3cret",
                "sluice.routers", "http://r1:7000,http://[::1]:7001/",
                "sluice.event-loops", "3"));
        assertThat(properties.nodeIdOr(8080)).isEqualTo("frontend-a");
        assertThat(properties.clusterSecret()).isEqualTo("s3cret");
        assertThat(properties.routers())
                .containsExactly(URI.create("http://r1:7000"), URI.create("http://[::1]:7001/"));
        assertThat(properties.eventLoops()).isEqualTo(3);
    }

    @Test
    void takesABlankNodeIdForNone() {
        assertThat(bind(Map.of("sluice.node-id", " ")).nodeIdOr(1)).endsWith(":1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "router:7000",
                "ftp://router:7000",
                "http://router",
                "http://:7000",
                "/link",
                "http://router:7000/prefix",
                "http://router:7000?a=b",
                "http://user@router:7000",
            })
    void saysHowToWriteARouter(String router) {
        assertRefused(Map.of("sluice.routers", router), "sluice.routers", "http://host:port");
    }

    @ParameterizedTest
    @CsvSource({"sluice.event-loops, -1, sluice.event-loops, number of threads"})
    void saysWhatIsWrong(String key, String value, String problem, String action) {
        assertRefused(Map.of(key, value), problem, action);
    }

    @Test
    void refusesANodeIdThatNoLinkCanCarry() {
        assertRefused(Map.of("sluice.node-id", "é".repeat(128)), "sluice.node-id", "255");
        assertThat(bind(Map.of("sluice.node-id", "x".repeat(255))).nodeIdOr(1)).hasSize(255);
    }

    private static void assertRefused(Map<String, String> values, String problem, String action) {
        assertThatThrownBy(() -> bind(values))
                .rootCause()
                .asInstanceOf(InstanceOfAssertFactories.type(SettingRefused.class))
                .satisfies(refused -> {
                    assertThat(refused).hasMessageContaining(problem).hasMessageEndingWith(".");
                    assertThat(refused.action()).contains(action).endsWith(".");
                });
    }

    private static SluiceProperties bind(Map<String, String> values) {
        return Bound.bind("sluice", SluiceProperties.class, values);
    }
}
