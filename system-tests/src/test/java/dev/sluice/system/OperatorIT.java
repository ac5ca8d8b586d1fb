package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller;
import dev.sluice.system.call.MetricsPage;
import dev.sluice.system.call.Reply;
import dev.sluice.system.site.On;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What each service tells those who operate it. */
@ExtendWith(Sites.class)
class OperatorIT {

    /** Those under which a program of another licence may bring a library with it. */
    private static final Set<String> LICENCES = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-2.0",
            "Mozilla Public License version 2.0");

    @Test
    void hasTheMetersThatDashboardsAreMadeOf(@On(Shape.STEADY) Site site) {
        for (int i = 0; i < 3; i++) {
            site.caller(0).call("vadder", "1");
        }

        // A process may count a query only after its caller has the answer, and looks at itself from time to time.
        await().atMost(Site.LONG).untilAsserted(() -> hasThemAll(site));
    }

    private static void hasThemAll(Site site) {
        MetricsPage frontend = MetricsPage.of(site.frontend(0).url());
        MetricsPage router = MetricsPage.of(site.router(0).url());
        MetricsPage host = MetricsPage.of(site.host(0).url());
        String vadder = "actor=\"vadder\"";
        assertThat(frontend.sum("sluice_queries_total", vadder, "outcome=\"answered\""))
                .isGreaterThanOrEqualTo(3);
        assertThat(frontend.sum("sluice_query_duration_seconds_count", vadder)).isGreaterThanOrEqualTo(3);
        assertThat(frontend.has("sluice_query_duration_seconds_bucket")).isTrue();
        assertThat(frontend.sum("sluice_queries_within_slo_total", vadder)).isGreaterThanOrEqualTo(3);
        for (MetricsPage page : List.of(frontend, router, host)) {
            assertThat(page.has("sluice_link_inflight")).isTrue();
            assertThat(page.sum("sluice_loop_delay_seconds_count")).isPositive();
            assertThat(page.has("netty_eventexecutor_tasks_pending")).isTrue();
            assertThat(page.sum("netty_allocator_memory_used", "memory_type=\"direct\""))
                    .isPositive();
            assertThat(page.sum("sluice_memory_direct_max_bytes")).isPositive();
        }
        assertThat(router.sum("sluice_queries_total", vadder, "outcome=\"answered\""))
                .isGreaterThanOrEqualTo(3);
        assertThat(router.sum("sluice_queue_wait_seconds_count", vadder)).isGreaterThanOrEqualTo(3);
        assertThat(router.sum("sluice_batch_size_sum", vadder)).isGreaterThanOrEqualTo(3);
        assertThat(router.has("sluice_batch_duration_seconds_bucket")).isTrue();
        assertThat(router.has("sluice_batch_predicted_error_bucket")).isTrue();
        assertThat(router.has("sluice_queue_size")).isTrue();
        assertThat(router.sum("sluice_replicas", vadder, "state=\"ready\"")).isEqualTo(2);
        assertThat(host.sum("sluice_replicas", "state=\"ready\"")).isPositive();
    }

    @Test
    void tellsHealthAndBuildOfEachService(@On(Shape.STEADY) Site site) {
        for (Tier tier : Tier.values()) {
            for (ServiceProcess process : site.all(tier)) {
                Caller actuator = new Caller(process.url());
                for (String path : List.of("health", "health/liveness", "health/readiness")) {
                    Reply health = actuator.get("/actuator/" + path);
                    assertThat(health.json().path("status").asString())
                            .as("%s of %s", path, process.name())
                            .isEqualTo("UP");
                }
                JsonNode info = actuator.get("/actuator/info").json();
                assertThat(info.path("build").path("version").asString(""))
                        .as("version of %s", process.name())
                        .isNotEmpty();
                assertThat(info.path("git").path("commit").path("id").asString(""))
                        .as("commit of %s", process.name())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void tellsOfEachServiceWhatIsInItAndUnderWhichLicences(@On(Shape.STEADY) Site site) {
        for (Tier tier : Tier.values()) {
            ServiceProcess process = site.all(tier).get(0);
            JsonNode sbom =
                    new Caller(process.url()).get("/actuator/sbom/application").json();
            assertThat(sbom.path("bomFormat").asString("")).isEqualTo("CycloneDX");
            assertThat(sbom.path("metadata").path("component").path("name").asString(""))
                    .isEqualTo(tier == Tier.HOST ? "sluice-replica-service" : "sluice-" + tier.word() + "-service");
            assertThat(sbom.path("components")).hasSizeGreaterThan(50).allSatisfy(component -> {
                List<String> names = licences(component);
                assertThat(names)
                        .as("licences of %s", component.path("purl"))
                        .isNotEmpty()
                        .anyMatch(LICENCES::contains);
            });
        }
    }

    /** Where a library has several, its users may choose. */
    private static List<String> licences(JsonNode component) {
        List<String> names = new ArrayList<>();
        for (JsonNode each : component.path("licenses")) {
            names.add(each.path("license")
                    .path("id")
                    .asString(each.path("license")
                            .path("name")
                            .asString(each.path("expression").asString(""))));
        }
        return names;
    }

    @Test
    void listsTheActorsAndDescribesEach(@On(Shape.STEADY) Site site) {
        assertThat(site.caller(0).get("/").body()).contains("\"vadder\"", "\"once\"", "\"streams\"");
        assertThat(site.caller(0).get("/vadder").body()).contains("\"call\"");
        assertThat(site.caller(0).get("/swagger-ui").status()).isIn(200, 302, 303, 307);
    }
}
