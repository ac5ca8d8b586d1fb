package dev.sluice.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {

    private static final int HEADER = 16;

    @Test
    void believesNoHeaderThatClaimsAHugePicture() throws IOException {
        byte[] picture = png(20, 20);
        claim(picture, 50_000, 50_000);

        assertThatThrownBy(() -> Pictures.read(picture))
                .isInstanceOf(UnreadablePictureException.class)
                .hasMessage("a picture of 50000 x 50000 is too large; at most 100 megapixels are read");
    }

    @Test
    void takesOnlySomePixelsOfALargePicture() throws Exception {
        BufferedImage read = Pictures.read(png(3_000, 4_000));

        assertThat(read.getWidth()).isEqualTo(1_500);
        assertThat(read.getHeight()).isEqualTo(2_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void saysSoOfAnyDamage(long seed) throws IOException {
        Random chance = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] picture = png(20, 20);
            for (int damage = 0; damage < 3; damage++) {
                picture[chance.nextInt(picture.length)] = (byte) chance.nextInt();
            }
            try {
                assertThat(Pictures.read(picture)).isNotNull();
            } catch (UnreadablePictureException e) {
                assertThat(e)
                        .hasMessageMatching("(?s)this is not a picture.*|the picture is damaged.*|a picture of .*");
            }
        }
    }

    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), "png", bytes);
        return bytes.toByteArray();
    }

    /** A PNG's header: 8 bytes of signature, 4 of length, IHDR, width, height, 5 more, a checksum of what follows the length. */
    private static void claim(byte[] png, int width, int height) {
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(HEADER, width).putInt(HEADER + 4, height);
        CRC32 checksum = new CRC32();
        checksum.update(png, HEADER - 4, 17);
        header.putInt(HEADER + 13, (int) checksum.getValue());
    }
}
