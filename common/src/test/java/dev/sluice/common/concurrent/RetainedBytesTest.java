package dev.sluice.common.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetainedBytesTest {

    private final RetainedBytes retained = new RetainedBytes(100);

    @Test
    void takesUpToTheMost() {
        assertThat(retained.take(60)).isTrue();
        assertThat(retained.take(41)).isFalse();
        assertThat(retained.take(40)).isTrue();
        assertThat(retained.held()).isEqualTo(100);
    }

    @Test
    void hasRoomAgainForWhatWasGivenBack() {
        retained.take(100);
        retained.give(30);
        assertThat(retained.take(30)).isTrue();
        assertThat(retained.held()).isEqualTo(100);
    }

    @Test
    void keepsAPlaceThatChangesItsSize() {
        retained.take(60);
        assertThat(retained.take(40)).isTrue();
        assertThat(retained.change(40, 30)).isTrue();
        assertThat(retained.held()).isEqualTo(90);
        assertThat(retained.change(30, 40)).isTrue();
        assertThat(retained.change(40, 41)).isFalse();
        assertThat(retained.held()).isEqualTo(100);
    }

    @Test
    void holdsNothingOfWhatItRefused() {
        assertThat(retained.take(101)).isFalse();
        assertThat(retained.held()).isZero();
    }
}
