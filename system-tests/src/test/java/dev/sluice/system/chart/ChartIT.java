package dev.sluice.system.chart;

import static dev.sluice.system.chart.Manifests.TIERS;
import static dev.sluice.system.chart.Manifests.component;
import static dev.sluice.system.chart.Manifests.ports;
import static dev.sluice.system.chart.Manifests.strings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.site.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Of each rendering of {@code .ci/chart}, what no schema of Kubernetes knows: how its parts go together. */
@EnabledIfEnvironmentVariable(named = ChartIT.FOLDER, matches = ".+")
@ParameterizedClass
@MethodSource("renderings")
class ChartIT {

    static final String FOLDER = "SLUICE_CHART";

    private final Manifests chart;

    ChartIT(Manifests chart) {
        this.chart = chart;
    }

    static Stream<Manifests> renderings() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getenv(FOLDER)))) {
            List<Path> rendered = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(rendered).hasSizeGreaterThanOrEqualTo(4);
            return rendered.stream().map(Manifests::read);
        }
    }

    @Test
    void looksAtEachContainerBeforeAndWhileItServes() {
        assertThat(chart.workloads()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(workload -> {
            JsonNode container = workload.at("/spec/template/spec/containers/0");
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                assertThat(container.path(probe).isObject()).as(probe).isTrue();
            }
        });
        for (String tier : TIERS) {
            JsonNode container = chart.container(tier);
            assertThat(container.at("/startupProbe/httpGet/path").asString()).isEqualTo("/actuator/health/liveness");
            assertThat(container.at("/livenessProbe/httpGet/path").asString()).isEqualTo("/actuator/health/liveness");
            assertThat(container.at("/readinessProbe/httpGet/path").asString()).isEqualTo("/actuator/health/readiness");
            assertThat(container.at("/readinessProbe/httpGet/port").asString()).isEqualTo("management");
        }
    }

    @Test
    void givesNoPodMoreRightsThanItNeeds() {
        boolean asks = !chart.of("Role").toList().isEmpty();
        List<JsonNode> pods =
                new ArrayList<>(chart.of("Pod").map(pod -> pod.path("spec")).toList());
        chart.workloads().forEach(workload -> pods.add(workload.at("/spec/template/spec")));
        assertThat(pods).allSatisfy(pod -> {
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/seccompProfile/type").asString())
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.at("/enableServiceLinks").asBoolean(true)).isFalse();
            JsonNode container = pod.at("/containers/0");
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(strings(container.at("/securityContext/capabilities/drop")))
                    .containsExactly("ALL");
            assertThat(container.at("/resources/limits/memory").isString()).isTrue();
            assertThat(container.at("/resources/requests/cpu").isString()).isTrue();
            assertThat(container.path("image").asString()).matches(".+:[^:/]+").doesNotEndWith(":latest");
            String account = pod.path("serviceAccountName").asString("");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                    .as("a token in a pod of %s", account)
                    .isEqualTo(asks && account.matches(".*-(frontend|host)"));
        });
    }

    /** What DiscoveryInKubernetesIT sees asked, and no more. */
    @Test
    void asksTheClusterOnlyWhereItIsToldTo() {
        boolean told = chart.name().equals("kubernetes-discovery");
        assertThat(chart.of("Role").toList()).hasSize(told ? 1 : 0).allSatisfy(role -> {
            assertThat(role.path("rules").size()).isEqualTo(1);
            assertThat(strings(role.at("/rules/0/resources")))
                    .containsExactlyInAnyOrder("services", "endpoints", "pods");
            assertThat(strings(role.at("/rules/0/verbs"))).containsExactlyInAnyOrder("get", "list", "watch");
        });
        assertThat(chart.all())
                .extracting(manifest -> manifest.path("kind").asString())
                .doesNotContain("ClusterRole", "ClusterRoleBinding");
    }

    @Test
    void mountsWhatThereIs() {
        assertThat(chart.workloads()).allSatisfy(workload -> {
            List<String> volumes = new ArrayList<>();
            workload.at("/spec/template/spec/volumes")
                    .forEach(volume -> volumes.add(volume.path("name").asString()));
            workload.at("/spec/volumeClaimTemplates")
                    .forEach(claim -> volumes.add(claim.at("/metadata/name").asString()));
            List<String> mounts = workload.at("/spec/template/spec/containers/0/volumeMounts")
                    .valueStream()
                    .map(mount -> mount.path("name").asString())
                    .toList();
            assertThat(volumes).containsExactlyInAnyOrderElementsOf(mounts);
            List<String> configMaps = chart.of("ConfigMap")
                    .map(map -> map.at("/metadata/name").asString())
                    .toList();
            workload.at("/spec/template/spec/volumes").forEach(volume -> {
                if (volume.has("configMap")) {
                    assertThat(configMaps).contains(volume.at("/configMap/name").asString());
                }
            });
        });
    }

    @Test
    void leadsServicesToPorts() {
        assertThat(chart.of("Service").toList()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(service -> {
            List<JsonNode> behind = chart.selected(service.at("/spec/selector"));
            assertThat(behind).hasSize(1);
            for (JsonNode port : service.at("/spec/ports")) {
                assertThat(ports(behind.get(0)))
                        .contains(
                                port.path("targetPort").asString(),
                                port.path("port").asString());
                assertThat(port.path("targetPort").asString()).isNotEqualTo("management");
            }
        });
        JsonNode routers = chart.of("Service")
                .filter(service -> component(service.at("/spec/selector")).equals("router"))
                .findFirst()
                .orElseThrow();
        assertThat(routers.at("/spec/clusterIP").asString()).isEqualTo("None");
        assertThat(routers.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();
    }

    @Test
    void letsDrainsOfMachinesTakeFewPodsOfEachTier() {
        List<String> held = new ArrayList<>();
        assertThat(chart.of("PodDisruptionBudget").toList()).allSatisfy(budget -> {
            JsonNode labels = budget.at("/spec/selector/matchLabels");
            assertThat(chart.selected(labels)).hasSize(1);
            held.add(component(labels));
        });
        assertThat(held).containsExactlyInAnyOrderElementsOf(TIERS);
    }

    /** Who knows it is one of the platform. */
    @Test
    void givesTheClusterSecretToTheTiersAlone() {
        String secret = null;
        for (String tier : TIERS) {
            JsonNode pod = chart.workload(tier).at("/spec/template/spec");
            JsonNode volume = pod.path("volumes")
                    .valueStream()
                    .filter(each -> each.path("name").asString().equals("cluster-secret"))
                    .findFirst()
                    .orElseThrow();
            secret = volume.at("/secret/secretName").asString();
            JsonNode scraped = pod.at("/containers/0/env")
                    .valueStream()
                    .filter(each -> each.path("name").asString().equals("SLUICE_MANAGEMENT_SECRET"))
                    .findFirst()
                    .orElseThrow();
            assertThat(scraped.at("/valueFrom/secretKeyRef/name").asString()).isNotEqualTo(secret);
        }
        Pattern named = Pattern.compile(
                "\"(secretName|secretRef|secretKeyRef|credentials)\":(\\{\"name\":)?\"" + secret + "\"");
        assertThat(chart.all())
                .filteredOn(manifest -> named.matcher(manifest.toString()).find())
                .extracting(manifest -> component(manifest.at("/metadata/labels")))
                .containsExactlyInAnyOrderElementsOf(TIERS);
    }

    @Test
    void collectsFiguresWithASecretThatThereIs() {
        chart.of("PodMonitor").forEach(monitor -> {
            JsonNode credentials = monitor.at("/spec/podMetricsEndpoints/0/authorization/credentials");
            assertThat(chart.of("Secret")
                            .filter(secret -> secret.at("/metadata/name").equals(credentials.path("name")))
                            .findFirst()
                            .orElseThrow()
                            .at("/data")
                            .has(credentials.path("key").asString()))
                    .isTrue();
        });
        assertThat(chart.of("PodMonitor").count())
                .isEqualTo(List.of("everything", "own-models").contains(chart.name()) ? 1 : 0);
    }

    @Test
    void leavesTheNumberOfPodsToAnAutoscalerWhereThereIsOne() {
        assertThat(chart.of("HorizontalPodAutoscaler")
                        .map(autoscaler ->
                                autoscaler.at("/spec/scaleTargetRef/name").asString()))
                .hasSize(chart.name().equals("everything") ? 2 : 0);
        for (JsonNode autoscaler : chart.of("HorizontalPodAutoscaler").toList()) {
            JsonNode target = chart.of(
                            autoscaler.at("/spec/scaleTargetRef/kind").asString())
                    .filter(workload ->
                            workload.at("/metadata/name").equals(autoscaler.at("/spec/scaleTargetRef/name")))
                    .findFirst()
                    .orElseThrow();
            assertThat(target.at("/spec").has("replicas")).isFalse();
            JsonNode metric = autoscaler.at("/spec/metrics/0/external/metric/name");
            if (metric.isString()) {
                assertThat(Manifests.text(Places.project().resolve("docs/operations.md")))
                        .contains("| `" + metric.asString() + "` | router: `actor` |");
            }
        }
    }

    @Test
    void opensOnlyPortsThatThereAre() {
        for (JsonNode policy : chart.of("NetworkPolicy").toList()) {
            assertThat(strings(policy.at("/spec/policyTypes"))).containsExactly("Ingress", "Egress");
            List<JsonNode> pods = chart.selected(policy.at("/spec/podSelector/matchLabels"));
            assertThat(pods).hasSize(1);
            for (JsonNode rule : policy.at("/spec/ingress")) {
                assertThat(ports(pods.get(0))).containsAll(portsOf(rule));
            }
            for (JsonNode rule : policy.at("/spec/egress")) {
                for (JsonNode peer : rule.path("to")) {
                    if (peer.has("podSelector") && !peer.has("namespaceSelector")) {
                        List<JsonNode> peers = chart.selected(peer.at("/podSelector/matchLabels"));
                        assertThat(peers).hasSize(1);
                        assertThat(ports(peers.get(0))).containsAll(portsOf(rule));
                    }
                }
            }
        }
    }

    @Test
    void letsOnlyThoseInWhoBelongThere() {
        if (chart.name().equals("minimal")) {
            assertThat(chart.of("NetworkPolicy").toList()).isEmpty();
            return;
        }
        assertThat(callers("router", "link")).contains("frontend", "host").isSubsetOf("frontend", "host", "");
        assertThat(chart.policy("host").orElseThrow().at("/spec/ingress"))
                .allSatisfy(rule -> assertThat(portsOf(rule)).containsExactly("management"));
        for (String tier : TIERS) {
            assertThat(callers(tier, "management")).as(tier).containsExactly("");
        }
        if (chart.policy("store").isPresent()) {
            assertThat(callers("store", "redis")).containsExactly("router");
            assertThat(chart.policy("store").orElseThrow().at("/spec").has("egress"))
                    .isFalse();
        }
    }

    /** Components that may connect to the port; "" is somebody of another namespace. */
    private List<String> callers(String component, String port) {
        List<String> callers = new ArrayList<>();
        for (JsonNode rule : chart.policy(component).orElseThrow().at("/spec/ingress")) {
            if (portsOf(rule).contains(port)) {
                assertThat(rule.path("from").size()).as(component + " " + port).isPositive();
                rule.path("from").forEach(peer -> callers.add(component(peer.at("/podSelector/matchLabels"))));
            }
        }
        return callers;
    }

    private static List<String> portsOf(JsonNode rule) {
        return rule.path("ports")
                .valueStream()
                .map(port -> port.path("port").asString())
                .toList();
    }
}
