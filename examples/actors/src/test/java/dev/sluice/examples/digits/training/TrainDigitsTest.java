package dev.sluice.examples.digits.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainDigitsTest {

    private static final Distortion DISTORTION = new Distortion(0.06, 15, 0.3);

    @Test
    void refusesAModelThatLearntTooLittle() throws Exception {
        DigitModel model = DigitTrainer.train(Drawings.draw(Hands.pens(), DISTORTION, 10, 1));

        assertThatThrownBy(() -> TrainDigits.examine(model, Map.of("pens", Hands.unseenPens()), 100, line -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the digit recogniser reads fewer than 95 % of drawings by pens");
    }

    @Test
    void trainsTheSameModelFromTheSameDrawings() throws Exception {
        List<Drawings.Seen> lessons = Drawings.draw(Hands.toLearnFrom(), DISTORTION, 200, 1);
        List<Drawings.Seen> again = Drawings.draw(Hands.toLearnFrom(), DISTORTION, 200, 1);

        assertThat(DigitTrainer.train(again).onnx())
                .isEqualTo(DigitTrainer.train(lessons).onnx());
    }

    @Test
    void noticesThatAClassHasChanged(@TempDir Path classes) throws Exception {
        Path drawing = Files.writeString(classes.resolve("Drawing.class"), "before");
        Files.writeString(classes.resolve("digits.onnx"), "a model");
        String before = Fingerprint.of(classes);

        Files.writeString(classes.resolve("digits.onnx"), "another model");
        assertThat(Fingerprint.of(classes)).isEqualTo(before);

        Files.writeString(drawing, "after");
        assertThat(Fingerprint.of(classes)).isNotEqualTo(before);
    }
}
