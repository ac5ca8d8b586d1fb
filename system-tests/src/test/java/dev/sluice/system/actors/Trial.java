package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says who answers: of which version it is made, and which of its replicas it is. Some versions of it are broken. */
@Actor(
        value = "trial",
        idempotent = true,
        slo = "30s",
        description = "batched: answers its label, its own name, the input")
public class Trial {

    private static final String IN_START = "start";
    private static final String IN_QUERIES = "queries";

    private final String name = UUID.randomUUID().toString();
    private final String label;
    private final long takesMillis;
    private final String broken;
    private final AtomicBoolean runs = new AtomicBoolean();

    /**
     * @param start what a replica takes to start
     * @param gate folder of the gate that a replica waits for in its start; it waits for none unless that is set
     * @param broken {@value #IN_START} or {@value #IN_QUERIES}; else it is not
     */
    public Trial(
            @Arg(value = "label", defaultValue = "1") String label,
            @Arg(value = "takes", defaultValue = "5ms") Duration takes,
            @Arg(value = "start", defaultValue = "0ms") Duration start,
            @Arg(value = "gate", defaultValue = "") String gate,
            @Arg(value = "broken", defaultValue = "never") String broken)
            throws InterruptedException {
        if (broken.equals(IN_START)) {
            throw new IllegalStateException("broken on purpose, at its start");
        }
        this.label = label;
        this.takesMillis = takes.toMillis();
        this.broken = broken;
        Thread.sleep(start.toMillis());
        if (!gate.isEmpty()) {
            new GateFile(Path.of(gate)).pass();
        }
    }

    @BatchedInput(maxBatchSize = 4)
    public List<Answer> call(int[] inputs) throws InterruptedException {
        if (broken.equals(IN_QUERIES)) {
            throw new IllegalStateException("broken on purpose, in each query");
        }
        if (!runs.compareAndSet(false, true)) {
            throw new IllegalStateException("two batches at once in one replica");
        }
        Thread.sleep(takesMillis);
        runs.set(false);
        return Arrays.stream(inputs)
                .mapToObj(input -> new Answer(label, name, input))
                .toList();
    }

    /** @param name of the one instance that answers */
    public record Answer(String label, String name, int input) {}
}
