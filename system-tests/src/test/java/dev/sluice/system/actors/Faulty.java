package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import java.util.Arrays;
import java.util.List;

/** Breaks its contract in every way there is; each method waits for company, so that it breaks it for several queries. */
@Actor(value = "faulty", scheduler = "fifo", description = "breaks its contract")
public class Faulty {

    private static final String COMPANY = "300ms";

    @BatchedInput(maxBatchSize = 8, maxWait = COMPANY)
    public int[] throwing(int[] inputs) {
        throw new IllegalStateException("broken on purpose, for " + inputs.length);
    }

    @BatchedInput(maxBatchSize = 8, maxWait = COMPANY)
    public int[] tooFew(int[] inputs) {
        return Arrays.copyOf(inputs, inputs.length - 1);
    }

    @BatchedInput(maxBatchSize = 8, maxWait = COMPANY)
    public int[] tooMany(int[] inputs) {
        return Arrays.copyOf(inputs, inputs.length + 1);
    }

    @BatchedInput(maxBatchSize = 8, maxWait = COMPANY)
    public List<Moody> unwritable(List<Integer> inputs) {
        return inputs.stream().map(Moody::new).toList();
    }

    /** Cannot be written as JSON while its value is negative. */
    public record Moody(int value) {

        @Override
        public int value() {
            if (value < 0) {
                throw new IllegalStateException("a bad mood");
            }
            return value;
        }
    }
}
