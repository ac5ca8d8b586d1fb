package dev.sluice.router.fleet.api;

import static dev.sluice.router.fleet.api.ControlRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.control.FleetRig;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

class ProblemsTest {

    /** It is in the log. */
    @Test
    void tellsNobodyWhatNobodyExpected() {
        ControlRig rig = new ControlRig(new FleetRig("router-0", false), "", () -> {
            throw new IllegalStateException("planted");
        });
        EntityExchangeResult<byte[]> answer = rig.get("/overview")
                .expectStatus()
                .isEqualTo(500)
                .expectBody()
                .json(json("{'type': 'urn:sluice:problem:failed', 'detail': 'This router failed; its log says why.'}"))
                .returnResult();
        String body = new String(Objects.requireNonNull(answer.getResponseBody()), StandardCharsets.UTF_8);
        assertThat(body + answer.getResponseHeaders()).doesNotContain("planted", "Exception", "\tat ", "java.");
    }
}
