package dev.sluice.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class InkTest {

    @Test
    void isTheSameForDarkOnLightAndLightOnDark() throws UnreadablePictureException {
        assertThat(ink(Color.WHITE, Color.BLACK).values())
                .isEqualTo(ink(Color.BLACK, Color.WHITE).values());
    }

    @Test
    void leavesSpecksOut() throws UnreadablePictureException {
        BufferedImage picture = bar(Color.WHITE, Color.BLACK);
        picture.setRGB(2, 2, 0);

        assertThat(Ink.of(Grey.of(picture)).at(2, 2)).isZero();
        assertThat(Ink.of(Grey.of(picture)).at(15, 15)).isEqualTo(1);
    }

    @Test
    void sharesBetweenPixelsAndEndsAtTheEdge() throws UnreadablePictureException {
        Ink ink = ink(Color.WHITE, Color.BLACK);

        assertThat(ink.at(11.5, 15)).isEqualTo(0.5f);
        assertThat(ink.at(-5, 15)).isZero();
        assertThat(ink.at(15, 1_000)).isZero();
    }

    @Test
    void refusesAPictureWithTooLittleContrast() {
        assertThatThrownBy(() -> ink(new Color(200, 200, 200), new Color(190, 190, 190)))
                .isInstanceOf(UnreadablePictureException.class)
                .hasMessage("the picture is blank");
    }

    private static Ink ink(Color paper, Color ink) throws UnreadablePictureException {
        return Ink.of(Grey.of(bar(paper, ink)));
    }

    /** Ink in columns 12 to 17 of rows 5 to 24. */
    private static BufferedImage bar(Color paper, Color ink) {
        BufferedImage picture = new BufferedImage(30, 30, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 30; x++) {
                boolean inside = x >= 12 && x < 18 && y >= 5 && y < 25;
                picture.setRGB(x, y, (inside ? ink : paper).getRGB());
            }
        }
        return picture;
    }
}
