package dev.sluice.examples.preparation;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.examples.onnx.Guess;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Names the best of a classifier's scores, by the file of labels that lies beside its model. */
@Actor(value = "label", idempotent = true, description = "a classifier's scores: the label of the best")
public class Label {

    private final List<String> labels;

    public Label(@Arg("labels") Path labels) throws IOException {
        this.labels = Files.readAllLines(labels);
    }

    public Guess call(float[] scores) {
        if (scores.length != labels.size()) {
            throw new QueryException(
                    ErrorCode.INVALID_INPUT,
                    "There are " + labels.size() + " labels, and " + scores.length + " scores came.");
        }
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return new Guess(labels.get(best), scores[best]);
    }
}
