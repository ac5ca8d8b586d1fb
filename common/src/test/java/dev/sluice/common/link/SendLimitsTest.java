package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Frame;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendLimitsTest {

    private final SendLimits limits = new SendLimits(1000, 2500);
    private final TestFrames frames = new TestFrames(new UnpooledByteBufAllocator(false, true));

    @Test
    void takesTheLargestPayloadAndNotOneByteMore() {
        assertThat(limits.fits(frames.query(1, 1000))).isTrue();
        assertThat(limits.fits(frames.query(1, 1001))).isFalse();
        assertThat(limits.fits(frames.result(1, 1000))).isTrue();
        assertThat(limits.fits(frames.result(1, 1001))).isFalse();
        assertThat(limits.fits(frames.batch(1, 10, 1000))).isTrue();
        assertThat(limits.fits(frames.batch(1, 10, 1001))).isFalse();
        assertThat(limits.fits(frames.batch(1, 1000, 1000, 1000))).isFalse();
        assertThat(limits.fits(new Frame.Cancel(1))).isTrue();
    }

    @Test
    void failsOfABatchOnlyWhatIsTooLargeAndLetsTheRestComeAgain() {
        BatchFrame batch = frames.batch(5, 10, 1001, 20);
        assertThat(limits.refusal(batch))
                .containsExactly(
                        new Frame.Failed(
                                6,
                                ErrorCode.TOO_LARGE.number(),
                                0,
                                "The input has 1001 bytes and may have 1000 (sluice.link.max-payload)."),
                        new Frame.Busy(5));
    }

    @Test
    void failsOfABatchWhatGoesBeyondAllCredit() {
        BatchFrame batch = frames.batch(5, 1000, 1000, 1000);
        List<Frame> refusal = limits.refusal(batch);
        assertThat(refusal).hasSize(2).last().isEqualTo(new Frame.Busy(5));
        Frame.Failed failed = (Frame.Failed) refusal.get(0);
        assertThat(failed.exchange()).isEqualTo(7);
        assertThat(ErrorCode.of(failed.code())).isEqualTo(ErrorCode.OVERLOADED);
    }
}
