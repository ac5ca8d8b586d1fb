package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;

class DiscoveryDefaultsTest {

    private static final String[] REGISTRIES = {
        "eureka.instance.", "spring.cloud.zookeeper.discovery.", "spring.cloud.consul.discovery."
    };

    private final Map<String, Object> settings =
            new HashMap<>(Map.of("sluice.node-id", "router-0", "server.port", "7000"));
    private final StandardEnvironment environment = new StandardEnvironment();
    private final SpringApplication application = new SpringApplication();

    DiscoveryDefaultsTest() {
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
    }

    private @Nullable String setting(String key) {
        new DiscoveryDefaults().postProcessEnvironment(environment, application);
        return environment.getProperty(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eureka.instance.metadata-map.",
                "spring.cloud.zookeeper.discovery.metadata.",
                "spring.cloud.consul.discovery.metadata.",
            })
    void registersNodeIdAndPortInEachRegistry(String metadata) {
        assertThat(setting(metadata + "sluice-node-id")).isEqualTo("router-0");
        assertThat(setting(metadata + "sluice-link-port")).isEqualTo("7000");
    }

    @Test
    void registersTheAddressWhereTheServiceListens() {
        settings.put("server.address", "127.0.0.1");
        assertThat(setting("eureka.instance.ip-address")).isEqualTo("127.0.0.1");
        assertThat(setting("spring.cloud.zookeeper.discovery.instance-ip-address"))
                .isEqualTo("127.0.0.1");
        assertThat(setting("spring.cloud.consul.discovery.ip-address")).isEqualTo("127.0.0.1");
        for (String registry : REGISTRIES) {
            assertThat(setting(registry + "prefer-ip-address")).isEqualTo("true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.0.0.0", "::"})
    void leavesTheChoiceOfAnAddressToSpringCloudWhereItListensOnAll(String address) {
        if (!address.isEmpty()) {
            settings.put("server.address", address);
        }
        assertThat(setting("eureka.instance.ip-address")).isNull();
        assertThat(setting("spring.cloud.consul.discovery.ip-address")).isNull();
    }

    @Test
    void yieldsToWhatIsSet() {
        settings.put("server.address", "127.0.0.1");
        settings.put("eureka.instance.ip-address", "10.0.0.1");
        settings.put("eureka.client.registry-fetch-interval-seconds", "30");
        assertThat(setting("eureka.instance.ip-address")).isEqualTo("10.0.0.1");
        assertThat(setting("eureka.client.registry-fetch-interval-seconds")).isEqualTo("30");
    }

    @Test
    void asksOftenAndLeavesOutWhatASluiceProcessHasNoUseFor() {
        assertThat(setting("eureka.client.registry-fetch-interval-seconds")).isEqualTo("2");
        assertThat(setting("spring.cloud.kubernetes.discovery.include-not-ready-addresses"))
                .isEqualTo("true");
        assertThat(setting("spring.cloud.loadbalancer.enabled")).isEqualTo("false");
        assertThat(setting("spring.cloud.consul.discovery.catalog-services-watch.enabled"))
                .isEqualTo("false");
        assertThat(setting("logging.level.org.apache.zookeeper")).isEqualTo("error");
    }

    @Test
    void tellsRoutersOnTheSamePortApartInConsul() {
        settings.put("spring.application.name", "sluice-router");
        settings.put("sluice.node-id", "machine:7000");
        assertThat(setting("spring.cloud.consul.discovery.instance-id")).isEqualTo("sluice-router-machine-7000");
    }

    @Test
    void addsNothingWithoutSpringCloud() {
        application.setResourceLoader(new DefaultResourceLoader(new FilteredClassLoader("org.springframework.cloud")));
        int before = environment.getPropertySources().size();
        assertThat(setting("eureka.instance.prefer-ip-address")).isNull();
        assertThat(environment.getPropertySources()).hasSize(before);
    }
}
