package dev.sluice.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LentBytesTest {

    @Test
    void takesNoMoreThanThereIsRoomFor() {
        LentBytes lent = new LentBytes(100);
        assertThat(lent.take(60)).isTrue();
        assertThat(lent.take(41)).isFalse();
        assertThat(lent.take(40)).isTrue();
        lent.give(60);
        assertThat(lent.take(61)).isFalse();
        assertThat(lent.take(60)).isTrue();
    }
}
