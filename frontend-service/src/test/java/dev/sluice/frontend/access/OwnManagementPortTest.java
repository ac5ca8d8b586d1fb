package dev.sluice.frontend.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.TestFrontend;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.Environment;

/** What opens Actuator, a port of its own or a secret of its own, opens nothing for callers. */
class OwnManagementPortTest {

    @Test
    void opensNothingOnTheCallersPort() {
        try (TestFrontend frontend = TestFrontend.start(
                "sluice.access.keys[0].name=acme",
                "sluice.access.keys[0].key=the-key-of-acme-0",
                "sluice.cluster-secret=the-secret-of-the-cluster",
                "management.server.port=0",
                "management.endpoints.web.base-path=/")) {
            HttpDoors http = new HttpDoors(frontend.port());
            for (String path : List.of(
                    "/", "/echo", "/health", "/openapi.json", "/ui/api/now", "/ui/api/queries", "/ui/api/queries/1")) {
                assertThat(HttpDoors.send(http.request(path).build()).statusCode())
                        .as(path)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void wantsASecretThere() {
        try (TestFrontend frontend =
                TestFrontend.start("sluice.management.secret=for-scrapes", "management.server.port=0")) {
            int port = frontend.bean(Environment.class).getRequiredProperty("local.management.port", Integer.class);
            HttpDoors http = new HttpDoors(port);
            assertThat(status(http, "/actuator/info", "")).isEqualTo(401);
            assertThat(status(http, "/actuator/info", "overheard")).isEqualTo(401);
            assertThat(status(http, "/actuator/info", "for-scrapes")).isEqualTo(200);
            assertThat(status(http, "/actuator/health", "")).isNotEqualTo(401);
        }
    }

    /** With a secret of the cluster beside it or without. */
    @ParameterizedTest
    @ValueSource(strings = {"", "the-secret-of-the-cluster"})
    void itsSecretMakesNobodyACaller(String clusterSecret) {
        try (TestFrontend frontend = TestFrontend.start(
                "sluice.access.keys[0].name=acme",
                "sluice.access.keys[0].key=the-key-of-acme-0",
                "sluice.cluster-secret=" + clusterSecret,
                "sluice.management.secret=for-scrapes")) {
            HttpDoors http = new HttpDoors(frontend.port());
            assertThat(status(http, "/actuator/info", "for-scrapes")).isEqualTo(200);
            assertThat(status(http, "/actuator/info", "the-key-of-acme-0")).isEqualTo(401);
            for (String path : List.of("/", "/openapi.json", "/v2/models", "/ui/api/now", "/ui/api/queries/1")) {
                assertThat(status(http, path, "for-scrapes")).as(path).isEqualTo(401);
            }
            for (Door door : http.all()) {
                assertThat(door.ask("for-scrapes", "echo")).as(door.name()).isEqualTo("UNAUTHENTICATED");
            }
        }
    }

    private static int status(HttpDoors http, String path, String secret) {
        return HttpDoors.send(http.request(path)
                        .header("Authorization", "Bearer " + secret)
                        .build())
                .statusCode();
    }
}
