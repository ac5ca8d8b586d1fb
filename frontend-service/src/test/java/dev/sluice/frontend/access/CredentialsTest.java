package dev.sluice.frontend.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

    @ParameterizedTest
    @CsvSource({
        "Bearer one, , one",
        "bearer one, , one",
        "'Bearer   one ', , one",
        ", two, two",
        "Bearer one, two, two",
        "Bearer one, ' two ', two",
        "Bearer one, '', one",
        "Bearer one, ' ', one",
        "'Bearer ', two, two",
        "'Bearer ', , ",
        "'Bearer   ', ' ', ",
        "Basic b25lOnR3bw==, two, two",
        "Basic b25lOnR3bw==, , ",
        ", , ",
        "one, , ",
    })
    void areAKeyOrElseABearersToken(String authorization, String apiKey, String text) {
        Secret secret = Credentials.of(authorization, apiKey, "").secret();
        assertThat(secret == null ? null : secret.text()).isEqualTo(text);
    }

    @Test
    void areNeverShown() {
        Credentials shown = Credentials.of("Bearer hush-hush", null, "acme");
        assertThat(shown.toString()).doesNotContain("hush").contains("acme");
        assertThat(String.valueOf(shown.secret())).doesNotContain("hush");
    }
}
