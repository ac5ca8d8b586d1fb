package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.access.quota.Quotas;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryCall;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Every query of every protocol comes by here: it goes on where its caller may ask the actor, and as much. */
public final class GuardedGateway implements Gateway {

    private final Gateway guarded;
    private final Quotas quotas;

    public GuardedGateway(Gateway guarded, Quotas quotas) {
        this.guarded = guarded;
        this.quotas = quotas;
    }

    @Override
    public Flux<Answer> call(QueryCall call) {
        Failure refusal = refusal(call);
        return refusal == null ? guarded.call(call) : guarded.refuse(call, refusal);
    }

    private @Nullable Failure refusal(QueryCall call) {
        Failure refusal = call.caller().refusal(call.actor());
        return refusal != null ? refusal : quotas.take(call.caller().tenant());
    }

    @Override
    public Flux<Answer> refuse(QueryCall call, Failure why) {
        return guarded.refuse(call, why);
    }

    @Override
    public boolean ready() {
        return guarded.ready();
    }

    @Override
    public List<ActorDescriptor> actors() {
        return guarded.actors();
    }

    @Override
    public Optional<ActorDescriptor> actor(String name) {
        return guarded.actor(name);
    }

    @Override
    public long maxPayloadBytes() {
        return guarded.maxPayloadBytes();
    }

    @Override
    public RetainedBytes retained() {
        return guarded.retained();
    }
}
