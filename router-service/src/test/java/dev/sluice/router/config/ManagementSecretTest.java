package dev.sluice.router.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.testing.RunningRouter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Actuator of a platform with a secret, wherever it is served. */
class ManagementSecretTest {

    private static final String SECRET = "--sluice.cluster-secret=s3cret";

    @Test
    void wantsItAtTheServicesPort() throws Exception {
        try (RunningRouter router = new RunningRouter(SECRET)) {
            assertGuarded(router.uri("/actuator/"));
        }
    }

    @Test
    void wantsItAtAPortOfItsOwn() throws Exception {
        try (RunningRouter router = new RunningRouter(SECRET, "--management.server.port=0")) {
            int port = router.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class);
            assertGuarded(URI.create("http://127.0.0.1:" + port + "/actuator/"));
        }
    }

    @Test
    void wantsItWhereverActuatorIs() throws Exception {
        try (RunningRouter router = new RunningRouter(
                SECRET,
                "--management.server.port=0",
                "--management.server.base-path=/inner",
                "--management.endpoints.web.base-path=/",
                "--sluice.management.open=prometheus")) {
            int port = router.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class);
            URI base = URI.create("http://127.0.0.1:" + port + "/inner/");
            assertGuarded(base);
            assertThat(get(base.resolve("prometheus"), "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void wantsNothingWhereThereIsNone() throws Exception {
        try (RunningRouter router = new RunningRouter()) {
            assertThat(get(router.uri("/actuator/info"), "").statusCode()).isEqualTo(200);
        }
    }

    /** Who may scrape does not learn what opens the platform, not even where Actuator shows values. */
    @Test
    void showsNoSecretToWhoHasALesserOne() throws Exception {
        try (RunningRouter router = new RunningRouter(
                SECRET,
                "--sluice.management.secret=for-scrapes",
                "--spring.data.redis.password=redis-word",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.env.show-values=always",
                "--management.endpoint.configprops.show-values=always")) {
            for (String endpoint : List.of("env", "configprops")) {
                HttpResponse<String> shown = get(router.uri("/actuator/" + endpoint), "for-scrapes");
                assertThat(shown.statusCode()).isEqualTo(200);
                assertThat(shown.body()).contains("sluice").doesNotContain("s3cret", "redis-word", "for-scrapes");
            }
        }
    }

    private static void assertGuarded(URI actuator) throws Exception {
        assertThat(get(actuator.resolve("health/liveness"), "").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = get(actuator.resolve("info"), "");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("sluice.cluster-secret");
        assertThat(get(actuator.resolve("info"), "overheard").statusCode()).isEqualTo(401);
        assertThat(get(actuator.resolve("info"), "s3cret").statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> get(URI uri, String secret) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + secret)
                .timeout(Duration.ofMinutes(1))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
