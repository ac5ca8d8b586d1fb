package dev.sluice.frontend.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

class DiscoveredDecoderTest {

    private static final Jwt DECODED = Jwt.withTokenValue("token")
            .header("alg", "ES256")
            .claim("sub", "one")
            .build();

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger asked = new AtomicInteger();
    private boolean away;

    private final DiscoveredDecoder decoder = new DiscoveredDecoder(this::discovered, clock::get);

    private JwtDecoder discovered() {
        asked.incrementAndGet();
        if (away) {
            throw new IllegalStateException("silent");
        }
        return token -> DECODED;
    }

    @Test
    void asksOnce() {
        assertThat(decoder.decode("token")).isSameAs(DECODED);
        assertThat(decoder.decode("token")).isSameAs(DECODED);
        assertThat(asked).hasValue(1);
    }

    /** Else a thousand that wait would wait for it a thousand times, one after the other. */
    @Test
    void asksOneThatDoesNotAnswerNotAnewForEachThatWaits() {
        away = true;
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> decoder.decode("token"))
                    .isInstanceOf(JwtException.class)
                    .hasRootCauseMessage("silent");
        }
        assertThat(asked).hasValue(1);

        clock.addAndGet(DiscoveredDecoder.FAILURE_REMEMBERED_NANOS);
        away = false;
        assertThat(decoder.decode("token")).isSameAs(DECODED);
        assertThat(asked).hasValue(2);
    }
}
