package dev.sluice.frontend.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretHashTest {

    /** As {@code printf %s abc | sha256sum} prints it, the example of FIPS 180-2. */
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void isWhatSha256sumPrints() {
        assertThat(SecretHash.of(new Secret("abc")))
                .isEqualTo(SecretHash.parse(OF_ABC))
                .isEqualTo(SecretHash.parse(OF_ABC.toUpperCase(java.util.Locale.ROOT)))
                .hasSameHashCodeAs(SecretHash.parse(OF_ABC))
                .isNotEqualTo(SecretHash.of(new Secret("abd")));
        assertThat(SecretHash.of(new Secret("abc")).toString()).doesNotContain("ba7816");
    }

    @Test
    void isOf64Digits() {
        assertThatThrownBy(() -> SecretHash.parse("ba78")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SecretHash.parse("x".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }
}
