package dev.sluice.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import dev.sluice.examples.onnx.Guess;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.Result;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DigitsTest {

    private static final List<Result<Integer>> ZERO_TO_NINE =
            IntStream.range(0, 10).mapToObj(Result::ok).toList();

    private Digits digits;

    @BeforeEach
    void load() throws IOException, OrtException {
        digits = new Digits(1, "digits");
    }

    @AfterEach
    void close() throws OrtException {
        digits.close();
    }

    @Test
    void readsTheExamplePicturesInOneBatch() throws Exception {
        assertThat(digits.call(examples())).isEqualTo(ZERO_TO_NINE);
    }

    @Test
    void readsThemByHandwritingAloneToo() throws Exception {
        try (Digits handwriting = new Digits(1, "handwriting")) {
            assertThat(handwriting.call(examples())).isEqualTo(ZERO_TO_NINE);
        }
    }

    @Test
    void namesTheModelsThatThereAre() {
        assertThatThrownBy(() -> new Digits(1, "../digits"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("handwriting")
                .hasMessageContaining("not ../digits");
    }

    @Test
    void readsTheSameInABatchAsOneByOne() throws Exception {
        List<Result<Guess>> alone = new ArrayList<>();
        for (Content picture : examples()) {
            alone.addAll(digits.scored(List.of(picture)));
        }

        List<Result<Guess>> together = digits.scored(examples());

        assertThat(together)
                .usingRecursiveComparison()
                .withComparatorForType(DigitsTest::nearly, Float.class)
                .isEqualTo(alone);
    }

    @Test
    void readsLightOnDark() throws Exception {
        assertThat(digits.call(redrawn("png", BufferedImage.TYPE_INT_RGB, argb -> ~argb)))
                .isEqualTo(ZERO_TO_NINE);
    }

    @Test
    void readsJpegs() throws Exception {
        assertThat(digits.call(redrawn("jpg", BufferedImage.TYPE_INT_RGB, argb -> argb)))
                .isEqualTo(ZERO_TO_NINE);
    }

    @Test
    void readsWhatIsDrawnOnNothing() throws Exception {
        for (int ink : new int[] {0xff000000, 0xffffffff}) {
            IntUnaryOperator inkOnly = argb -> (argb & 0xff0000) < 0x800000 ? ink : 0;

            assertThat(digits.call(redrawn("png", BufferedImage.TYPE_INT_ARGB, inkOnly)))
                    .as("ink %x", ink)
                    .isEqualTo(ZERO_TO_NINE);
        }
    }

    @Test
    void readsSmallPictures() throws Exception {
        List<Content> pictures = new ArrayList<>();
        for (Content example : examples()) {
            pictures.add(resized(example, 22));
        }

        assertThat(digits.call(pictures)).isEqualTo(ZERO_TO_NINE);
    }

    @Test
    void readsLargePictures() throws Exception {
        assertThat(digits.call(List.of(
                        resized(examples().get(8), 700), resized(examples().get(7), 2_200))))
                .isEqualTo(List.of(Result.ok(8), Result.ok(7)));
    }

    @Test
    void failsAPictureThatItCannotReadAlone() throws Exception {
        List<Content> pictures = new ArrayList<>(examples());
        byte[] broken = pictures.get(0).bytes().clone();
        pictures.set(3, new Content("no picture".getBytes(StandardCharsets.UTF_8), "image/png"));
        pictures.set(5, new Content(Arrays.copyOf(broken, 60), "image/png"));
        pictures.set(7, blank());

        List<Result<Integer>> results = digits.call(pictures);

        assertThat(results.get(3)).isEqualTo(Result.failed("this is not a picture; send a PNG or a JPEG"));
        assertThat(results.get(5))
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.message()).startsWith("the picture is damaged"));
        assertThat(results.get(7)).isEqualTo(Result.failed("the picture is blank"));
        for (int other : new int[] {0, 1, 2, 4, 6, 8, 9}) {
            assertThat(results.get(other)).isEqualTo(Result.ok(other));
        }
    }

    @Test
    void answersABatchInWhichNothingCanBeRead() throws Exception {
        Content nothing = new Content(new byte[0], "image/png");

        assertThat(digits.call(List.of(nothing, blank())))
                .containsExactly(
                        Result.failed("this is not a picture; send a PNG or a JPEG"),
                        Result.failed("the picture is blank"));
    }

    private static List<Content> examples() throws IOException {
        List<Content> pictures = new ArrayList<>();
        for (int digit = 0; digit <= 9; digit++) {
            byte[] png = Files.readAllBytes(Path.of("../pictures/digit-" + digit + ".png"));
            pictures.add(new Content(png, "image/png"));
        }
        return pictures;
    }

    private static List<Content> redrawn(String format, int type, IntUnaryOperator colour) throws IOException {
        List<Content> pictures = new ArrayList<>();
        for (Content example : examples()) {
            BufferedImage from = ImageIO.read(new ByteArrayInputStream(example.bytes()));
            BufferedImage to = new BufferedImage(from.getWidth(), from.getHeight(), type);
            for (int y = 0; y < from.getHeight(); y++) {
                for (int x = 0; x < from.getWidth(); x++) {
                    to.setRGB(x, y, colour.applyAsInt(from.getRGB(x, y)));
                }
            }
            pictures.add(encoded(to, format));
        }
        return pictures;
    }

    private static Content resized(Content picture, int width) throws IOException {
        BufferedImage from = ImageIO.read(new ByteArrayInputStream(picture.bytes()));
        int height = width * from.getHeight() / from.getWidth();
        BufferedImage to = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = to.createGraphics();
        graphics.drawImage(from.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        return encoded(to, "png");
    }

    private static Content blank() throws IOException {
        return encoded(new BufferedImage(30, 30, BufferedImage.TYPE_BYTE_GRAY), "png");
    }

    private static Content encoded(BufferedImage picture, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, bytes)).isTrue();
        return new Content(bytes.toByteArray(), "image/" + format);
    }

    private static int nearly(float one, float other) {
        return Math.abs(one - other) < 1e-4 ? 0 : Float.compare(one, other);
    }
}
