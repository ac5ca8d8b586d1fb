package dev.sluice.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;

class StreamWindowTest {

    private long requested;
    private final Subscription stream = new Subscription() {
        @Override
        public void request(long n) {
            requested += n;
        }

        @Override
        public void cancel() {
            requested = -1;
        }
    };
    private final StreamWindow window = new StreamWindow(stream, false);

    @Test
    void beginsWithFewItemsUntilTheirSizeIsKnown() {
        window.open();
        assertThat(requested).isEqualTo(StreamWindow.FIRST_ITEMS);
    }

    @Test
    void letsManySmallItemsBeOnTheirWay() {
        window.open();
        window.came(10);
        assertThat(requested).isEqualTo(StreamWindow.MOST_ITEMS);
    }

    @Test
    void letsFewLargeItemsBeOnTheirWayAndAtLeastOne() {
        window.open();
        window.came(StreamWindow.BYTES / 4);
        assertThat(requested).isEqualTo(4);
        window.came(10 * StreamWindow.BYTES);
        window.written();
        window.written();
        window.written();
        assertThat(requested).as("one is still on its way").isEqualTo(4);
        window.written();
        assertThat(requested).isEqualTo(5);
    }

    @Test
    void asksForOneMoreForEachThatLeft() {
        window.open();
        window.came(0);
        for (int i = 0; i < 100; i++) {
            window.written();
        }
        assertThat(requested).isEqualTo(StreamWindow.MOST_ITEMS + 100);
    }

    @Test
    void asksForNoMoreThanTheCallerTakesWhereItSaysSo() {
        StreamWindow told = new StreamWindow(stream, true);
        told.open();
        for (int i = 0; i < StreamWindow.FIRST_ITEMS; i++) {
            told.came(StreamWindow.BYTES / 8);
            told.written();
        }
        assertThat(requested).as("that they were written is nothing").isEqualTo(8);
        told.taken(3);
        assertThat(requested).isEqualTo(11);
        told.taken(1_000_000);
        assertThat(requested).as("no more are on their way at a time").isEqualTo(19);
        window.taken(5);
        window.open();
        assertThat(requested).as("who says nothing of it is not asked").isEqualTo(19 + StreamWindow.FIRST_ITEMS);
    }

    @Test
    void passesTheEndOn() {
        window.cancel();
        assertThat(requested).isEqualTo(-1);
    }
}
