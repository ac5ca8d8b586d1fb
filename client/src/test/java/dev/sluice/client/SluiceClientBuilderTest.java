package dev.sluice.client;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.client.transport.Content;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be meant is said before anything is sent. */
class SluiceClientBuilderTest {

    private static void refused(ThrowingCallable call, String sentence) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1:8080|is no URI; write for instance http://127.0.0.1:8080",
                "localhost:8080|is no address of a frontend",
                "tcp://localhost:5555|begins with none of http://, https://, grpc:// and grpcs://",
                "http://localhost:8080/vadder|is no address of a frontend",
                "http://me:secret@localhost|is no address of a frontend",
                "http://|is no URI",
                "''|is no address of a frontend"
            })
    void anAddressIsASchemeAHostAndAPort(String uri, String sentence) {
        refused(() -> SluiceClient.builder(uri), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://localhost/", "grpc://localhost", "grpcs://[::1]:9"})
    void nothingIsConnectedBeforeTheFirstCall(String uri) {
        SluiceClient.connect(uri).close();
    }

    @Test
    void settingsHaveBounds() {
        SluiceClientBuilder builder = SluiceClient.builder("http://localhost:1");
        refused(() -> builder.slo(Duration.ZERO), "The SLO must be longer than nothing");
        refused(() -> builder.connectTimeout(Duration.ofSeconds(-1)), "connectTimeout must be longer than nothing");
        refused(() -> builder.maxWait(Duration.ZERO), "maxWait must be longer than nothing");
        refused(() -> builder.maxConnections(0), "maxConnections must be at least 1; it is 0");
        refused(() -> builder.maxResultBytes(-1), "maxResultBytes must be at least 1");
        refused(() -> builder.tenant("a b"), "The tenant must be 1 to 128 printable ASCII characters");
        refused(() -> RetryPolicy.attempts(0), "maxAttempts counts the first one");
        refused(
                () -> new RetryPolicy(2, Duration.ofSeconds(2), Duration.ofSeconds(1)),
                "go from firstBackoff up to maxBackoff");
    }

    @Test
    void optionsOfCallsHaveBounds() {
        try (SluiceClient client = SluiceClient.connect("http://localhost:1")) {
            ActorClient actor = client.actor("vadder");
            refused(() -> client.actor(" "), "The actor has no name");
            refused(() -> actor.method(""), "The method has no name");
            refused(() -> actor.version(""), "The version has no name");
            refused(() -> actor.slo(Duration.ofMillis(-3)), "leave it out to get the actor's own. It is PT-0.003S");
            refused(() -> actor.priority(256), "between 0 (unset) and 255; 1 is the highest. It is 256");
            refused(() -> actor.id("é"), "The id must be 1 to 128 printable ASCII characters");
            refused(() -> actor.id(""), "The id must be");
        }
    }

    @Test
    void inputsThatCannotBeSentAreRefused() {
        try (SluiceClient client = SluiceClient.connect("http://localhost:1")) {
            ActorClient actor = client.actor("vadder");
            Object selfish = new Object() {
                @SuppressWarnings("unused") // Jackson reads it
                public Object getSelf() {
                    throw new IllegalStateException("planted");
                }
            };
            refused(() -> actor.call(selfish, Long.class), "cannot be written as JSON");
            refused(() -> actor.call(Content.text("x"), Long.class), "hand it to send()");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Content.of(new byte[0], "png"))
                    .withMessageContaining("\"png\" is no media type; it is written like image/png");
        }
    }
}
