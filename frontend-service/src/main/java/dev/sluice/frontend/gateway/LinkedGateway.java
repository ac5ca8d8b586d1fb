package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.ActorNames;
import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.error.Failure;
import dev.sluice.common.trace.Spans;
import dev.sluice.frontend.explain.EndedQuery;
import dev.sluice.frontend.explain.QueryLog;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryCall;
import io.netty.util.Timer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/** The gateway over links to routers. */
public final class LinkedGateway implements Gateway {

    private final Routers routers;
    private final GatewayCore core;
    private final long maxPayloadBytes;

    public LinkedGateway(Routers routers, Timer timers, Observers observers, PayloadLimits limits) {
        this(
                new GatewayCore(
                        routers,
                        GatewayClock.system(timers),
                        observers.ledger(),
                        observers.metrics(),
                        new RetainedBytes(limits.maxRetainedBytes()),
                        observers.log(),
                        observers.spans()),
                limits.maxPayloadBytes());
    }

    LinkedGateway(GatewayCore core, long maxPayloadBytes) {
        this.routers = core.routers();
        this.maxPayloadBytes = maxPayloadBytes;
        this.core = core;
    }

    /** Who is told of queries. */
    public record Observers(Ledger ledger, GatewayMetrics metrics, QueryLog log, Spans spans) {}

    /**
     * How many bytes queries may have.
     *
     * @param maxPayloadBytes one query
     * @param maxRetainedBytes all queries in flight together
     */
    public record PayloadLimits(long maxPayloadBytes, long maxRetainedBytes) {}

    @Override
    public Flux<Answer> call(QueryCall query) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Answer> actual) {
                begin(query, actual);
            }
        };
    }

    private void begin(QueryCall query, CoreSubscriber<? super Answer> actual) {
        ActorDescriptor actor = routers.actor(query.actor());
        Failure refusal = refusal(query, actor);
        if (actor == null || refusal != null) {
            drop(query);
            Failure why = refusal == null ? noActor(query) : refusal;
            kept(query, Outcome.REFUSED, why, 0);
            Operators.error(actual, why.toException());
            return;
        }
        core.ledger().accepted();
        routers.retries().earn();
        if (!core.retained().change(query.charge(), Call.weight(query))) {
            drop(query);
            core.ended(actor, query, new Ending(FULL.code(), 0, false));
            kept(query, Outcome.SHED, FULL, query.budgetNanos());
            Operators.error(actual, FULL.toException());
            return;
        }
        new Call(core, query, actor, actual).start();
    }

    /** Not kept among the last queries: whoever is over its quota would push those of all others out. */
    @Override
    public Flux<Answer> refuse(QueryCall query, Failure why) {
        ActorDescriptor actor = routers.actor(query.actor());
        drop(query);
        if (actor != null && why.code().outcome() != Outcome.REFUSED) {
            core.ledger().accepted();
            core.ended(actor, query, new Ending(why.code(), 0, false));
        }
        return Flux.error(why.toException());
    }

    private void kept(QueryCall query, Outcome outcome, Failure why, long sloNanos) {
        core.log()
                .ended(EndedQuery.of(
                        query,
                        query.trace().traceId(),
                        outcome,
                        why,
                        0,
                        sloNanos,
                        core.clock().now(),
                        null));
    }

    private void drop(QueryCall query) {
        query.body().release();
        core.retained().give(query.charge());
    }

    private @Nullable Failure refusal(QueryCall query, @Nullable ActorDescriptor actor) {
        if (!routers.ready()) {
            return new Failure(
                    ErrorCode.UNAVAILABLE,
                    "This frontend has not heard of the actors yet; try again in a moment.",
                    1000);
        }
        if (actor == null) {
            return noActor(query);
        }
        if (actor.method(query.method()).isEmpty()) {
            return new Failure(
                    ErrorCode.NOT_FOUND, "The actor '" + query.actor() + "' has no method '" + query.method() + "'.");
        }
        if (query.version() != null
                && ActorNames.versionProblem(query.version()).isPresent()) {
            return new Failure(
                    ErrorCode.NOT_FOUND, "The actor '" + query.actor() + "' can have no version of that name.");
        }
        int size = query.body().readableBytes();
        if (size > maxPayloadBytes) {
            return new Failure(
                    ErrorCode.TOO_LARGE,
                    "The input has " + size + " bytes and may have " + maxPayloadBytes + " (sluice.link.max-payload).");
        }
        if (!QueryBytes.metaFits(query)) {
            return new Failure(
                    ErrorCode.INVALID_INPUT,
                    "The query's id, tenant and media type are too long together; shorten them.");
        }
        return null;
    }

    private static Failure noActor(QueryCall query) {
        return new Failure(ErrorCode.NOT_FOUND, "There is no actor '" + query.actor() + "'; GET / lists them.");
    }

    @Override
    public boolean ready() {
        return routers.ready();
    }

    @Override
    public List<ActorDescriptor> actors() {
        return routers.actors();
    }

    @Override
    public Optional<ActorDescriptor> actor(String name) {
        return Optional.ofNullable(routers.actor(name));
    }

    @Override
    public long maxPayloadBytes() {
        return maxPayloadBytes;
    }

    @Override
    public RetainedBytes retained() {
        return core.retained();
    }
}
