package dev.sluice.sdk.host;

import dev.sluice.common.actor.CallPath;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.wire.Meta;
import dev.sluice.sdk.ActorClient;
import dev.sluice.sdk.CallException;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.actor.Caller;
import dev.sluice.sdk.codec.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Calls over the host's links to its routers. */
public final class RoutedClient implements ActorClient {

    private final RouterCalls calls;
    private final JsonMapper json;
    private final Scheduler answers = Schedulers.fromExecutor(new AnswerThreads());

    /** @param json writes inputs and reads results */
    public RoutedClient(RouterCalls calls, JsonMapper json) {
        this.calls = calls;
        this.json = json;
    }

    @Override
    public <R> Mono<R> call(String actor, String method, Object input, Class<R> result) {
        Caller assembling = Caller.current();
        return Mono.deferContextual(context -> {
                    Caller inContext = context.getOrDefault(Caller.class, null);
                    Caller subscribing = inContext == null ? Caller.current() : inContext;
                    return call(actor, method, content(input), subscribing == null ? assembling : subscribing);
                })
                .flatMap(answer -> Mono.justOrEmpty(read(actor, answer, result)))
                .onErrorMap(QueryException.class, failed -> new CallException(failed.failure()));
    }

    private Mono<Content> call(String actor, String method, Content input, @Nullable Caller caller) {
        if (caller == null) {
            Meta meta = new Meta(input.mediaType(), "", "");
            return call(actor, method, meta, input, TimeUnit.SECONDS.toNanos(USUAL_SECONDS));
        }
        CallPath path = caller.pathOfCalls();
        String refusal = path.refusal(actor).orElse(null);
        if (refusal != null) {
            return Mono.error(new Failure(ErrorCode.FAILED, refusal).toException());
        }
        Meta meta = caller.meta();
        Meta with = new Meta(input.mediaType(), meta.id(), meta.tenant(), path.over(meta.headers()));
        return call(actor, method, with, input, caller.deadlineNanos() - System.nanoTime());
    }

    private Mono<Content> call(String actor, String method, Meta meta, Content input, long budgetNanos) {
        Failure late = RouterCalls.late(actor);
        if (budgetNanos <= 0) {
            return Mono.error(late.toException());
        }
        return calls.call(actor, method, meta, input.bytes(), budgetNanos)
                // User code goes on from here, and may block.
                .publishOn(answers)
                .timeout(Duration.ofNanos(budgetNanos), Mono.error(late.toException()));
    }

    private Content content(Object input) {
        if (input instanceof Content content) {
            return content;
        }
        try {
            return new Content(json.writeValueAsBytes(input), MediaTypes.JSON);
        } catch (JacksonException e) {
            throw new Failure(ErrorCode.FAILED, "The input of the call is no JSON: " + e.getOriginalMessage())
                    .toException();
        }
    }

    private <R> @Nullable R read(String actor, Content answer, Class<R> result) {
        if (result == Content.class) {
            return result.cast(answer);
        }
        if (result == String.class && MediaTypes.isText(answer.mediaType())) {
            return result.cast(new String(answer.bytes(), StandardCharsets.UTF_8));
        }
        try {
            return json.readValue(answer.bytes(), result);
        } catch (JacksonException e) {
            throw new Failure(
                            ErrorCode.FAILED,
                            "What '" + actor + "' answered is no " + result.getSimpleName() + ": "
                                    + e.getOriginalMessage())
                    .toException();
        }
    }
}
