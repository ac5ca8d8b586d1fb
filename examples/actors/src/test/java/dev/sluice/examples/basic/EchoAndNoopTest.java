package dev.sluice.examples.basic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sdk.Content;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.NullNode;

class EchoAndNoopTest {

    @Test
    void echoAnswersTheBytesAndTheirMediaType() {
        Content body = new Content(new byte[] {0, -1, 7}, "application/x-anything");

        assertThat(new Echo().call(body)).isEqualTo(body);
    }

    @Test
    void noopAnswersNothingToEachOfABatch() {
        assertThat(new Noop().call(Collections.nCopies(256, NullNode.getInstance())))
                .hasSize(256)
                .containsOnlyNulls();
    }
}
