package dev.sluice.examples.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.test.ActorKit;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PreparationsTest {

    @TempDir
    private Path folder;

    @Test
    void aFileBecomesARowOfItsEnds() {
        try (ActorKit actor = ActorKit.of(FileBytes.class).start()) {
            JsonNode row = actor.call(Content.text("ab")).path("bytes");
            assertThat(row.size()).isEqualTo(2_048);
            assertThat(row.path(0).asInt()).isEqualTo('a');
            assertThat(row.path(2).asInt()).isEqualTo(256);
            assertThat(row.path(2_047).asInt()).isEqualTo('b');
        }
    }

    @Test
    void aPictureBecomesPlanesBlueFirst() throws IOException {
        BufferedImage image = new BufferedImage(20, 96, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(new Color(255, 0, 0));
        canvas.fillRect(0, 0, 20, 96);
        canvas.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        try (ActorKit actor = ActorKit.of(TextLine.class).start()) {
            JsonNode planes =
                    actor.call(new Content(png.toByteArray(), "image/png")).path("x");
            assertThat(planes.size()).isEqualTo(3);
            assertThat(planes.path(0).size()).isEqualTo(48);
            assertThat(planes.path(0).path(0).size()).isEqualTo(10);
            assertThat(planes.path(0).path(5).path(5).asDouble()).as("blue").isEqualTo(-1);
            assertThat(planes.path(2).path(5).path(5).asDouble()).as("red").isEqualTo(1);
            assertThatThrownBy(() -> actor.call(new Content(new byte[] {1, 2}, "image/png")))
                    .isInstanceOf(QueryException.class)
                    .hasMessage("this is not a picture; send a PNG or a JPEG");
        }
    }

    @Test
    void probabilitiesBecomeText() {
        float[][] steps = {{0, 1, 0, 0}, {0, 1, 0, 0}, {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 1}, {0, 0, 1, 0}};
        try (ActorKit actor = ActorKit.of(LineText.class).start()) {
            assertThat(actor.call(Map.of("probabilities", steps, "alphabet", "a\nb\n"))
                            .asString())
                    .isEqualTo("aa b");
            assertThatThrownBy(() -> actor.call(Map.of("probabilities", steps, "alphabet", "a\n")))
                    .hasMessage("An alphabet of 1 letters has 3 classes, and a step has 4.");
        }
    }

    @Test
    void theBestScoreHasALabel() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "cat\ndog\n");
        try (ActorKit actor = ActorKit.of(Label.class).arg("labels", labels).start()) {
            assertThat(actor.call(new float[] {0.25f, 0.75f}).toString())
                    .isEqualTo("{\"label\":\"dog\",\"probability\":0.75}");
            assertThatThrownBy(() -> actor.call(new float[] {1})).hasMessage("There are 2 labels, and 1 scores came.");
        }
    }

    @Test
    void soundBecomesChunksThatOverlap() throws IOException {
        byte[] samples = new byte[2 * 600];
        for (int i = 0; i < 600; i++) {
            samples[2 * i + 1] = (byte) (i / 16);
        }
        try (ActorKit actor = ActorKit.of(SoundChunks.class).start()) {
            JsonNode chunks = actor.call(wav(samples, 16_000));
            assertThat(chunks.size()).isEqualTo(2);
            assertThat(chunks.path(0).size()).isEqualTo(576);
            assertThat(chunks.path(0).path(63).asDouble())
                    .as("before the start")
                    .isZero();
            assertThat(chunks.path(0).path(64 + 160).asDouble()).isEqualTo(10 * 256 / 32_768.0);
            assertThat(chunks.path(1).path(0)).isEqualTo(chunks.path(0).path(512));
            assertThat(chunks.path(1).path(575).asDouble()).as("after the end").isZero();
            assertThatThrownBy(() -> actor.call(wav(samples, 8_000))).hasMessageContaining("16 kHz are read");
            assertThatThrownBy(() -> actor.call(Content.text("no sound")))
                    .hasMessage("The sound cannot be read: this is no WAV file.");
        }
    }

    private static Content wav(byte[] samples, int rate) throws IOException {
        AudioFormat format = new AudioFormat(rate, 16, 1, true, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / 2),
                AudioFileFormat.Type.WAVE,
                out);
        return new Content(out.toByteArray(), "audio/wav");
    }
}
