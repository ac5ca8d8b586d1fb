package dev.sluice.common.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.Meta;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallPriorityTest {

    @Test
    void travelsInTheHeaders() {
        assertThat(CallPriority.headers(0)).isEmpty();
        assertThat(CallPriority.of(new Meta("", "", "", CallPriority.headers(7))))
                .isEqualTo(7);
        assertThat(CallPriority.of(new Meta("", "", ""))).isZero();
        assertThat(CallPriority.of(new Meta("", "", "", Map.of("sluice-priority", "much"))))
                .isZero();
    }
}
