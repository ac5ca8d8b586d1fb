package dev.sluice.host.onnx.actor;

import ai.onnxruntime.OrtException;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.common.tensor.InferWriter;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.host.onnx.batch.Stacks;
import dev.sluice.host.onnx.session.RunStop;
import dev.sluice.host.onnx.session.RuntimeErrors;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.BatchSink;
import dev.sluice.sdk.actor.Input;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** One replica of a model. Replicas of a version on one host share its memory. */
final class OnnxInstance implements ActorInstance {

    private static final Logger log = LoggerFactory.getLogger(OnnxInstance.class);

    private final String name;
    private final String version;
    private final ModelVersion.Hold hold;
    private final ModelContext context;
    private final InferWriter writer;
    private final Stacks stacks;

    /** @param hold closed with this */
    OnnxInstance(String name, String version, ModelVersion.Hold hold, ModelContext context) {
        this.name = name;
        this.version = version;
        this.hold = hold;
        this.context = context;
        this.writer = new InferWriter(context.allocator());
        this.stacks = new Stacks(context.allocator());
    }

    @Override
    public Disposable run(String method, List<Input> inputs, BatchSink sink) {
        Outcomes outcomes = new Outcomes(inputs.size(), sink);
        try {
            LoadedModel model = hold.current();
            try {
                run(method, inputs, model, outcomes);
            } finally {
                model.release();
            }
        } catch (RuntimeException | Error e) { // no memory, most likely: no query is to hang for it
            log.error("A batch of the model {} could not be run.", name, e);
            outcomes.failRest(new Failure(ErrorCode.FAILED, "The model could not be run: " + e));
        }
        return Disposables.disposed();
    }

    private void run(String method, List<Input> inputs, LoadedModel model, Outcomes outcomes) {
        switch (method) {
            case ModelMethods.CALL -> call(inputs, model, outcomes);
            case ModelMethods.METADATA -> {
                for (int i = 0; i < inputs.size(); i++) {
                    outcomes.result(i, ModelMetadata.of(name, version, model, context.allocator()));
                }
            }
            default ->
                outcomes.failRest(
                        new Failure(ErrorCode.NOT_FOUND, "The model " + name + " has no method \"" + method + "\"."));
        }
    }

    private void call(List<Input> inputs, LoadedModel model, Outcomes outcomes) {
        List<ModelQuery> queries = new ArrayList<>(inputs.size());
        try {
            QueryReader reader = new QueryReader(model, context);
            for (int i = 0; i < inputs.size(); i++) {
                try {
                    queries.add(reader.read(i, inputs.get(i)));
                } catch (QueryException e) {
                    outcomes.fail(i, e.failure());
                }
            }
            compute(Groups.of(queries, model), model, outcomes);
        } finally {
            queries.forEach(ModelQuery::release);
        }
    }

    private void compute(List<List<ModelQuery>> groups, LoadedModel model, Outcomes outcomes) {
        // Only this one is interrupted where nobody waits any more.
        Thread replica = Thread.currentThread();
        boolean unwanted;
        try (RunStop stop = new RunStop()) {
            GroupRun run = new GroupRun(model, stacks, stop);
            IntConsumer work = part -> {
                if (Thread.currentThread() == replica && Thread.interrupted()) {
                    stop.stop();
                }
                if (!stop.isStopped()) {
                    compute(groups.get(part), run, outcomes, stop);
                }
            };
            Interrupts.Watch watch = context.threads().interrupts().watch(replica, stop);
            try {
                SideBySide.run(
                        groups.size(),
                        model.division().threads(),
                        context.threads().helpers(),
                        work,
                        stop::stop);
            } finally {
                watch.end();
            }
            unwanted = stop.isStopped();
        } catch (OrtException e) {
            throw new IllegalStateException("no run can be prepared: " + RuntimeErrors.plain(e), e);
        }
        if (unwanted) {
            outcomes.failRest(new Failure(ErrorCode.CANCELLED, "Nobody waits for this batch any more."));
        }
    }

    /** Where a batch fails each of its queries is run alone, so that only those fail that would have anyway. */
    private void compute(List<ModelQuery> group, GroupRun run, Outcomes outcomes, RunStop stop) {
        boolean divided;
        try {
            divided = run.run(group, (query, outputs) -> answer(query, outputs, outcomes));
        } catch (OrtException e) {
            if (stop.isStopped()) {
                return;
            }
            if (group.size() == 1) {
                outcomes.fail(group.get(0).index(), RuntimeErrors.failure(e));
                return;
            }
            divided = false;
        } catch (RuntimeException | OutOfMemoryError e) { // too much at once, most likely
            if (group.size() == 1) {
                log.error("A query of the model {} could not be run.", name, e);
                outcomes.fail(group.get(0).index(), new Failure(ErrorCode.FAILED, "The model could not be run: " + e));
                return;
            }
            divided = false;
        }
        if (!divided) {
            for (ModelQuery query : group) {
                if (!stop.isStopped() && !outcomes.isEnded(query.index())) {
                    compute(List.of(query), run, outcomes, stop);
                }
            }
        }
    }

    private void answer(ModelQuery query, List<Tensor> outputs, Outcomes outcomes) {
        try {
            outcomes.result(query.index(), writer.write(query.request(), name, version, outputs));
        } catch (QueryException e) {
            outcomes.fail(query.index(), e.failure());
        }
    }

    @Override
    public void close() {
        hold.close();
    }

    /** Ends each query once. Thread-safe. */
    private static final class Outcomes {
        private final BatchSink sink;
        private final BitSet ended = new BitSet();
        private final int size;

        Outcomes(int size, BatchSink sink) {
            this.size = size;
            this.sink = sink;
        }

        synchronized void result(int index, InferResult result) {
            ended.set(index);
            sink.result(index, result.body(), result.mediaType());
        }

        synchronized void fail(int index, Failure failure) {
            if (!ended.get(index)) {
                ended.set(index);
                sink.fail(index, failure);
            }
        }

        synchronized boolean isEnded(int index) {
            return ended.get(index);
        }

        synchronized void failRest(Failure failure) {
            for (int i = ended.nextClearBit(0); i < size; i = ended.nextClearBit(i)) {
                fail(i, failure);
            }
        }
    }
}
