package dev.sluice.examples.preparation;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.examples.digits.Pictures;
import dev.sluice.examples.digits.UnreadablePictureException;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Content;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Makes of a picture of a line of text what the model ppocr-rec takes: 48 pixels high, three planes, blue first, from -1 to 1. */
@Actor(value = "text-line", idempotent = true, description = "a picture of a line of text, as ppocr-rec takes it")
public class TextLine {

    private static final int HEIGHT = 48;
    private static final int WIDEST = 4_800;
    private static final int PLANES = 3;

    /** The model's inputs by name. */
    @SuppressWarnings("ArrayRecordComponent") // written once
    public record Planes(float[][][] x) {}

    public Planes call(Content picture) {
        BufferedImage image = scaled(read(picture.bytes()));
        float[][][] planes = new float[PLANES][HEIGHT][image.getWidth()];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                for (int plane = 0; plane < PLANES; plane++) {
                    planes[plane][y][x] = ((rgb >> 8 * plane & 0xFF) / 255f - 0.5f) / 0.5f;
                }
            }
        }
        return new Planes(planes);
    }

    private static BufferedImage read(byte[] picture) {
        try {
            return Pictures.read(picture);
        } catch (UnreadablePictureException e) {
            throw new QueryException(ErrorCode.INVALID_INPUT, String.valueOf(e.getMessage()));
        }
    }

    private static BufferedImage scaled(BufferedImage picture) {
        double ratio = (double) picture.getWidth() / picture.getHeight();
        int width = (int) Math.ceil(Math.min(WIDEST, HEIGHT * ratio));
        BufferedImage image = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        canvas.drawImage(picture, 0, 0, width, HEIGHT, null);
        canvas.dispose();
        return image;
    }
}
