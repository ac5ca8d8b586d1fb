package dev.sluice.benchmarks.protocols.noop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InferBytesTest {

    /** id 3 "7", raw output 6 with a string of four bytes. */
    private static final byte[] RESPONSE = bytes("\032\0017\062\010\004\000\000\000null");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void writesAQueryOfOneJsonNull() {
        assertThat(InferBytes.request("q"))
                .isEqualTo(bytes("\012\004noop\032\001q\052\021\012\005input\022\005BYTES\032\001\001"
                        + "\072\010\004\000\000\000null"));
    }

    @Test
    void findsTheIdOfAnAnswer() throws IOException {
        assertThat(InferBytes.id(RESPONSE)).isEqualTo("7");
        assertThat(InferBytes.streamedId(bytes("\022\015" + new String(RESPONSE, StandardCharsets.ISO_8859_1))))
                .isEqualTo("7");
    }

    @Test
    void takesNothingElseForAnAnswer() {
        assertThatThrownBy(() -> InferBytes.id(bytes("\032\0017"))).hasMessageContaining("no null");
        assertThatThrownBy(() -> InferBytes.streamedId(bytes("\012\004full")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("full");
        assertThatThrownBy(() -> InferBytes.streamedId(bytes(""))).hasMessageContaining("says nothing");
    }
}
