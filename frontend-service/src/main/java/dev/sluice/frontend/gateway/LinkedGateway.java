package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.common.error.Failure;
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

    private static final Failure FULL = new Failure(
            ErrorCode.OVERLOADED, "This frontend holds as many bytes of queries as it may; send less.", 1000);

    private final Routers routers;
    private final GatewayCore core;
    private final long maxPayloadBytes;

    public LinkedGateway(Routers routers, Timer timers, Ledger ledger, GatewayMetrics metrics, PayloadLimits limits) {
        this.routers = routers;
        this.maxPayloadBytes = limits.maxPayloadBytes();
        this.core = new GatewayCore(routers, timers, ledger, metrics, new RetainedBytes(limits.maxRetainedBytes()));
    }

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
        if (refusal != null || actor == null) {
            query.body().release();
            if (refusal != null) {
                Operators.error(actual, refusal.toException());
            }
            return;
        }
        core.ledger().accepted();
        if (!core.retained().take(Call.weight(query))) {
            query.body().release();
            core.ledger().ended(Outcome.SHED);
            Operators.error(actual, FULL.toException());
            return;
        }
        new Call(core, query, actor, actual, core.now()).start();
    }

    private @Nullable Failure refusal(QueryCall query, @Nullable ActorDescriptor actor) {
        int size = query.body().readableBytes();
        if (!routers.ready()) {
            return new Failure(
                    ErrorCode.UNAVAILABLE,
                    "This frontend has not heard of the actors yet; try again in a moment.",
                    1000);
        }
        if (actor == null) {
            return new Failure(ErrorCode.NOT_FOUND, "There is no actor '" + query.actor() + "'; GET / lists them.");
        }
        if (actor.method(query.method()).isEmpty()) {
            return new Failure(
                    ErrorCode.NOT_FOUND, "The actor '" + query.actor() + "' has no method '" + query.method() + "'.");
        }
        if (size > maxPayloadBytes) {
            return new Failure(
                    ErrorCode.TOO_LARGE,
                    "The input has " + size + " bytes and may have " + maxPayloadBytes + " (sluice.link.max-payload).");
        }
        return null;
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
}
