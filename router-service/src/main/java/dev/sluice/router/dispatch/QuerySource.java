package dev.sluice.router.dispatch;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkReceiver;
import dev.sluice.common.trace.OpenSpan;
import dev.sluice.common.trace.Spans;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.Role;

/** The queries that come on one link, from a frontend or whoever else calls actors. On the link's event loop. */
final class QuerySource implements LinkReceiver {

    private final LinkOrigin origin;
    private final ActorDirectory actors;
    private final RetainedBytes retained;
    private final RetainedBytes copies;
    private final Stage stage;
    private final Spans spans;

    /**
     * @param retained what queries hold
     * @param copies what copies of queries hold
     * @param spans what is recorded of queries
     */
    QuerySource(
            Link link, ActorDirectory actors, RetainedBytes retained, RetainedBytes copies, Stage stage, Spans spans) {
        this.origin = new LinkOrigin(link, retained);
        this.actors = actors;
        this.retained = retained;
        this.copies = copies;
        this.stage = stage;
        this.spans = spans;
    }

    /** Any thread. */
    int inFlight() {
        return origin.size();
    }

    @Override
    public void received(Frame frame) {
        if (frame instanceof QueryFrame query) {
            arrived(query);
        } else if (frame instanceof Frame.Cancel cancel) {
            RoutedQuery query = origin.find(cancel.exchange());
            if (query != null) {
                query.destination().cancel(query);
            }
        } else if (frame instanceof Frame.Taken taken) {
            RoutedQuery query = origin.find(taken.exchange());
            if (query != null) {
                query.destination().taken(query, taken.items());
            }
        } else if (frame instanceof Cargo cargo) {
            cargo.release();
        } else if (frame instanceof BatchFrame batch) {
            batch.release();
        }
    }

    private void arrived(QueryFrame frame) {
        Destination to = actors.find(frame.actor(), frame.version());
        if (to == null) {
            refuse(frame, Refusals.unknown(actors, frame.actor(), frame.version()));
        } else if (to.descriptor().method(frame.method()).isEmpty()) {
            refuse(frame, Refusals.noMethod(frame.actor(), frame.method()));
        } else if (!stage.takesQueries()) {
            refuse(frame, to, Refusals.stopping());
        } else if (frame.budgetNanos() <= 0) {
            refuse(frame, to, Refusals.late());
        } else if (!retained.take(RoutedQuery.charge(frame))) {
            refuse(frame, to, Refusals.full());
        } else {
            accept(frame, to);
        }
    }

    private void accept(QueryFrame frame, Destination to) {
        if (origin.link().peer().role() == Role.HOST) {
            // What an actor asks may make calls that need the same credit to end; what is held is limited here already.
            frame.returnCredit();
        }
        OpenSpan span = QuerySpans.begin(spans, frame);
        Copying copying = frame.version().isEmpty() ? Copying.of(frame, actors.copies(frame.actor()), copies) : null;
        RoutedQuery query = new RoutedQuery(
                frame,
                copying == null ? origin : copying.original(origin),
                to,
                to.shard().now());
        query.recordedAs(span, true);
        if (origin.add(query)) {
            to.arrive(query);
            if (copying != null) {
                copying.begin();
            }
        } else {
            if (copying != null) {
                copying.giveUp();
            }
            query.recorded(ErrorCode.INVALID_INPUT);
            retained.give(query.retainedBytes());
            frame.release();
            origin.link().close("the peer used the exchange " + frame.exchange() + " twice");
        }
    }

    private void refuse(QueryFrame frame, Destination to, Failure failure) {
        to.outcomes().refused(frame.method(), failure);
        refuse(frame, failure);
    }

    private void refuse(QueryFrame frame, Failure failure) {
        origin.fail(frame.exchange(), failure);
        frame.release();
    }

    @Override
    public void closed(String reason) {
        for (RoutedQuery query : origin.all()) {
            query.destination().cancel(query);
        }
    }
}
