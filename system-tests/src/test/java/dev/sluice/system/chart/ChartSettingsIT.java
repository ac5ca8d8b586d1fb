package dev.sluice.system.chart;

import static dev.sluice.system.chart.Manifests.TIERS;
import static dev.sluice.system.chart.Manifests.strings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.site.Places;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Of each rendering of {@code .ci/chart}, that it tells services and images what they understand. */
@EnabledIfEnvironmentVariable(named = ChartIT.FOLDER, matches = ".+")
@ParameterizedClass
@MethodSource("renderings")
class ChartSettingsIT {

    /** Of a client that is only in images which were built for it; DiscoveryInKubernetesIT sets it. */
    private static final String OF_THE_CLIENT = "spring.cloud.kubernetes.discovery.primary-port-name";

    private static final Set<String> KNOWN = known();
    private static final Pattern EXPOSED =
            Pattern.compile("FROM base AS (frontend|router|host)\\n(?:(?!FROM ).*\\n)*?EXPOSE (.+)");

    private final Manifests chart;

    ChartSettingsIT(Manifests chart) {
        this.chart = chart;
    }

    static Stream<Manifests> renderings() throws IOException {
        return ChartIT.renderings();
    }

    /** All that the services' and Spring Boot's own metadata name. */
    private static Set<String> known() {
        Set<String> names = new TreeSet<>();
        try {
            ClassLoader loader = ChartSettingsIT.class.getClassLoader();
            for (URL url : Collections.list(loader.getResources("META-INF/spring-configuration-metadata.json"))) {
                try (InputStream in = url.openStream()) {
                    JsonMapper.shared()
                            .readTree(in)
                            .path("properties")
                            .forEach(property -> names.add(property.path("name").asString()));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return names;
    }

    @Test
    void setsWhatThereIsToSet() {
        assertThat(KNOWN).contains("sluice.node-id", "sluice.host.slots", "spring.data.redis.host");
        for (String tier : TIERS) {
            assertThat(arguments(tier)).isNotEmpty().allSatisfy((key, value) -> {
                assertThat(value).as(key).isNotEmpty().doesNotContain("e+");
                if (!key.equals(OF_THE_CLIENT)) {
                    assertThat(KNOWN).contains(key);
                }
            });
        }
    }

    @Test
    void setsNoVariableThatNobodyReads() {
        String start = Manifests.text(Places.project().resolve("deploy/image/start"));
        Set<String> variables = KNOWN.stream()
                .map(name -> name.replaceAll("[-.]", "_").toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        for (String tier : TIERS) {
            assertThat(chart.container(tier).path("env"))
                    .extracting(variable -> variable.path("name").asString())
                    .filteredOn(name -> name.startsWith("SLUICE_") || name.startsWith("SPRING_"))
                    .contains("SLUICE_NODE_ID")
                    .allMatch(name -> variables.contains(name) || start.contains(name));
        }
    }

    /** In each stop the inner time is over first: what is drained, then what Spring gives a phase, then the pod. */
    @Test
    void givesPodsLongerThanTheirDrain() {
        Map<String, List<String>> drains = Map.of(
                "frontend", List.of("sluice.drain.grace", "sluice.drain.stream-limit"),
                "router", List.of("sluice.router.drain-timeout"),
                "host", List.of("sluice.host.drain-timeout"));
        for (String tier : TIERS) {
            Map<String, String> arguments = arguments(tier);
            Duration drain = drains.get(tier).stream()
                    .map(key -> DurationStyle.detectAndParse(arguments.get(key)))
                    .reduce(Duration.ZERO, Duration::plus);
            Duration phase = DurationStyle.detectAndParse(arguments.get("spring.lifecycle.timeout-per-shutdown-phase"));
            Duration pod = Duration.ofSeconds(chart.workload(tier)
                    .at("/spec/template/spec/terminationGracePeriodSeconds")
                    .asLong());
            assertThat(drain).as(tier).isLessThan(phase);
            assertThat(phase).as(tier).isLessThan(pod);
        }
    }

    @Test
    void namesThePortsThatTheImagesServe() {
        String dockerfile = Manifests.text(Places.project().resolve("Dockerfile"));
        Map<String, List<String>> exposed = new HashMap<>();
        for (MatchResult of : EXPOSED.matcher(dockerfile).results().toList()) {
            exposed.put(of.group(1), List.of(of.group(2).split(" ")));
        }
        assertThat(exposed).containsOnlyKeys("frontend", "router");
        assertThat(dockerfile).contains("MANAGEMENT_SERVER_PORT=9100");
        for (String tier : TIERS) {
            List<String> allowed = new ArrayList<>(exposed.getOrDefault(tier, List.of()));
            allowed.add("9100");
            assertThat(chart.container(tier).path("ports"))
                    .extracting(port -> port.path("containerPort").asString())
                    .isNotEmpty()
                    .isSubsetOf(allowed)
                    .contains("9100");
        }
    }

    /** The chart's are links to these files. */
    @Test
    void hasTheRulesAndDashboardsOfThePlatform() {
        if (!chart.name().equals("everything")) {
            return;
        }
        for (String file : List.of("alerts", "recording")) {
            JsonNode rule = chart.of("PrometheusRule")
                    .filter(each -> each.at("/metadata/name").asString().endsWith("-" + file))
                    .findFirst()
                    .orElseThrow();
            assertThat(rule.path("spec")).isEqualTo(Manifests.yaml("deploy/prometheus/rules/" + file + ".yml"));
        }
        assertThat(chart.of("ConfigMap")
                        .flatMap(map -> map.path("data").propertyStream())
                        .filter(file -> file.getKey().endsWith(".json"))
                        .toList())
                .hasSize(3)
                .allSatisfy(file -> assertThat(
                                JsonMapper.shared().readTree(file.getValue().asString()))
                        .isEqualTo(JsonMapper.shared()
                                .readTree(Manifests.text(
                                        Places.project().resolve("deploy/grafana/dashboards/" + file.getKey())))));
    }

    private Map<String, String> arguments(String tier) {
        Map<String, String> arguments = new HashMap<>();
        for (String argument : strings(chart.container(tier).path("args"))) {
            assertThat(argument).matches("--[^=]+=.*");
            int equals = argument.indexOf('=');
            assertThat(arguments.put(argument.substring(2, equals), argument.substring(equals + 1)))
                    .as("set twice: " + argument)
                    .isNull();
        }
        return arguments;
    }
}
