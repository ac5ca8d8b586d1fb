package dev.sluice.client;

import dev.sluice.client.transport.Call;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An actor and how it is to be called. Each setting gives a new one and leaves this as it is, so that one may be kept and shared.
 *
 * @param <S> the kind of it
 */
public abstract sealed class ActorCalls<S extends ActorCalls<S>> permits ActorClient, ReactiveActorClient {

    private static final int MAX_PRIORITY = 255;
    private static final int MAX_ID_LENGTH = 128;

    final Session session;
    final Call call;
    final RetryPolicy retry;

    ActorCalls(Session session, Call call, RetryPolicy retry) {
        this.session = session;
        this.call = call;
        this.retry = retry;
    }

    static Call call(String actor, Session.Defaults defaults) {
        return new Call(
                named("actor", actor),
                Call.DEFAULT_METHOD,
                null,
                defaults.slo(),
                0,
                null,
                defaults.tenant(),
                List.of());
    }

    abstract S with(Call changed, RetryPolicy policy);

    private S with(Call changed) {
        return with(changed, retry);
    }

    /** Another method than {@code call}. */
    public S method(String method) {
        return with(call.withMethod(named("method", method)));
    }

    /** The version that answers, and no other; otherwise whatever the rollout says. */
    public S version(String version) {
        return with(call.withVersion(named("version", version)));
    }

    /** How long the result is of use: what cannot be answered by then is refused at once. Of a stream: its first result. */
    public S slo(Duration slo) {
        return with(call.withSlo(checked(slo)));
    }

    /** @param priority 1 is the highest, 255 the lowest, 0 unset */
    public S priority(int priority) {
        if (priority < 0 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException("The priority must be between 0 (unset) and " + MAX_PRIORITY
                    + "; 1 is the highest. It is " + priority + ".");
        }
        return with(call.withPriority(priority));
    }

    /** The query's id in logs and traces. */
    public S id(String id) {
        return with(call.withId(token("id", id)));
    }

    /** Whose share of an overloaded actor is used; frontends believe it of their own machine only. */
    public S tenant(String tenant) {
        return with(call.withTenant(token("tenant", tenant)));
    }

    /** Of a model's outputs only these, in this order. */
    public S outputs(String... names) {
        return with(call.withOutputs(List.of(names)));
    }

    /** When a call that was refused is sent again; otherwise as the client's builder says. */
    public S retry(RetryPolicy policy) {
        return with(call, Objects.requireNonNull(policy, "RetryPolicy.NONE is for no retries."));
    }

    static Duration checked(Duration slo) {
        if (slo.isNegative() || slo.isZero()) {
            throw new IllegalArgumentException(
                    "The SLO must be longer than nothing; leave it out to get the actor's own. It is " + slo + ".");
        }
        return slo;
    }

    private static String named(String what, @Nullable String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("The " + what + " has no name.");
        }
        return name;
    }

    static String token(String what, String text) {
        boolean printable = !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c <= '~');
        if (!printable || text.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException("The " + what + " must be 1 to " + MAX_ID_LENGTH
                    + " printable ASCII characters without spaces; it is \"" + text + "\".");
        }
        return text;
    }
}
