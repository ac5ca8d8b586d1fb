package dev.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.tensor.DataType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The client brings its own names, so that it brings nothing else of the platform: here they are held to be the same. */
class CommonNamesTest {

    @Test
    void codesAreThoseOfThePlatform() {
        assertThat(Arrays.stream(ErrorCode.values()).map(code -> code + " " + code.retryable()))
                .containsExactlyElementsOf(Arrays.stream(dev.sluice.common.error.ErrorCode.values())
                        .map(code -> code + " " + code.retryable())
                        .toList());
    }

    @Test
    void datatypesAreThoseOfThePlatform() {
        assertThat(Arrays.stream(DataType.values()).map(type -> type + " " + type.size()))
                .containsExactlyElementsOf(Arrays.stream(dev.sluice.common.tensor.DataType.values())
                        .map(type -> type + " " + type.size())
                        .toList());
    }

    @Test
    void whatIsNotKnownIsNoCode() {
        assertThat(ErrorCode.of("QUOTA")).contains(ErrorCode.QUOTA);
        assertThat(ErrorCode.of("quota")).isEmpty();
        assertThat(ErrorCode.of("NEW")).isEmpty();
    }
}
