package dev.sluice.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;

class StreamWindowTest {

    private long requested;
    private final StreamWindow window = new StreamWindow(new Subscription() {
        @Override
        public void request(long n) {
            requested += n;
        }

        @Override
        public void cancel() {
            requested = -1;
        }
    });

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
        window.left();
        window.left();
        window.left();
        assertThat(requested).as("one is still on its way").isEqualTo(4);
        window.left();
        assertThat(requested).isEqualTo(5);
    }

    @Test
    void asksForOneMoreForEachThatLeft() {
        window.open();
        window.came(0);
        for (int i = 0; i < 100; i++) {
            window.left();
        }
        assertThat(requested).isEqualTo(StreamWindow.MOST_ITEMS + 100);
    }

    @Test
    void passesTheEndOn() {
        window.cancel();
        assertThat(requested).isEqualTo(-1);
    }
}
