package dev.sluice.frontend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.concurrent.RetainedBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Operators;

class BodyReceiverTest {

    private static final long MOST = 100_000;

    private final RetainedBytes retained = new RetainedBytes(MOST);
    private final List<ByteBuf> parts = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private ReceivedBody received;
    private final BodyReceiver receiver =
            new BodyReceiver(ByteBufAllocator.DEFAULT, MOST, retained, new BodyReceiver.Sink() {
                @Override
                public void bodyReceived(ReceivedBody body) {
                    received = body;
                }

                @Override
                public void bodyTooLarge() {
                    ends.add("too large");
                }

                @Override
                public void noRoomForBody() {
                    ends.add("no room");
                }

                @Override
                public void bodyFailed(Throwable cause) {
                    ends.add("failed");
                }
            });

    @AfterEach
    void nothingIsHeld() {
        assertThat(retained.held()).isZero();
        assertThat(parts).allMatch(part -> part.refCnt() == 0, "released");
    }

    private void comes(int bytes) {
        ByteBuf part = ByteBufAllocator.DEFAULT.buffer(Math.max(1, bytes)).writeZero(bytes);
        parts.add(part);
        receiver.onNext(part);
        part.release(); // as the connection does
    }

    private void begin() {
        receiver.onSubscribe(Operators.emptySubscription());
    }

    @Test
    void staysCountedUntilItIsReleased() {
        begin();
        comes(1_000);
        comes(2_000);
        comes(3_000);
        receiver.onComplete();
        assertThat(received.bytes().readableBytes()).isEqualTo(6_000);
        assertThat(received.charge()).isEqualTo(retained.held()).isGreaterThan(6_000);
        received.release();
    }

    @Test
    void countsWhatItsPartsHoldAndNotOnlyTheirBytes() {
        begin();
        for (int i = 0; i < 1_000 && ends.isEmpty(); i++) {
            comes(1);
        }
        assertThat(ends).containsExactly("no room");
    }

    @Test
    void givesBackWhatItCountedHoweverItEnds() {
        begin();
        comes(1_000);
        comes(0);
        comes((int) MOST);
        assertThat(ends).containsExactly("too large");
    }

    @Test
    void givesBackWhatItCountedWhenTheCallerLeaves() {
        begin();
        comes(1_000);
        comes(1_000);
        receiver.cancel();
        receiver.onComplete();
        assertThat(received).isNull();
    }

    @Test
    void givesBackWhatItCountedWhenTheConnectionFails() {
        begin();
        comes(1_000);
        receiver.onError(new IllegalStateException("planted"));
        assertThat(ends).containsExactly("failed");
    }
}
