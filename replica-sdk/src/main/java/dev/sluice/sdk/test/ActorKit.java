package dev.sluice.sdk.test;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.InvalidActorException;
import dev.sluice.sdk.annotated.AnnotatedActors;
import dev.sluice.sdk.codec.Codecs;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One replica of an actor inside a test: no host, router or frontend, but the codecs, the batches and the thread that the
 * actor has when it is served.
 *
 * <pre>{@code
 * try (ActorKit vadder = ActorKit.of(VectorAdder.class).arg("increment", 3).start()) {
 *     assertThat(vadder.call(39).asInt()).isEqualTo(42);
 *     assertThat(vadder.callAll(List.of(1, 2, 3))).extracting(JsonNode::asInt).containsExactly(4, 5, 6);
 * }
 * }</pre>
 *
 * <p>Inputs are what a caller would send: {@link Content} is a body with a media type, {@code byte[]} a body of {@code
 * application/octet-stream}, everything else is written as JSON. Batches run one at a time, in the order of the calls.
 */
public final class ActorKit implements AutoCloseable {

    private final ActorDescriptor descriptor;
    private final KitReplica replica;

    private ActorKit(ActorDescriptor descriptor, KitReplica replica) {
        this.descriptor = descriptor;
        this.replica = replica;
    }

    /** Prepares an actor from a class with {@link dev.sluice.sdk.Actor}. */
    public static Builder of(Class<?> actor) {
        return new Builder(actor, null);
    }

    /** Prepares an actor of any other kind. */
    public static Builder of(ActorType actor) {
        return new Builder(null, actor);
    }

    /** What the tiers would know of the actor. */
    public ActorDescriptor descriptor() {
        return descriptor;
    }

    /**
     * Calls the default method.
     *
     * @throws QueryException where the query fails
     */
    public JsonNode call(@Nullable Object input) {
        return call(MethodDescriptor.DEFAULT_NAME, input);
    }

    /** As {@link #call(Object)}, of another method. */
    public JsonNode call(String method, @Nullable Object input) {
        return reply(method, input).value();
    }

    /** As {@link #call(Object)}, with the result as a Java value; name the method where the input is a {@code String}. */
    public <R> @Nullable R call(@Nullable Object input, Class<R> type) {
        return call(MethodDescriptor.DEFAULT_NAME, input, type);
    }

    /** As {@link #call(Object, Class)}, of another method. */
    public <R> @Nullable R call(String method, @Nullable Object input, Class<R> type) {
        return reply(method, input).as(type);
    }

    /**
     * Calls the default method with one batch.
     *
     * @throws QueryException of the first query that fails
     */
    public List<JsonNode> callAll(List<?> inputs) {
        return callAll(MethodDescriptor.DEFAULT_NAME, inputs);
    }

    /** As {@link #callAll(List)}, of another method. */
    public List<JsonNode> callAll(String method, List<?> inputs) {
        return replies(method, inputs).stream().map(Reply::value).toList();
    }

    /** Runs one batch, of which some queries may fail; gives a reply for each, in their order. */
    public List<Reply> replies(String method, List<?> inputs) {
        refuseIf(streams(method), method + " streams its results: use stream(...).");
        return replica.run(method, inputs);
    }

    /** Calls a streaming method, once somebody subscribes, and asks it for as much as is asked for here. */
    public Flux<JsonNode> stream(@Nullable Object input) {
        return stream(MethodDescriptor.DEFAULT_NAME, input);
    }

    /** As {@link #stream(Object)}, of another method. */
    public Flux<JsonNode> stream(String method, @Nullable Object input) {
        return replica.stream(method, input).map(Reply::value);
    }

    /** Ends what runs, and closes the actor if it can be closed. */
    @Override
    public void close() {
        replica.close();
    }

    private Reply reply(String method, @Nullable Object input) {
        refuseIf(streams(method), method + " streams its results: use stream(...).");
        return replica.run(method, Collections.singletonList(input)).get(0);
    }

    private boolean streams(String method) {
        return descriptor.method(method).map(MethodDescriptor::streaming).orElse(false);
    }

    private static void refuseIf(boolean wrong, String why) {
        if (wrong) {
            throw new IllegalArgumentException(why);
        }
    }

    /** What an actor is started with. */
    public static final class Builder {

        private final @Nullable Class<?> actorClass;
        private final @Nullable ActorType actorType;
        private final Map<String, String> args = new HashMap<>();
        private Duration timeout = Duration.ofSeconds(30);
        private ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
        private @Nullable JsonMapper json;

        private Builder(@Nullable Class<?> actorClass, @Nullable ActorType actorType) {
            this.actorClass = actorClass;
            this.actorType = actorType;
        }

        /** A constructor argument, as configuration would give it: converted from its text. */
        public Builder arg(String key, Object value) {
            args.put(key, value.toString());
            return this;
        }

        /** How long a call may take before it fails as {@code EXPIRED}; 30 s by default. Streams may take for ever. */
        public Builder timeout(Duration limit) {
            this.timeout = limit;
            return this;
        }

        /** A mapper that knows serializers and modules of the actor's own. */
        public Builder json(JsonMapper mapper) {
            this.json = mapper;
            return this;
        }

        /** The allocator of inputs and results, for tests that look for leaks. */
        public Builder allocator(ByteBufAllocator buffers) {
            this.allocator = buffers;
            return this;
        }

        /**
         * Inspects the actor and creates an instance.
         *
         * @throws InvalidActorException where a host would refuse it
         */
        public ActorKit start() {
            ActorType type = actorType == null ? inspect() : actorType;
            ActorInstance instance = type.create(args);
            JsonMapper mapper = (json == null ? new Codecs(allocator) : new Codecs(allocator, json)).json();
            ActorDescriptor descriptor = type.descriptor();
            return new ActorKit(
                    descriptor, new KitReplica(descriptor.name(), instance, new Wire(allocator, mapper), timeout));
        }

        private ActorType inspect() {
            Class<?> inspected = Objects.requireNonNull(actorClass);
            return (json == null ? new AnnotatedActors(allocator) : new AnnotatedActors(allocator, json)).of(inspected);
        }
    }
}
