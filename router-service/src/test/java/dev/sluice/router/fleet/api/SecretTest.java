package dev.sluice.router.fleet.api;

import static dev.sluice.router.fleet.api.ControlRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.control.FleetRig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    private final ControlRig rig = new ControlRig(new FleetRig("router-0", true), "open sesame");

    private int status(String path, String authorization) {
        return rig.http
                .get()
                .uri(path)
                .header("Authorization", authorization)
                .exchange()
                .expectBody()
                .returnResult()
                .getStatus()
                .value();
    }

    @Test
    void letsInWhoKnowsIt() {
        for (String authorization : List.of("Bearer open sesame", "bearer open sesame")) {
            rig.http
                    .get()
                    .uri("/actors")
                    .header("Authorization", authorization)
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer open",
                "Bearer open sesame!",
                "Bearer OPEN SESAME",
                "Basic open sesame",
                "open sesame"
            })
    void letsNobodyElseIn(String authorization) {
        rig.http
                .get()
                .uri("/actors")
                .header("Authorization", authorization)
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer realm=\"sluice\"")
                .expectBody()
                .json(json("{'type': 'urn:sluice:problem:unauthorized', 'status': 401}"));
    }

    @Test
    void guardsEveryPathAndTellsNotWhatThereIs() {
        for (String path : List.of("/actors", "/actors/x", "/openapi.json", "/nothing", "/events", "/hosts")) {
            rig.get(path).expectStatus().isUnauthorized();
            rig.delete(path).expectStatus().isUnauthorized();
        }
        rig.put("/actors/model", "{}").expectStatus().isUnauthorized();
        assertThat(status("/nothing", "Bearer open sesame")).isEqualTo(404);
    }

    @Test
    void lastsUnderWhateverNameTheRouterIsReached() {
        rig.http
                .get()
                .uri("/actors")
                .header("Authorization", "Bearer open sesame")
                .header("Host", "router.example:7000")
                .exchange()
                .expectStatus()
                .isOk();
    }
}
