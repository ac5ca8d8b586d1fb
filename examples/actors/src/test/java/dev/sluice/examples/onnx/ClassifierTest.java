package dev.sluice.examples.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.examples.digits.Digits;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassifierTest {

    @Test
    void writesABatchIntoOneDirectBufferOfItsSize() throws Exception {
        try (Classifier digits = Classifier.load(Digits.class, "digits", 1)) {
            FloatBuffer rows = digits.floatRows(5);

            assertThat(rows.isDirect()).isTrue();
            assertThat(rows.remaining()).isEqualTo(5 * digits.width());
            assertThat(digits.classify(rows)).hasSize(5);
            assertThat(digits.classify(digits.floatRows(2))).hasSize(2);
        }
    }

    @Test
    void answersNothingOnceClosed() throws Exception {
        Classifier digits = Classifier.load(Digits.class, "digits", 1);
        digits.close();

        assertThatThrownBy(() -> digits.classify(digits.floatRows(1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesLabelsThatDoNotFitTheModel() throws Exception {
        try (InputStream onnx = Digits.class.getResourceAsStream("digits.onnx")) {
            byte[] model = onnx.readAllBytes();

            assertThatThrownBy(() -> Classifier.of(model, List.of("one", "two"), 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the model answers 10 columns for 2 labels");
        }
    }

    @Test
    void refusesToRunOnNoThread() {
        assertThatThrownBy(() -> Classifier.of(new byte[0], List.of(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads is 1 or more, not 0");
    }

    @Test
    void namesTheFileThatIsMissing() {
        assertThatThrownBy(() -> Classifier.load(Digits.class, "letters", 1))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("letters.onnx");
    }
}
