package dev.sluice.examples.digits;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes pictures that strangers send: what their headers claim decides nothing about how much memory is taken. */
public final class Pictures {

    private static final long MOST_PIXELS = 100_000_000;
    private static final long PIXELS_WANTED = 4_000_000;

    private Pictures() {}

    /** The picture; of a very large one, every second, third... pixel. */
    public static BufferedImage read(byte[] bytes) throws UnreadablePictureException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new UnreadablePictureException("this is not a picture; send a PNG or a JPEG");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return read(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) { // the decoders throw both at damaged input
            throw new UnreadablePictureException("the picture is damaged: " + e.getMessage());
        }
    }

    private static BufferedImage read(ImageReader reader) throws IOException, UnreadablePictureException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width * height > MOST_PIXELS) {
            throw new UnreadablePictureException("a picture of " + width + " x " + height + " is too large; at most "
                    + MOST_PIXELS / 1_000_000 + " megapixels are read");
        }
        int step = (int) Math.ceil(Math.sqrt((double) width * height / PIXELS_WANTED));
        ImageReadParam every = reader.getDefaultReadParam();
        every.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, every);
    }
}
