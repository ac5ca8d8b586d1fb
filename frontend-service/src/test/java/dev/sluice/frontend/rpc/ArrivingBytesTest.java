package dev.sluice.frontend.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Gateway;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivingBytesTest {

    private static final Failure LATE = new Failure(ErrorCode.INVALID_INPUT, "It stands still.");

    private final RetainedBytes retained = new RetainedBytes(1_000);
    private final List<Failure> ends = new ArrayList<>();
    private final List<ArrivingBytes> closed = new ArrayList<>();
    private final ArrivingBytes call = new ArrivingBytes(retained, closed::add);

    private void message(int number, int bytes) {
        call.inboundMessage(number);
        call.inboundWireSize(bytes);
        call.inboundMessageRead(number, bytes, bytes);
    }

    @Test
    void countsUntilAMessageIsTakenUp() {
        message(0, 100);
        message(1, 20);
        assertThat(retained.held()).isEqualTo(120);
        assertThat(call.handOver()).isEqualTo(100);
        assertThat(call.handOver()).isEqualTo(20);
        assertThat(call.handOver()).isZero();
        assertThat(retained.held()).as("now somebody else's").isEqualTo(120);
    }

    @Test
    void givesBackWhatNobodyTookUpWhenTheCallEnds() {
        message(0, 100);
        call.inboundMessage(1);
        call.inboundWireSize(30);
        assertThat(call.handOver()).isEqualTo(100);
        call.streamClosed(Status.CANCELLED);
        assertThat(retained.held()).isEqualTo(100);
        assertThat(closed).containsExactly(call);
    }

    @Test
    void handsNothingOverThatItGaveBack() {
        message(0, 100);
        call.streamClosed(Status.CANCELLED);
        assertThat(call.handOver()).isZero();
        assertThat(retained.held()).isZero();
    }

    @Test
    void endsTheCallOnceWhereThereIsNoRoom() {
        call.endBy(ends::add);
        call.inboundMessage(0);
        call.inboundWireSize(900);
        call.inboundWireSize(200);
        call.inboundWireSize(50);
        assertThat(ends).containsExactly(Gateway.FULL);
        assertThat(retained.held()).isEqualTo(900);
    }

    @Test
    void endsACallWhoseMessageStandsStill() {
        call.endBy(ends::add);
        call.inboundMessage(0);
        call.inboundWireSize(10);
        call.look(1, LATE);
        call.inboundWireSize(1);
        call.look(1, LATE);
        assertThat(ends).isEmpty();
        call.look(1, LATE);
        assertThat(ends).containsExactly(LATE);
    }

    @Test
    void endsACallWhoseMessageGoesOnByNextToNothing() {
        call.endBy(ends::add);
        call.inboundMessage(0);
        call.look(100, LATE);
        call.inboundWireSize(100);
        call.look(100, LATE);
        assertThat(ends).isEmpty();
        call.inboundWireSize(99);
        call.look(100, LATE);
        assertThat(ends).containsExactly(LATE);
    }

    @Test
    void eachMessageHasTimeOfItsOwn() {
        call.endBy(ends::add);
        for (int message = 0; message < 5; message++) {
            call.inboundMessage(message);
            call.inboundWireSize(5);
            call.look(100, LATE);
            call.inboundWireSize(5);
            call.inboundMessageRead(message, 10, 10);
        }
        assertThat(ends).isEmpty();
    }

    @Test
    void awaitsTheFirstMessageOfThoseThatHaveToSendOne() {
        call.endBy(ends::add);
        call.awaitEnd();
        call.look(1, LATE);
        call.look(1, LATE);
        assertThat(ends).containsExactly(LATE);
    }

    @Test
    void awaitsTheEndBehindTheMessageOfThoseThatHaveToSendOne() {
        call.endBy(ends::add);
        call.awaitEnd();
        message(0, 10);
        call.look(1, LATE);
        call.look(1, LATE);
        assertThat(ends).containsExactly(LATE);
        call.ended();
        call.look(1, LATE);
        call.look(1, LATE);
        call.look(1, LATE);
        assertThat(ends).hasSize(1);
    }

    @Test
    void countsWhatAMessageBecomesWhenItIsUnpacked() {
        message(0, 100);
        call.inboundUncompressedSize(100);
        assertThat(retained.held()).as("a plain one").isEqualTo(100);
        call.inboundMessage(1);
        call.inboundWireSize(10);
        call.inboundMessageRead(1, 10, -1);
        call.inboundUncompressedSize(300);
        call.inboundUncompressedSize(200);
        assertThat(retained.held()).isEqualTo(610);
        assertThatThrownBy(() -> call.inboundUncompressedSize(400)).isInstanceOf(StatusRuntimeException.class);
        assertThat(call.handOver() + call.handOver()).isEqualTo(610);
        call.streamClosed(Status.CANCELLED);
        assertThat(retained.held()).isEqualTo(610);
    }

    @Test
    void letsAStreamBeSilentBetweenItsMessages() {
        call.endBy(ends::add);
        for (int i = 0; i < 3; i++) {
            call.look(1, LATE);
        }
        message(0, 10);
        for (int i = 0; i < 3; i++) {
            call.look(1, LATE);
        }
        assertThat(ends).isEmpty();
    }
}
