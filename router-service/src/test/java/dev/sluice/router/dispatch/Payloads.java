package dev.sluice.router.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Makes cargo whose buffers and credit are followed until they are given back. Thread-safe. */
final class Payloads {

    private final List<ByteBuf> buffers = new ArrayList<>();
    private final List<Cargo> cargos = new ArrayList<>();
    private long lent;
    private final LongAdder returned = new LongAdder();

    QueryFrame query(long exchange, String actor, String method, String version, Duration slo, String body) {
        return query(exchange, actor, method, version, slo, "text/plain", body);
    }

    QueryFrame query(
            long exchange, String actor, String method, String version, Duration slo, String mediaType, String body) {
        ByteBuf data = PooledByteBufAllocator.DEFAULT.buffer();
        new Meta(mediaType, "id-" + exchange, "").encode(data);
        int metaLength = data.readableBytes();
        data.writeBytes(body.getBytes(StandardCharsets.UTF_8));
        return followed(new QueryFrame(exchange, slo.toNanos(), 0, actor, method, version, metaLength, data), data);
    }

    ResultFrame result(long exchange, ResultFrame.Kind kind, String body) {
        return result(exchange, kind, "text/plain", body);
    }

    ResultFrame result(long exchange, ResultFrame.Kind kind, String mediaType, String body) {
        ByteBuf data = PooledByteBufAllocator.DEFAULT.buffer();
        data.writeBytes(body.getBytes(StandardCharsets.UTF_8));
        return followed(new ResultFrame(exchange, kind, mediaType, data), data);
    }

    BatchItem item(long exchange, String body) {
        ByteBuf data = PooledByteBufAllocator.DEFAULT.buffer();
        data.writeBytes(body.getBytes(StandardCharsets.UTF_8));
        return followed(new BatchItem(exchange, 1, 0, data), data);
    }

    private synchronized <C extends Cargo> C followed(C cargo, ByteBuf buffer) {
        buffers.add(buffer);
        cargos.add(cargo);
        lent += cargo.weight();
        cargo.creditReturn(returned::add);
        return cargo;
    }

    /** What senders have not got back. */
    synchronized long creditHeld() {
        return lent - returned.sum();
    }

    void assertAllGivenBack() {
        assertThat(buffers).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
        // Those of a query may be a copy by now.
        assertThat(cargos).allSatisfy(cargo -> assertThat(cargo.data().refCnt()).isZero());
        assertThat(returned.sum()).as("credit given back of what was lent").isEqualTo(lent);
    }
}
