package dev.sluice.client.http;

import dev.sluice.client.transport.Budget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/** A query on its way to a connection, for which it may have to wait: what it says of its SLO, and whether it was written. */
final class Outgoing {

    private static final String SLO = "Sluice-Slo-Ms";

    private final Budget budget;
    private final List<ByteBuffer> body;
    private volatile boolean written;
    private volatile @Nullable String id;

    Outgoing(Budget budget, List<ByteBuffer> body) {
        this.budget = budget;
        this.body = body;
    }

    /** What was not written has not been started by anybody. */
    boolean written() {
        return written;
    }

    /** Called once there is an answer, which has the query's id. */
    void answered(HttpClientResponse response) {
        id = response.responseHeaders().get("Sluice-Id");
    }

    /** Null where no answer has said it. */
    @Nullable String id() {
        return id;
    }

    /** Called once there is a connection. */
    Publisher<Void> write(HttpClientRequest request, NettyOutbound connection) {
        String left = budget.leftMillis();
        if (left != null) {
            request.header(SLO, left);
        }
        written = true;
        return connection.send(Mono.fromSupplier(this::bytes));
    }

    private ByteBuf bytes() {
        return Unpooled.wrappedBuffer(body.toArray(new ByteBuffer[0]));
    }
}
