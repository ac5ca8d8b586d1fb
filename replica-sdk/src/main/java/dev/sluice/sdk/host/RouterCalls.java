package dev.sluice.sdk.host;

import dev.sluice.common.actor.CallPriority;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.link.Exchanges;
import dev.sluice.common.link.Link;
import dev.sluice.common.placement.Rendezvous;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import dev.sluice.sdk.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Calls of actors over the links to routers. Whoever takes a call out of its link's table ends it. Thread-safe. */
public final class RouterCalls {

    private record Open(QueryFrame frame, MonoSink<Content> sink) {}

    /** One link's calls, by their exchange there. */
    private static final class Calls {
        private final Exchanges<Open> open = new Exchanges<>();
    }

    private final Map<Link, Calls> links = new ConcurrentHashMap<>();
    private final Set<Link> draining = ConcurrentHashMap.newKeySet();
    private final AtomicLong exchanges = new AtomicLong();

    void opened(Link link) {
        links.put(link, new Calls());
    }

    /** The router takes no new queries soon. */
    void draining(Link link) {
        draining.add(link);
    }

    void closed(Link link) {
        Calls calls = links.remove(link);
        draining.remove(link);
        if (calls != null) {
            calls.open.takeAll(open -> fail(open, lost(open)));
        }
    }

    private static Failure lost(Open open) {
        return open.frame().written()
                ? new Failure(
                        ErrorCode.LOST,
                        "The link to the router was lost while '" + open.frame().actor() + "' may have worked on it.")
                : new Failure(ErrorCode.UNAVAILABLE, "The link to the router was lost before the call had left.");
    }

    void answered(Link link, ResultFrame result) {
        Calls calls = links.get(link);
        Open open = calls == null ? null : calls.open.take(result.exchange());
        if (open == null) {
            result.release();
            return;
        }
        boolean only = result.kind() == ResultFrame.Kind.ONLY;
        byte[] body = only ? ByteBufUtil.getBytes(result.body()) : new byte[0];
        String mediaType = result.mediaType();
        result.release();
        if (only) {
            open.sink().success(new Content(body, mediaType));
        } else {
            link.send(new Frame.Cancel(result.exchange()));
            fail(
                    open,
                    new Failure(
                            ErrorCode.FAILED,
                            "The method '" + open.frame().method() + "' of '"
                                    + open.frame().actor() + "' has several results, and a call takes one."));
        }
    }

    void failed(Link link, Frame.Failed failed) {
        Calls calls = links.get(link);
        Open open = calls == null ? null : calls.open.take(failed.exchange());
        if (open != null) {
            fail(open, new Failure(ErrorCode.of(failed.code()), failed.message(), failed.retryAfterMillis()));
        }
    }

    private static void fail(Open open, Failure failure) {
        open.sink().error(failure.toException());
    }

    /** How many calls have no outcome yet. */
    int open() {
        return links.values().stream().mapToInt(calls -> calls.open.size()).sum();
    }

    /**
     * One call for each subscription. Its outcome comes on the link's event loop.
     *
     * @param budgetNanos above 0
     */
    Mono<Content> call(String actor, String method, Meta meta, byte[] body, long budgetNanos) {
        return Mono.create(sink -> {
            Link link = link(actor);
            Calls calls = link == null ? null : links.get(link);
            if (link == null || calls == null) {
                sink.error(new Failure(
                                ErrorCode.UNAVAILABLE, "'" + actor + "' cannot be called: no router is linked.", 1000)
                        .toException());
                return;
            }
            long exchange = exchanges.incrementAndGet();
            Open open = new Open(frame(exchange, actor, method, meta, body, budgetNanos), sink);
            calls.open.put(exchange, open);
            sink.onDispose(() -> {
                // Also after its outcome; then it is taken already.
                if (calls.open.take(exchange, open)) {
                    link.cancel(exchange, open.frame());
                }
            });
            link.send(open.frame());
            // It may have closed in between, and nobody else would look again.
            if (links.get(link) != calls && calls.open.take(exchange, open)) {
                fail(open, lost(open));
            }
        });
    }

    /** The actor's router, of those that are linked; one that stops only where there is no other. */
    private @Nullable Link link(String actor) {
        Map<String, Link> byNode = new ConcurrentHashMap<>();
        links.keySet().stream()
                .filter(link -> !draining.contains(link))
                .forEach(link -> byNode.put(link.peer().nodeId(), link));
        if (byNode.isEmpty()) {
            links.keySet().forEach(link -> byNode.put(link.peer().nodeId(), link));
        }
        return Rendezvous.first(actor, byNode.keySet()).map(byNode::get).orElse(null);
    }

    private static QueryFrame frame(
            long exchange, String actor, String method, Meta meta, byte[] body, long budgetNanos) {
        ByteBuf data = PooledByteBufAllocator.DEFAULT.buffer(meta.maxBytes() + body.length);
        try {
            meta.encode(data);
        } catch (IllegalArgumentException tooLong) {
            data.release();
            throw new Failure(ErrorCode.INVALID_INPUT, String.valueOf(tooLong.getMessage())).toException();
        }
        int metaLength = data.readableBytes();
        data.writeBytes(body);
        return new QueryFrame(exchange, budgetNanos, CallPriority.of(meta), actor, method, "", metaLength, data);
    }
}
