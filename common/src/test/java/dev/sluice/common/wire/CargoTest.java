package dev.sluice.common.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
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
    void letsWhoCancelsOrWhoWritesSeeTheOther() throws InterruptedException {
        int laps = 2_000;
        int each = 64;
        ResultFrame[] cargos = new ResultFrame[laps * each];
        Arrays.setAll(cargos, i -> result(Unpooled.EMPTY_BUFFER));
        boolean[] sawWritten = new boolean[cargos.length];
        AtomicInteger there = new AtomicInteger();
        Thread canceller = new Thread(() -> {
            for (int i = 0; i < cargos.length; i++) {
                if (i % each == 0) {
                    meet(there, 2 * (i / each + 1));
                }
                cargos[i].cancel();
                sawWritten[i] = cargos[i].written();
            }
        });
        canceller.start();
        for (int i = 0; i < cargos.length; i++) {
            if (i % each == 0) {
                meet(there, 2 * (i / each + 1));
            }
            cargos[i].seal();
        }
        canceller.join();
        for (int i = 0; i < cargos.length; i++) {
            assertThat(sawWritten[i] || cargos[i].skipped()).as("cargo %s", i).isTrue();
        }
    }

    /** So that both run side by side, lap after lap. */
    private static void meet(AtomicInteger there, int both) {
        there.incrementAndGet();
        while (there.get() < both) {
            Thread.yield();
        }
    }

    private static ResultFrame result(ByteBuf body) {
        return new ResultFrame(1, ResultFrame.Kind.ONLY, "", body);
    }
}
