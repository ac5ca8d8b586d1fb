package dev.sluice.sdk.host;

import dev.sluice.common.link.Link;
import dev.sluice.common.wire.Meta;
import dev.sluice.sdk.Content;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.MonoSink;

/** One call of an actor, over whichever routers it is sent. With one of them at a time; who waits for it may leave at any. */
final class RoutedCall {

    private final String actor;
    private final String method;
    private final Meta meta;
    private final byte[] body;
    private final long deadlineNanos;
    private final MonoSink<Content> sink;
    private final Set<Link> tried = ConcurrentHashMap.newKeySet();
    private volatile Runnable cancel = () -> {};
    private volatile boolean givenUp;

    RoutedCall(String actor, String method, Meta meta, byte[] body, long deadlineNanos, MonoSink<Content> sink) {
        this.actor = actor;
        this.method = method;
        this.meta = meta;
        this.body = body;
        this.deadlineNanos = deadlineNanos;
        this.sink = sink;
    }

    String actor() {
        return actor;
    }

    String method() {
        return method;
    }

    Meta meta() {
        return meta;
    }

    byte[] body() {
        return body;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    MonoSink<Content> sink() {
        return sink;
    }

    void triedOn(Link link) {
        tried.add(link);
    }

    boolean wasTriedOn(Link link) {
        return tried.contains(link);
    }

    int tries() {
        return tried.size();
    }

    /** @param cancel takes it back from where it is with now; does nothing once it has its outcome there */
    void sent(Runnable cancel) {
        this.cancel = cancel;
    }

    void giveUp() {
        givenUp = true;
        cancel.run();
    }

    /** Who gave up while it was sent may not have found it there. */
    void cancelIfGivenUp() {
        if (givenUp) {
            cancel.run();
        }
    }
}
