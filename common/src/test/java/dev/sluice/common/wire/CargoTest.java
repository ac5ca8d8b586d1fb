package dev.sluice.common.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CargoTest {

    @Test
    void weighsMoreThanItsBytes() {
        assertThat(result(Unpooled.EMPTY_BUFFER).weight()).isEqualTo(64);
        assertThat(result(Unpooled.buffer().writeZero(10)).weight()).isEqualTo(74);
    }

    @Test
    void givesItsCreditBackOnceWhenItIsReleased() {
        AtomicLong back = new AtomicLong();
        ResultFrame result = result(Unpooled.buffer().writeZero(10));
        result.creditReturn(back::addAndGet);
        result.release();
        assertThat(back).hasValue(74);
        assertThat(result.data().refCnt()).isZero();
    }

    @Test
    void passesBytesAndCreditOnToAnotherExchange() {
        AtomicLong back = new AtomicLong();
        ResultFrame result = result(Unpooled.buffer().writeZero(10));
        result.creditReturn(back::addAndGet);
        ResultFrame passed = result.under(99);
        assertThat(passed.exchange()).isEqualTo(99);
        assertThat(passed.data()).isSameAs(result.data());
        passed.release();
        assertThat(back).hasValue(74);
        assertThat(passed.data().refCnt()).isZero();
    }

    @Test
    void copiesSmallBytesOutOfTheBufferTheyCameIn() {
        ByteBuf receive = Unpooled.buffer(64 * 1024).writeZero(64 * 1024);
        receive.setByte(10, 7);
        ResultFrame result = result(receive.retainedSlice(10, 100));
        receive.release();
        result.unpin(UnpooledByteBufAllocator.DEFAULT);
        assertThat(receive.refCnt()).as("the receive buffer is free").isZero();
        assertThat(result.body().getByte(0)).isEqualTo((byte) 7);
        assertThat(result.size()).isEqualTo(100);
        result.release();
    }

    @Test
    void leavesLargeBytesWhereTheyAre() {
        ByteBuf receive = Unpooled.buffer(64 * 1024).writeZero(64 * 1024);
        ResultFrame result = result(receive.retainedSlice(0, 20 * 1024));
        result.unpin(UnpooledByteBufAllocator.DEFAULT);
        assertThat(receive.refCnt()).isEqualTo(2);
        result.release();
        receive.release();
    }

    @Test
    void isSkippedOnlyWhereItWasCancelledBeforeItWasSealed() {
        ResultFrame before = result(Unpooled.EMPTY_BUFFER);
        before.cancel();
        before.seal();
        assertThat(before.skipped()).isTrue();
        ResultFrame after = result(Unpooled.EMPTY_BUFFER);
        after.seal();
        after.cancel();
        assertThat(after.skipped()).isFalse();
        assertThat(after.written()).isTrue();
    }

    /** Else a query would run on a host though its caller had left, and nobody would have told the host. */
    @Test
    void letsWhoCancelsOrWhoWritesSeeTheOther() throws Exception {
        int rounds = 20_000;
        CyclicBarrier barrier = new CyclicBarrier(2);
        ResultFrame[] cargos = new ResultFrame[rounds];
        boolean[] sawWritten = new boolean[rounds];
        for (int i = 0; i < rounds; i++) {
            cargos[i] = result(Unpooled.EMPTY_BUFFER);
        }
        Thread canceller = new Thread(() -> {
            await(barrier);
            for (int i = 0; i < rounds; i++) {
                cargos[i].cancel();
                sawWritten[i] = cargos[i].written();
            }
        });
        canceller.start();
        await(barrier);
        for (int i = 0; i < rounds; i++) {
            cargos[i].seal();
        }
        canceller.join();
        for (int i = 0; i < rounds; i++) {
            assertThat(sawWritten[i] || cargos[i].skipped()).as("round %s", i).isTrue();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ResultFrame result(ByteBuf body) {
        return new ResultFrame(1, ResultFrame.Kind.ONLY, "", body);
    }
}
