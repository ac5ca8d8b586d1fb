package dev.sluice.system.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.site.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docker-compose.yml says, as far as no container is needed to see it; of Grafana, whose image is not to be had everywhere, that is all. */
class ComposeFileTest {

    private static final String PROVISIONING = "deploy/grafana/provisioning";

    private final Map<String, Map<String, Object>> services = services();

    @SuppressWarnings("unchecked") // YAML whose shape Compose holds
    private static Map<String, Map<String, Object>> services() {
        return (Map<String, Map<String, Object>>) yaml("docker-compose.yml").getOrDefault("services", Map.of());
    }

    private static Map<String, Object> yaml(String file) {
        try {
            return new Yaml().load(Files.readString(Places.project().resolve(file)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> list(Object yaml) {
        return ((List<?>) yaml).stream().map(String::valueOf).toList();
    }

    @Test
    void publishesTheFrontendGrafanaAndPrometheusOnLoopbackUnlessToldOtherwise() {
        Map<String, List<String>> published = new LinkedHashMap<>();
        services.forEach((name, service) -> {
            if (service.containsKey("ports")) {
                published.put(name, list(service.get("ports")));
            }
        });
        assertThat(published).containsOnlyKeys("frontend", "prometheus", "grafana");
        assertThat(published.values())
                .allSatisfy(ports -> assertThat(ports)
                        .isNotEmpty()
                        .extracting(String::valueOf)
                        .allMatch(port -> port.matches("\\$\\{SLUICE_(OBSERVE_)?BIND:-127\\.0\\.0\\.1}:.*")));
        assertThat(published.entrySet())
                .extracting(entry -> entry.getKey() + " " + entry.getValue().size())
                .containsExactlyInAnyOrder("frontend 4", "prometheus 1", "grafana 1");
        assertThat(services.values()).noneMatch(service -> service.containsKey("network_mode"));
    }

    @Test
    void limitsTheMemoryAndTheRightsOfEveryService() {
        assertThat(services).allSatisfy((name, service) -> {
            assertThat(service).as(name).containsKey("mem_limit");
            assertThat(String.valueOf(service.get("cap_drop"))).as(name).isEqualTo("[ALL]");
        });
    }

    @Test
    void mountsWhatIsThereIntoGrafanaAndPrometheus() {
        for (String name : List.of("grafana", "prometheus")) {
            assertThat(list(services.get(name).get("volumes")).stream().filter(mount -> mount.startsWith("./")))
                    .as(name)
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(mount -> assertThat(Places.project().resolve(mount.substring(0, mount.indexOf(':'))))
                            .exists());
        }
    }

    @Test
    void letsGrafanaFindTheDashboardsWhereTheyAreMounted() {
        Map<?, ?> provider = first(yaml(PROVISIONING + "/dashboards/sluice.yml").get("providers"));
        String path = String.valueOf(((Map<?, ?>) provider.get("options")).get("path"));
        assertThat(list(services.get("grafana").get("volumes")))
                .contains("./deploy/grafana/dashboards:" + path + ":ro");
    }

    @Test
    void givesGrafanaTheDataSourceThatTheDashboardsName() throws IOException {
        Map<?, ?> source =
                first(yaml(PROVISIONING + "/datasources/prometheus.yml").get("datasources"));
        assertThat(source.get("url")).isEqualTo("http://prometheus:9090");
        try (Stream<Path> dashboards = Files.list(Places.project().resolve("deploy/grafana/dashboards"))) {
            assertThat(dashboards.toList()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(file -> {
                JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(file));
                assertThat(dashboard.findValues("datasource").stream()
                                .map(named -> named.path("uid").asString(""))
                                .filter(uid -> !uid.startsWith("-") && !uid.isEmpty()))
                        .as(file.toString())
                        .isNotEmpty()
                        .containsOnly(String.valueOf(source.get("uid")));
            });
        }
    }

    private static Map<?, ?> first(Object yaml) {
        return (Map<?, ?>) ((List<?>) yaml).get(0);
    }
}
