package dev.sluice.examples.digits;

import ai.onnxruntime.OrtException;
import dev.sluice.examples.onnx.Classifier;
import dev.sluice.examples.onnx.Guess;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.Result;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the digit in a picture: a PNG or JPEG of any size with one digit, dark on light or light on dark. A picture that
 * cannot be read fails alone; the others of its batch go through the model as one tensor.
 */
@Actor(value = "digits", idempotent = true, description = "a picture of a digit: 0 to 9; scored: with its probability")
public class Digits implements AutoCloseable {

    /** What the build has trained: one by print and handwriting, one by handwriting alone. */
    private static final Set<String> MODELS = Set.of("digits", "handwriting");

    private final Classifier model;

    public Digits(
            @Arg(value = "threads", defaultValue = "1") int threads,
            @Arg(value = "model", defaultValue = "digits") String model)
            throws IOException, OrtException {
        if (!MODELS.contains(model)) {
            throw new IllegalArgumentException("model is one of " + MODELS + ", not " + model);
        }
        this.model = Classifier.load(Digits.class, model, threads);
    }

    @BatchedInput(maxBatchSize = 64)
    public List<Result<Integer>> call(List<Content> pictures) throws OrtException {
        return read(pictures, guess -> Integer.valueOf(guess.label()));
    }

    @BatchedInput(maxBatchSize = 64)
    public List<Result<Guess>> scored(List<Content> pictures) throws OrtException {
        return read(pictures, guess -> guess);
    }

    @Override
    public void close() throws OrtException {
        model.close();
    }

    private <R> List<Result<R>> read(List<Content> pictures, Function<Guess, R> answer) throws OrtException {
        List<Seen> seen = pictures.stream().map(Digits::see).toList();
        int readable = (int) seen.stream().filter(Features.class::isInstance).count();
        FloatBuffer rows = model.floatRows(readable);
        for (Seen picture : seen) {
            if (picture instanceof Features features) {
                rows.put(features.values());
            }
        }
        Iterator<Guess> guesses = readable == 0
                ? List.<Guess>of().iterator()
                : model.classify(rows).iterator();
        List<Result<R>> results = new ArrayList<>(pictures.size());
        for (Seen picture : seen) {
            results.add(
                    picture instanceof Unreadable unreadable
                            ? Result.failed(unreadable.why())
                            : Result.ok(answer.apply(guesses.next())));
        }
        return results;
    }

    private static Seen see(Content picture) {
        try {
            return new Features(DigitFeatures.of(picture.bytes()));
        } catch (UnreadablePictureException e) {
            return new Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private sealed interface Seen {}

    @SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
    private record Features(float[] values) implements Seen {}

    private record Unreadable(String why) implements Seen {}
}
