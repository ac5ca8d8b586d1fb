package dev.sluice.sdk.host;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.BatchSink;
import dev.sluice.sdk.actor.Example;
import dev.sluice.sdk.actor.Input;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** An actor whose user code is the test's. */
final class ScriptedActor implements ActorType {

    /** What a replica does with a batch; may throw anything. */
    interface Script {
        Disposable run(List<Input> inputs, BatchSink sink) throws Throwable;
    }

    /** Answers each query with its input. */
    static final Script ECHO = (inputs, sink) -> {
        for (int i = 0; i < inputs.size(); i++) {
            sink.result(i, text(text(inputs.get(i))), "text/plain");
        }
        return Disposables.disposed();
    };

    private final String name;
    private final String version;
    private final Script script;
    private final Supplier<Throwable> startFailure;
    private final List<Example> examples;
    private boolean lends;
    private final AtomicInteger closed = new AtomicInteger();

    private ScriptedActor(
            String name, String version, Script script, Supplier<Throwable> startFailure, List<Example> examples) {
        this.examples = examples;
        this.name = name;
        this.version = version;
        this.script = script;
        this.startFailure = startFailure;
    }

    static ScriptedActor of(String name, Script script) {
        return new ScriptedActor(name, "1", script, () -> null, List.of());
    }

    /** As {@link #of}, and its batches let others begin while their results are still to come. */
    static ScriptedActor lending(String name, Script script) {
        ScriptedActor actor = of(name, script);
        actor.lends = true;
        return actor;
    }

    /** One version of several; it starts with what is supplied, which may take its time, and fails with that if it is not null. */
    static ScriptedActor version(String name, String version, Script script, Supplier<Throwable> startFailure) {
        return new ScriptedActor(name, version, script, startFailure, List.of());
    }

    static ScriptedActor failing(String name, Throwable failure) {
        return new ScriptedActor(name, "1", ECHO, () -> failure, List.of());
    }

    /** As {@link #of}, with an input to run each new replica with. */
    static ScriptedActor warmedUp(String name, Script script, String example) {
        byte[] body = example.getBytes(StandardCharsets.UTF_8);
        return new ScriptedActor(name, "1", script, () -> null, List.of(new Example("call", body, "text/plain")));
    }

    /** How many instances were closed. */
    int closed() {
        return closed.get();
    }

    HostedActor hosted(int replicas) {
        return new HostedActor(this, replicas, Map.of());
    }

    static String text(Input input) {
        return input.body().toString(StandardCharsets.UTF_8);
    }

    static ByteBuf text(String text) {
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.buffer();
        bytes.writeCharSequence(text, StandardCharsets.UTF_8);
        return bytes;
    }

    @Override
    public ActorDescriptor descriptor() {
        MethodDescriptor call = new MethodDescriptor("call", true, 8, 0, false, "String", "String");
        return new ActorDescriptor(name, version, false, 1_000, "fifo", "", List.of(call));
    }

    @Override
    public List<Example> examples() {
        return examples;
    }

    @Override
    public ActorInstance create(Map<String, String> args) {
        Throwable failure = startFailure.get();
        if (failure != null) {
            throw ScriptedActor.<RuntimeException>as(failure);
        }
        return instance();
    }

    ActorInstance instance() {
        return new ActorInstance() {
            @Override
            public Disposable run(String method, List<Input> inputs, BatchSink sink) {
                try {
                    return script.run(inputs, sink);
                } catch (Throwable thrown) {
                    throw ScriptedActor.<RuntimeException>as(thrown);
                }
            }

            @Override
            public boolean lends(String method) {
                return lends;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    /** Throws what it is given, checked or not, as code of other compilers may. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T as(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
