package dev.sluice.examples.digits.training;

import ai.onnxruntime.OrtException;
import dev.sluice.examples.onnx.Classifier;
import dev.sluice.examples.onnx.Guess;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A trained model as the actor will load it.
 *
 * @param onnx the model
 * @param labels of the columns that it answers
 */
@SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
record DigitModel(byte[] onnx, List<String> labels) {

    /** The share of drawings that it reads right, asked the way the actor asks. */
    double accuracy(List<Drawings.Seen> drawings) throws OrtException {
        try (Classifier classifier = Classifier.of(onnx, labels, 1)) {
            FloatBuffer rows = classifier.floatRows(drawings.size());
            drawings.forEach(drawing -> rows.put(drawing.features()));
            List<Guess> guesses = classifier.classify(rows);
            int right = 0;
            for (int i = 0; i < guesses.size(); i++) {
                right += guesses.get(i).label().equals(String.valueOf(drawings.get(i).digit())) ? 1 : 0;
            }
            return (double) right / guesses.size();
        }
    }
}
