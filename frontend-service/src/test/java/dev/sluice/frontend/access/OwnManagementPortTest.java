package dev.sluice.frontend.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.TestFrontend;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where Actuator has a port of its own, what it opens there is not opened on the callers' port. */
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
}
