package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.ResultFrame.Kind;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real connections. */
class LinkTest {

    private final TestFrames frames = new TestFrames(PooledByteBufAllocator.DEFAULT);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 8 * 1024, 8 * 1024 + 1, 64 * 1024, 1024 * 1024 + 3, 64 * 1024 * 1024})
    void carriesPayloadsOfAnySizeBothWays(int size) throws Exception {
        try (LinkPair pair = LinkPair.open()) {
            pair.frontend.link().send(frames.query(1, size));
            QueryFrame query = (QueryFrame) pair.router().frame();
            assertThat(query.meta().id()).isEqualTo("id-1");
            assertThat(TestFrames.bytes(query.body())).isEqualTo(TestFrames.payload(1, size));

            pair.router()
                    .link()
                    .send(new ResultFrame(1, Kind.ONLY, "", query.body().retain()));
            query.release();
            ResultFrame result = (ResultFrame) pair.frontend.frame();
            assertThat(TestFrames.bytes(result.body())).isEqualTo(TestFrames.payload(1, size));
            result.release();
        }
    }

    @Test
    void tellsBothSidesWhenTheLinkEndsAndOpensAnother() throws Exception {
        try (LinkPair pair = LinkPair.open()) {
            pair.frontend.link().close("enough");
            assertThat(Recorder.await(pair.frontend.closed)).isEqualTo("enough");
            assertThat(Recorder.await(pair.router().closed)).isNotEmpty();
            assertThat(pair.frontend.next().isOpen()).isTrue();
            assertThat(pair.router().next().isOpen()).isTrue();
        }
    }

    @Test
    void knowsWhereThePeerIs() throws Exception {
        try (LinkPair pair = LinkPair.open()) {
            assertThat(pair.frontend.link().peerAddress().getPort()).isEqualTo(pair.port());
            assertThat(pair.frontend.link().peerAddress().getAddress().isLoopbackAddress())
                    .isTrue();
            assertThat(pair.router().link().peerAddress().getAddress().isLoopbackAddress())
                    .isTrue();
        }
    }

    @Test
    void keepsTheOrderOfOneQuerysResultsWhenSomeAreLarge() throws Exception {
        try (LinkPair pair = LinkPair.open()) {
            int[] sizes = {10, 300_000, 20, 0};
            for (int size : sizes) {
                pair.router().link().send(frames.result(7, Kind.ITEM, size));
            }
            pair.router().link().send(new Frame.Failed(7, 12, 0, "end"));
            for (int size : sizes) {
                ResultFrame item = (ResultFrame) pair.frontend.frame();
                assertThat(item.size()).isEqualTo(size);
                item.release();
            }
            assertThat(pair.frontend.frame()).isInstanceOf(Frame.Failed.class);
        }
    }
}
