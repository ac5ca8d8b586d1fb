package dev.sluice.examples.preparation;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.Actor;
import java.util.List;

/**
 * Reads what a text recogniser such as ppocr-rec gives: for each step along the line the probability of each class. Class 0 is nothing,
 * then comes the alphabet, and last a space; what is said in several steps in a row counts once.
 */
@Actor(value = "line-text", idempotent = true, description = "a text recogniser's probabilities and alphabet: the text")
public class LineText {

    /**
     * @param probabilities a row for each step
     * @param alphabet a letter a line, as the model's metadata has it
     */
    @SuppressWarnings("ArrayRecordComponent") // read once
    public record Recognised(float[][] probabilities, String alphabet) {}

    public String call(Recognised line) {
        List<String> letters = line.alphabet().lines().toList();
        StringBuilder text = new StringBuilder();
        int before = 0;
        for (float[] step : line.probabilities()) {
            if (step.length != letters.size() + 2) {
                throw new QueryException(
                        ErrorCode.INVALID_INPUT,
                        "An alphabet of " + letters.size() + " letters has " + (letters.size() + 2)
                                + " classes, and a step has " + step.length + ".");
            }
            int best = best(step);
            if (best != 0 && best != before) {
                text.append(best <= letters.size() ? letters.get(best - 1) : " ");
            }
            before = best;
        }
        return text.toString();
    }

    private static int best(float[] step) {
        int best = 0;
        for (int i = 1; i < step.length; i++) {
            best = step[i] > step[best] ? i : best;
        }
        return best;
    }
}
