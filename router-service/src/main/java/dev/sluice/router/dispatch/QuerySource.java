package dev.sluice.router.dispatch;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkReceiver;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import java.util.concurrent.TimeUnit;

/** The queries that come on one link, from a frontend or whoever else calls actors. On the link's event loop. */
final class QuerySource implements LinkReceiver {

    private final Origin origin;
    private final ActorDirectory actors;
    private final RetainedBytes retained;

    QuerySource(Link link, ActorDirectory actors, RetainedBytes retained) {
        this.origin = new Origin(link, retained);
        this.actors = actors;
        this.retained = retained;
    }

    int inFlight() {
        return origin.size();
    }

    Link link() {
        return origin.link();
    }

    @Override
    public void received(Frame frame) {
        if (frame instanceof QueryFrame query) {
            arrived(query);
        } else if (frame instanceof Frame.Cancel cancel) {
            RoutedQuery query = origin.find(cancel.exchange());
            if (query != null) {
                query.dispatcher().cancel(query);
            }
        }
    }

    private void arrived(QueryFrame frame) {
        ActorDispatcher dispatcher = actors.find(frame.actor(), frame.version());
        if (dispatcher == null) {
            refuse(frame, ErrorCode.NOT_FOUND, "There is no actor '" + frame.actor() + "' here.");
            return;
        }
        if (dispatcher.descriptor().method(frame.method()).isEmpty()) {
            refuse(
                    frame,
                    ErrorCode.NOT_FOUND,
                    "The actor '" + frame.actor() + "' has no method '" + frame.method() + "'.");
            return;
        }
        if (frame.budgetNanos() <= 0) {
            refuse(frame, ErrorCode.EXPIRED, "The SLO passed before the query reached a router.");
            return;
        }
        if (!retained.take(frame.weight())) {
            refuse(frame, ErrorCode.OVERLOADED, "This router holds as many bytes of queries as it may; send less.");
            return;
        }
        RoutedQuery query =
                new RoutedQuery(frame, origin, dispatcher, dispatcher.shard().now());
        if (origin.add(query)) {
            dispatcher.arrive(query);
        } else {
            retained.give(frame.weight());
            frame.release();
            origin.link().close("the peer used the exchange " + frame.exchange() + " twice");
        }
    }

    private void refuse(QueryFrame frame, ErrorCode code, String message) {
        Failure failure = new Failure(code, message, code.retryable() ? TimeUnit.SECONDS.toMillis(1) : 0);
        origin.link()
                .send(new Frame.Failed(
                        frame.exchange(), failure.code().number(), failure.retryAfterMillis(), failure.message()));
        frame.release();
    }

    @Override
    public void closed(String reason) {
        for (RoutedQuery query : origin.all()) {
            query.dispatcher().cancel(query);
        }
    }
}
