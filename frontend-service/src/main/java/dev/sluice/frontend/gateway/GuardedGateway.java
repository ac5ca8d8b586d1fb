package dev.sluice.frontend.gateway;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.access.quota.Quotas;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryCall;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Every query of every protocol comes by here: it goes on where its caller may ask the actor, and as much. What streams ends with the
 * first result that comes when its caller's credentials are good no longer; that one is not passed on either.
 */
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
        if (refusal != null) {
            return guarded.refuse(call, refusal);
        }
        Flux<Answer> answers = guarded.call(call);
        return mayOutlastItsCaller(call) ? whileGood(call.caller(), answers) : answers;
    }

    /** What has one answer is as good as given; and whoever was asked for no credentials has none that end. */
    private boolean mayOutlastItsCaller(QueryCall call) {
        if (call.caller() == Caller.ANONYMOUS) {
            return false;
        }
        ActorDescriptor actor = guarded.actor(call.actor()).orElse(null);
        if (actor == null) {
            return true;
        }
        List<MethodDescriptor> methods = actor.methods();
        for (int i = 0; i < methods.size(); i++) {
            if (methods.get(i).name().equals(call.method())) {
                return methods.get(i).streaming();
            }
        }
        return true;
    }

    private static Flux<Answer> whileGood(Caller caller, Flux<Answer> answers) {
        return answers.handle((answer, sink) -> {
            Failure gone = caller.gone();
            if (gone == null) {
                sink.next(answer);
            } else {
                answer.body().release();
                sink.error(gone.toException());
            }
        });
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
