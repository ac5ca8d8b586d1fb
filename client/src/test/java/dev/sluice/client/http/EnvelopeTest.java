package dev.sluice.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.client.transport.Content;
import dev.sluice.client.transport.Reading;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

    private static Content result(String answer) {
        return Reading.of(Envelope::result).apply(answer.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-12345678901234567890.10e5",
                "\"é\\n\\\"}\"",
                "\"\"",
                "null",
                "true",
                "[]",
                "{\"result\": [1, {\"media_type\": \"x\"}]}"
            })
    void theResultIsPassedOnAsItIs(String json) {
        assertThat(result("{\"success\": true, \"actor\": \"é\", \"result\": " + json + "}")
                        .text())
                .isEqualTo(json);
        assertThat(result("{\"result\":" + json + ",\"later\":[\"more\"]}").text())
                .isEqualTo(json);
        assertThat(result("{\"result\":" + json + "}").isJson()).isTrue();
    }

    @Test
    void whatIsNotJsonIsTextOrBase64() {
        Content text = result("{\"result\": \"a\\nb\", \"media_type\": \"text/csv\"}");
        assertThat(text.text()).isEqualTo("a\nb");
        assertThat(text.mediaType()).isEqualTo("text/csv");
        assertThat(result("{\"result\": \"AP8=\", \"media_type\": \"image/png\"}")
                        .bytes())
                .containsExactly(0, -1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "<html>",
                "{}",
                "{\"result\": ",
                "{\"result\": 1, \"media_type\": \"image/png\"}",
                "{\"result\": \"no base64\", \"media_type\": \"image/png\"}"
            })
    void whatIsNoEnvelopeIsNoFrontends(String answer) {
        assertThatThrownBy(() -> result(answer))
                .hasMessageStartingWith("FAILED: The answer is not that of a frontend of Sluice");
    }
}
