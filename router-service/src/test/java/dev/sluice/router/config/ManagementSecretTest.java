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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

    /** Also of that which no key gives away by its name. */
    @Test
    void showsNoValueThatMayBeASecret() throws Exception {
        List<String> settings = List.of(
                "management.opentelemetry.tracing.export.otlp.headers.authorization=Basic planted-0",
                "management.otlp.metrics.export.headers.x-tenant=planted-1",
                "OTEL_EXPORTER_OTLP_HEADERS=x-tenant=planted-2",
                "eureka.client.service-url.defaultZone=http://eureka:planted-3@registry:8761/eureka",
                "app.registries=http://registry:8761/eureka,https://planted-4@registry:8762/eureka",
                "app.brokers[0]=amqp://user:pla/planted-5@broker",
                "sluice.actors.vadder.args.login=planted-6",
                "sluice.actors[v.adder].args[login]=planted-7",
                "SLUICE_ACTORS_VADDER_ARGS_LOGIN=planted-8",
                "sluice.host.sql.sources.shop.properties.sslcert=planted-9",
                "JAVA_TOOL_OPTIONS=-Dlogin=planted-10",
                "SLUICE_SERVICE_JAVA_OPTS=-Dlogin=planted-11",
                "sun.java.command=start --login=planted-12",
                "app.shop=jdbc:postgresql://db/shop?user=u&password=planted-13");
        Stream<String> others = Stream.of(
                "app.documentation=see me@example.org, or http://example.org/shown",
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.env.show-values=always",
                "management.endpoint.configprops.show-values=always");
        String[] all = Stream.concat(settings.stream(), others)
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
        try (RunningRouter router = new RunningRouter(all)) {
            JsonNode sources = JsonMapper.shared()
                    .readTree(get(router.uri("/actuator/env"), "").body())
                    .path("propertySources");
            JsonNode given = sources.valueStream()
                    .filter(source -> source.path("name").asString().equals("commandLineArgs"))
                    .findFirst()
                    .orElseThrow()
                    .path("properties");
            assertThat(given.path("app.documentation").path("value").asString()).endsWith("http://example.org/shown");
            for (String setting : settings) {
                String key = setting.substring(0, setting.indexOf('='));
                assertThat(given.path(key).path("value").asString()).as(key).isEqualTo("******");
            }
            for (String endpoint : List.of("env", "configprops")) {
                assertThat(get(router.uri("/actuator/" + endpoint), "").body())
                        .contains("sluice")
                        .doesNotContain("planted");
            }
        }
    }

    @Test
    void aSecretOfItsOwnIsEnoughToWantOne() throws Exception {
        try (RunningRouter router = new RunningRouter("--sluice.management.secret=s3cret")) {
            assertGuarded(router.uri("/actuator/"));
        }
        try (RunningRouter router =
                new RunningRouter("--sluice.management.secret=s3cret", "--management.server.port=0")) {
            int port = router.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class);
            assertGuarded(URI.create("http://127.0.0.1:" + port + "/actuator/"));
        }
    }

    @Test
    void aSecretOfItsOwnOpensNothingElse() throws Exception {
        try (RunningRouter router = new RunningRouter(SECRET, "--sluice.management.secret=for-scrapes")) {
            assertThat(get(router.uri("/actuator/info"), "for-scrapes").statusCode())
                    .isEqualTo(200);
            for (String path : List.of("actors", "hosts", "overview", "events", "openapi.json")) {
                URI control = router.uri("/control/v1/" + path);
                assertThat(get(control, "for-scrapes").statusCode()).as(path).isEqualTo(401);
            }
            assertThat(get(router.uri("/control/v1/actors"), "s3cret").statusCode())
                    .isEqualTo(200);
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
