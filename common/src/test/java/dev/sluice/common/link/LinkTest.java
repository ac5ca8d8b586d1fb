package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 8 * 1024, 8 * 1024 + 1, 64 * 1024, 1024 * 1024 + 3, 64 * 1024 * 1024})
    void carriesPayloadsOfAnySizeBothWays(int size) throws Exception {
        try (LinkPair pair = LinkPair.open()) {
            byte[] body = new byte[size];
            new Random(size).nextBytes(body);
            pair.frontend.link().send(query(1, body));
            QueryFrame query = (QueryFrame) pair.router.frame();
            assertThat(query.actor()).isEqualTo("echo");
            assertThat(query.meta()).isEqualTo(new Meta("application/json", "id-1", ""));
            assertThat(bytes(query.body())).isEqualTo(body);

            pair.router
                    .link()
                    .send(new ResultFrame(
                            1,
                            ResultFrame.Kind.ONLY,
                            "application/json",
                            query.body().retain()));
            query.release();
            ResultFrame result = (ResultFrame) pair.frontend.frame();
            assertThat(bytes(result.body())).isEqualTo(body);
            result.release();
        }
    }

    @Test
    void tellsBothSidesWhenTheLinkEnds() throws Exception {
        try (LinkPair pair = LinkPair.open()) {
            pair.frontend.link().close("enough");
            assertThat(LinkPair.await(pair.frontend.closed)).isEqualTo("enough");
            assertThat(LinkPair.await(pair.router.closed)).isNotEmpty();
            assertThat(LinkPair.await(pair.frontend.opened).isOpen()).isTrue();
        }
    }

    @Test
    void keepsTheOrderOfOneQuerysResultsWhenSomeAreLarge() throws Exception {
        try (LinkPair pair = LinkPair.open()) {
            for (int size : new int[] {10, 300_000, 20, 0}) {
                pair.router
                        .link()
                        .send(new ResultFrame(
                                7,
                                ResultFrame.Kind.ITEM,
                                "",
                                PooledByteBufAllocator.DEFAULT.buffer().writeZero(size)));
            }
            pair.router.link().send(new Frame.Failed(7, 12, 0, "end"));
            for (int size : new int[] {10, 300_000, 20, 0}) {
                ResultFrame item = (ResultFrame) pair.frontend.frame();
                assertThat(item.size()).isEqualTo(size);
                item.release();
            }
            assertThat(pair.frontend.frame()).isInstanceOf(Frame.Failed.class);
        }
    }

    static QueryFrame query(long exchange, byte[] body) {
        Meta meta = new Meta("application/json", "id-" + exchange, "");
        ByteBuf data = PooledByteBufAllocator.DEFAULT.buffer();
        meta.encode(data);
        int metaLength = data.readableBytes();
        data.writeBytes(body);
        return new QueryFrame(exchange, 1_000_000_000L, 0, "echo", "call", "", metaLength, data);
    }

    static byte[] bytes(ByteBuf from) {
        byte[] bytes = new byte[from.readableBytes()];
        from.getBytes(from.readerIndex(), bytes);
        return bytes;
    }
}
