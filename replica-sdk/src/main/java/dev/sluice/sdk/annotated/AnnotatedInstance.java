package dev.sluice.sdk.annotated;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.tensor.InferWriter;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.BatchSink;
import dev.sluice.sdk.actor.Input;
import dev.sluice.sdk.tensor.TensorModel;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** One replica of an annotated class. */
final class AnnotatedInstance implements ActorInstance {

    static final Logger log = LoggerFactory.getLogger(AnnotatedInstance.class);

    private static final int FEW_KEPT = 8;

    private final ActorDescriptor descriptor;
    private final Object instance;
    private final @Nullable MethodHandle health;
    private final Continuation continuation;
    private final Map<String, MethodCall> calls = new HashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private final Set<String> lending;

    /** The batches that may be open: one, and those that wait for other actors. Changed on the replica's thread. */
    private final Set<Disposable> running = ConcurrentHashMap.newKeySet();

    private final InferWriter answers;
    private int mostKept = FEW_KEPT;

    /**
     * @param callsOthers whether it was given a client
     * @param answers writes what is answered to those who ask with tensors
     */
    AnnotatedInstance(
            ActorDescriptor descriptor,
            List<ServableMethod> methods,
            @Nullable MethodHandle health,
            Object instance,
            boolean callsOthers,
            InferWriter answers) {
        this.answers = answers;
        this.descriptor = descriptor;
        this.instance = instance;
        this.health = health == null ? null : health.bindTo(instance);
        this.continuation =
                new Continuation(descriptor.name(), instance.getClass().getClassLoader());
        this.lending = methods.stream()
                .filter(method -> callsOthers && method.delivery().comesLater())
                .map(ServableMethod::name)
                .collect(Collectors.toUnmodifiableSet());
        for (ServableMethod method : methods) {
            calls.put(method.name(), call(method));
        }
    }

    private MethodCall call(ServableMethod method) {
        MethodHandle bound = method.handle().bindTo(instance);
        String name = method.name().equals(MethodDescriptor.DEFAULT_NAME)
                ? descriptor.name()
                : descriptor.name() + ":" + method.name();
        TensorModel model = new TensorModel(name, descriptor.version(), answers);
        return method.column() == null
                ? new ScalarCall(method, bound, continuation, model)
                : new BatchedCall(
                        method,
                        method.column(),
                        bound,
                        continuation,
                        descriptor.idempotent(),
                        maxBatchSize(method),
                        model);
    }

    /** As configuration has it. */
    private int maxBatchSize(ServableMethod method) {
        return descriptor.method(method.name()).orElse(method.descriptor()).maxBatchSize();
    }

    @Override
    public Disposable run(String method, List<Input> inputs, BatchSink sink) {
        OpenQueries open = new OpenQueries(inputs.size(), sink);
        MethodCall call = calls.get(method);
        if (call == null) {
            open.failAll(new Failure(
                    ErrorCode.NOT_FOUND, "The actor " + descriptor.name() + " has no method \"" + method + "\"."));
            return Disposables.disposed();
        }
        if (inputs.isEmpty()) {
            return Disposables.disposed();
        }
        ClassLoader before = UserClassLoader.enter(instance.getClass());
        try {
            Disposable batch = UserClassLoader.around(instance.getClass(), call.run(inputs, open));
            keep(batch);
            return batch;
        } catch (RuntimeException | Error thrown) { // no memory, most likely: no query is to hang for it
            log.error("A batch of {}.{} could not be run.", descriptor.name(), method, thrown);
            open.failAll(UserFailure.of(thrown, descriptor.name() + "." + method));
            return Disposables.disposed();
        } finally {
            UserClassLoader.leave(before);
        }
    }

    /** Looks for those that have ended only when there are twice as many as were left the last time: there may be thousands. */
    private void keep(Disposable batch) {
        if (running.size() >= mostKept) {
            running.removeIf(Disposable::isDisposed);
            mostKept = Math.max(FEW_KEPT, 2 * running.size());
        }
        if (!batch.isDisposed()) {
            running.add(batch);
        }
    }

    @Override
    public boolean lends(String method) {
        return lending.contains(method);
    }

    @Override
    public void check() throws Exception {
        MethodHandle check = health;
        if (check == null) {
            return;
        }
        ClassLoader before = UserClassLoader.enter(instance.getClass());
        try {
            if (Boolean.FALSE.equals(check.invoke())) {
                throw new IllegalStateException("it says that it cannot serve");
            }
        } catch (Exception e) {
            throw e;
        } catch (Throwable e) { // user code throws what it likes
            throw new IllegalStateException(UserFailure.describe(e), e);
        } finally {
            UserClassLoader.leave(before);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        running.forEach(Disposable::dispose);
        continuation.close();
        if (instance instanceof AutoCloseable closeable) {
            ClassLoader before = UserClassLoader.enter(instance.getClass());
            try {
                closeable.close();
            } catch (Exception | Error thrown) { // nobody waits for it, and other replicas are to close as well
                log.warn("Closing the actor {} threw.", descriptor.name(), thrown);
            } finally {
                UserClassLoader.leave(before);
            }
        }
    }
}
