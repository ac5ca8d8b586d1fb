package dev.sluice.common.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.common.wire.ResultFrame.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.netty.resources.LoopResources;

/**
 * Both directions full of queries and results, all of which hold each other up as much as they can: the input of a query is
 * released only when its result has left. Over a real connection.
 */
@Timeout(300)
class SaturationTest {

    private static final int MIB = 1024 * 1024;
    private static final int EACH_WAY = 150;
    private static final LinkSettings SETTINGS =
            new LinkSettings("", MIB, 5 * MIB / 2, 5 * MIB / 2, Duration.ofSeconds(30));

    @Test
    void endsEveryQueryOfBothSides() throws Exception {
        LoopResources loops = LoopResources.create("saturation-test", 2, true);
        Answering router = new Answering();
        Answering frontend = new Answering();
        try (TestRouter server = new TestRouter(SETTINGS, loops, 0, router)) {
            LinkConnector connector = TestRouter.connector(SETTINGS, loops, server.port(), frontend);
            connector.start();
            Link ofRouter = Recorder.await(router.opened);
            Link ofFrontend = Recorder.await(frontend.opened);

            ByteBuf body = PooledByteBufAllocator.DEFAULT.directBuffer(MIB).writeZero(MIB);
            for (int i = 0; i < EACH_WAY; i++) {
                ofFrontend.send(new QueryFrame(i, 1, 0, "echo", "call", "", 0, body.retainedDuplicate()));
                ofRouter.send(new QueryFrame(i, 1, 0, "echo", "call", "", 0, body.retainedDuplicate()));
            }
            body.release();
            for (Answering side : new Answering[] {router, frontend}) {
                BitSet answered = new BitSet();
                for (int i = 0; i < EACH_WAY; i++) {
                    answered.set(Recorder.await(side.answers).intValue());
                }
                assertThat(answered.cardinality()).isEqualTo(EACH_WAY);
            }
            assertThat(ofRouter.isOpen()).isTrue();
            assertThat(ofFrontend.isOpen()).isTrue();
            connector.dispose();
        }
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(30)).block();
    }

    /** Answers each query with its own input. */
    private static final class Answering implements LinkHandler {
        final BlockingQueue<Link> opened = new LinkedBlockingQueue<>();
        final BlockingQueue<Long> answers = new LinkedBlockingQueue<>();

        @Override
        public LinkReceiver opened(Link link) {
            opened.add(link);
            return new LinkReceiver() {
                @Override
                public void received(Frame frame) {
                    if (frame instanceof QueryFrame query) {
                        ResultFrame result = new ResultFrame(
                                query.exchange(), Kind.ONLY, "", query.body().retain());
                        result.creditReturn(bytes -> query.release());
                        link.send(result);
                    } else if (frame instanceof ResultFrame result) {
                        answers.add(result.size() == MIB ? result.exchange() : -1);
                        result.release();
                    }
                }

                @Override
                public void closed(String reason) {}
            };
        }
    }
}
