package dev.sluice.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import dev.sluice.client.transport.Content;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

class EventReaderTest {

    private static final String EVENTS =
            "data: 1\n\n:\n\ndata: {\"a\":\ndata: \"é\"}\n\ndata: \n\nevent: end\ndata: {\"success\": true}\n\n";

    private final EventReader reader = new EventReader(new HttpFailures("here"), 1_000);

    private List<String> read(String text, int chunk) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        List<String> results = new ArrayList<>();
        for (int from = 0; from < all.length; from += chunk) {
            reader.read(Arrays.copyOfRange(all, from, Math.min(all.length, from + chunk)))
                    .map(Content::text)
                    .doOnNext(results::add)
                    .blockLast();
        }
        return results;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void findsTheResultsHoweverTheyAreCut(int chunk) {
        assertThat(read(EVENTS, chunk)).containsExactly("1", "{\"a\":\n\"é\"}", "");
        assertThat(reader.end().block()).isNull();
    }

    @Test
    void aStreamWithoutItsEndBrokeOff() {
        read("data: 1\n\n", 100);
        assertThatThrownBy(() -> reader.end().block()).hasMessage("LOST: The stream broke off before its end.");
    }

    @Test
    void anErrorIsTheProblemInIt() {
        SluiceException failure = catchThrowableOfType(
                SluiceException.class,
                () -> read("event: error\ndata: {\"code\": \"OVERLOADED\", \"detail\": \"Read faster.\"}\n\n", 100));
        assertThat(failure.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(failure.detail()).isEqualTo("Read faster.");
    }

    @Test
    void whatCameBeforeAnErrorIsGivenFirst() {
        byte[] chunk =
                "data: 1\n\nevent: error\ndata: {\"code\": \"LOST\"}\n\ndata: 2\n\n".getBytes(StandardCharsets.UTF_8);
        StepVerifier.create(reader.read(chunk).map(Content::text))
                .expectNext("1")
                .verifyErrorMessage("LOST: The stream failed.");
    }

    @Test
    void anEventHasNoMoreBytesThanAResultMayHave() {
        assertThatThrownBy(() -> read("data: " + "x".repeat(2_000), 100)).hasMessageStartingWith("TOO_LARGE: ");
    }
}
