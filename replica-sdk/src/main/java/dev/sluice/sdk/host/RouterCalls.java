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

/**
 * Calls of actors over the links to routers. Whoever takes a call out of its link's table ends it, or sends it once more where it is sure
 * that it did not begin. Thread-safe.
 */
public final class RouterCalls {

    /** How often a call may be sent, all routers together. */
    private static final int MOST_ATTEMPTS = 4;

    private record Open(QueryFrame frame, RoutedCall call) {}

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
            calls.open.takeAll(open -> lost(link, open));
        }
    }

    private void lost(Link link, Open open) {
        String actor = open.call().actor();
        if (open.frame().written()) {
            fail(
                    open,
                    new Failure(
                            ErrorCode.LOST,
                            "The link to the router was lost while '" + actor + "' may have worked on it."));
        } else {
            again(
                    link,
                    open,
                    new Failure(ErrorCode.UNAVAILABLE, "The link to the router was lost before the call had left."));
        }
    }

    /** To another router than those that it was sent to already. */
    private void again(Link link, Open open, Failure otherwise) {
        open.call().triedOn(link);
        if (open.call().tries() >= MOST_ATTEMPTS) {
            fail(open, otherwise);
        } else {
            send(open.call(), otherwise);
        }
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
            open.call().sink().success(new Content(body, mediaType));
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
        if (open == null) {
            return;
        }
        Failure why = new Failure(ErrorCode.of(failed.code()), failed.message(), failed.retryAfterMillis());
        if (why.code() == ErrorCode.UNAVAILABLE && draining.contains(link)) {
            // It did not begin there.
            again(link, open, why);
        } else {
            fail(open, why);
        }
    }

    private static void fail(Open open, Failure failure) {
        open.call().sink().error(failure.toException());
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
            RoutedCall call = new RoutedCall(actor, method, meta, body, System.nanoTime() + budgetNanos, sink);
            sink.onDispose(call::giveUp);
            send(
                    call,
                    new Failure(ErrorCode.UNAVAILABLE, "'" + actor + "' cannot be called: no router is linked.", 1000));
        });
    }

    /** @param otherwise why it fails where there is no router for it, or no time */
    private void send(RoutedCall call, Failure otherwise) {
        Link link = link(call);
        Calls calls = link == null ? null : links.get(link);
        long budgetNanos = call.deadlineNanos() - System.nanoTime();
        if (link == null || calls == null) {
            call.sink().error(otherwise.toException());
            return;
        }
        if (budgetNanos <= 0) {
            call.sink().error(late(call.actor()).toException());
            return;
        }
        long exchange = exchanges.incrementAndGet();
        Open open = new Open(frame(exchange, call, budgetNanos), call);
        calls.open.put(exchange, open);
        call.sent(() -> {
            // Also after its outcome; then it is taken already.
            if (calls.open.take(exchange, open)) {
                link.cancel(exchange, open.frame());
            }
        });
        link.send(open.frame());
        call.cancelIfGivenUp();
        // It may have closed in between, and nobody else would look again.
        if (links.get(link) != calls && calls.open.take(exchange, open)) {
            lost(link, open);
        }
    }

    static Failure late(String actor) {
        return new Failure(ErrorCode.EXPIRED, "The SLO passed before '" + actor + "' had answered.");
    }

    /** The actor's router, of those that are linked; one that stops only where there is no other. */
    private @Nullable Link link(RoutedCall call) {
        Map<String, Link> byNode = new ConcurrentHashMap<>();
        links.keySet().stream()
                .filter(link -> !draining.contains(link) && !call.wasTriedOn(link))
                .forEach(link -> byNode.put(link.peer().nodeId(), link));
        if (byNode.isEmpty()) {
            links.keySet().stream()
                    .filter(link -> !call.wasTriedOn(link))
                    .forEach(link -> byNode.put(link.peer().nodeId(), link));
        }
        return Rendezvous.first(call.actor(), byNode.keySet()).map(byNode::get).orElse(null);
    }

    private static QueryFrame frame(long exchange, RoutedCall call, long budgetNanos) {
        Meta meta = call.meta();
        byte[] body = call.body();
        ByteBuf data = PooledByteBufAllocator.DEFAULT.buffer(meta.maxBytes() + body.length);
        try {
            meta.encode(data);
        } catch (IllegalArgumentException tooLong) {
            data.release();
            throw new Failure(ErrorCode.INVALID_INPUT, String.valueOf(tooLong.getMessage())).toException();
        }
        int metaLength = data.readableBytes();
        data.writeBytes(body);
        return new QueryFrame(
                exchange, budgetNanos, CallPriority.of(meta), call.actor(), call.method(), "", metaLength, data);
    }
}
