package dev.sluice.sdk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON; charset=utf-8",
                "text/json",
                "application/problem+json",
                "application/vnd.x+json;v=2"
            })
    void knowsJson(String mediaType) {
        assertThat(MediaTypes.isJson(mediaType)).isTrue();
        assertThat(MediaTypes.isText(mediaType)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "TEXT/csv;header=present", " text/html "})
    void knowsText(String mediaType) {
        assertThat(MediaTypes.isText(mediaType)).isTrue();
        assertThat(MediaTypes.isJson(mediaType)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text", "application/octet-stream", "application/json5", "x;application/json", "image/png"})
    void takesNothingElseForEither(String mediaType) {
        assertThat(MediaTypes.isText(mediaType)).isFalse();
        assertThat(MediaTypes.isJson(mediaType)).isFalse();
    }

    @Test
    void findsTheCharacterSet() {
        assertThat(MediaTypes.charset("text/plain")).contains(StandardCharsets.UTF_8);
        assertThat(MediaTypes.charset("text/plain; a=b ; Charset = utf-8")).contains(StandardCharsets.UTF_8);
        assertThat(MediaTypes.charset("text/plain;charset=\"ISO-8859-1\"")).contains(StandardCharsets.ISO_8859_1);
        assertThat(MediaTypes.charset("text/plain;charset=")).isEmpty();
        assertThat(MediaTypes.charset("text/plain;charset=not a name")).isEmpty();
    }
}
