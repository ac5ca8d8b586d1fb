package dev.sluice.sdk.annotated;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.ActorNames;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.common.tensor.InferWriter;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.ActorClient;
import dev.sluice.sdk.actor.ActorClients;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.InvalidActorException;
import dev.sluice.sdk.codec.Codecs;
import io.netty.buffer.ByteBufAllocator;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes actor types out of classes with {@link Actor}. Everything that can be told from the class alone is checked here,
 * so that a wrong actor is refused when it is loaded and not at its first query.
 *
 * <p>A method is servable if it has one parameter, is not static, and is as visible as its class: the public ones of a
 * public class; the public and package-private ones of a class that is not public. Inherited methods count, those of
 * {@link Object} do not.
 */
public final class AnnotatedActors {

    /** The SLO of queries of an actor that names none, in milliseconds. */
    public static final long DEFAULT_SLO_MILLIS = 30_000;

    private final MethodInspector methods;
    private final InferWriter answers;
    private final ActorClient client;

    /** @param allocator of the bodies of results */
    public AnnotatedActors(ByteBufAllocator allocator) {
        this(new Codecs(allocator), ActorClients.NONE);
    }

    /** @param client for the actors that call others */
    public AnnotatedActors(ByteBufAllocator allocator, ActorClient client) {
        this(new Codecs(allocator), client);
    }

    /** @param json knows the user's own serializers and modules */
    public AnnotatedActors(ByteBufAllocator allocator, JsonMapper json) {
        this(new Codecs(allocator, json), ActorClients.NONE);
    }

    private AnnotatedActors(Codecs codecs, ActorClient client) {
        this.methods = new MethodInspector(codecs);
        this.answers = new InferWriter(codecs.allocator());
        this.client = client;
    }

    /**
     * The actor that a class describes.
     *
     * @throws InvalidActorException with a sentence that names class and method where it cannot be served
     */
    public ActorType of(Class<?> type) {
        try {
            return inspect(type);
        } catch (LinkageError | TypeNotPresentException missing) {
            throw new InvalidActorException(
                    type.getName() + " cannot be loaded, since something that it needs is missing: " + missing,
                    missing);
        }
    }

    private ActorType inspect(Class<?> type) {
        Actor actor = requireActor(type);
        List<ServableMethod> servable = new ArrayList<>();
        for (Method method : ServableMethods.of(type)) {
            servable.add(methods.inspect(type, method));
        }
        if (servable.isEmpty()) {
            throw new InvalidActorException(type.getSimpleName() + " has no method to serve: give it one with one"
                    + " parameter" + (Modifier.isPublic(type.getModifiers()) ? " that is public" : "")
                    + "; \"call\" is the name of the default.");
        }
        servable.sort(
                Comparator.comparing((ServableMethod method) -> !method.name().equals(MethodDescriptor.DEFAULT_NAME))
                        .thenComparing(ServableMethod::name));
        ActorDescriptor descriptor = describe(type, actor, servable);
        descriptor.methods().forEach(method -> requireTime(type, method, descriptor.sloMillis()));
        return new AnnotatedActor(
                descriptor, ConstructorArgs.of(type), servable, HealthMethod.of(type), client, answers);
    }

    /** A batch that waits for as long as its queries may take answers none of them. */
    private static void requireTime(Class<?> type, MethodDescriptor method, long sloMillis) {
        if (method.maxWaitMicros() >= TimeUnit.MILLISECONDS.toMicros(sloMillis)) {
            refuse(
                    type,
                    "the batches of " + method.name() + " may wait for " + method.maxWaitMicros()
                            + " us, and queries that name no SLO have " + sloMillis
                            + " ms, so they would expire while they wait. Lower maxWait, or raise the slo.");
        }
    }

    private static Actor requireActor(Class<?> type) {
        Actor actor = type.getAnnotation(Actor.class);
        if (actor == null) {
            throw new InvalidActorException(type.getName() + " has no @Actor: it says under which name to publish it.");
        }
        ActorNames.actorProblem(actor.value()).ifPresent(why -> refuse(type, why));
        ActorNames.versionProblem(actor.version()).ifPresent(why -> refuse(type, why));
        shapeProblem(type).ifPresent(why -> refuse(type, why));
        if (!SchedulerNames.ALL.contains(actor.scheduler())) {
            refuse(
                    type,
                    "@Actor(scheduler = \"" + actor.scheduler()
                            + "\") is no scheduler: write fifo (order of arrival) or deadline (the most urgent first).");
        }
        return actor;
    }

    private static Optional<String> shapeProblem(Class<?> type) {
        @Nullable String problem = null;
        if (type.isInterface() || type.isEnum() || Modifier.isAbstract(type.getModifiers())) {
            problem = "An actor is a class that can be instantiated.";
        } else if (type.isAnonymousClass() || type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            problem = "An inner class needs an instance of its outer one: make it static.";
        } else if (type.getTypeParameters().length > 0) {
            problem = "A generic class leaves open what it takes: publish a subclass that says it.";
        }
        return Optional.ofNullable(problem);
    }

    private static ActorDescriptor describe(Class<?> type, Actor actor, List<ServableMethod> methods) {
        return new ActorDescriptor(
                actor.value(),
                actor.version(),
                actor.idempotent(),
                actor.slo().isEmpty() ? DEFAULT_SLO_MILLIS : sloMillis(type, actor.slo()),
                actor.scheduler(),
                actor.description(),
                methods.stream().map(ServableMethod::descriptor).toList());
    }

    private static long sloMillis(Class<?> type, String slo) {
        long millis = TimeUnit.MILLISECONDS.convert(ArgConverter.duration(slo)
                .orElseThrow(() -> new InvalidActorException(type.getSimpleName() + ": @Actor(slo = \"" + slo
                        + "\") is not a duration: write it as 50ms or 2s.")));
        if (millis < 1) {
            refuse(type, "@Actor(slo = \"" + slo + "\") must be at least 1ms.");
        }
        return millis;
    }

    private static void refuse(Class<?> type, String why) {
        throw new InvalidActorException(type.getSimpleName() + ": " + why);
    }
}
