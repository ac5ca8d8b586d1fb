package dev.sluice.examples.digits;

import java.awt.image.BufferedImage;

/**
 * A picture in shades of grey, at most {@value #LONGEST} pixels long.
 *
 * @param values row by row, 0 is black and 1 is white
 */
@SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
record Grey(int width, int height, float[] values) {

    private static final int LONGEST = 384;

    /** Shrinks by averaging blocks of pixels; behind transparent pixels lies whatever contrasts with the others. */
    static Grey of(BufferedImage picture) {
        int block = (Math.max(picture.getWidth(), picture.getHeight()) + LONGEST - 1) / LONGEST;
        int width = (picture.getWidth() + block - 1) / block;
        int height = (picture.getHeight() + block - 1) / block;
        float[] light = new float[width * height];
        float[] opacity = new float[width * height];
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int argb = picture.getRGB(x, y);
                float alpha = (argb >>> 24) / 255f;
                int at = y / block * width + x / block;
                light[at] += alpha * brightness(argb);
                opacity[at] += alpha;
            }
        }
        float behind = sum(light) > 0.5f * sum(opacity) ? 0 : 1;
        for (int y = 0; y < height; y++) {
            int rows = Math.min(block, picture.getHeight() - y * block);
            for (int x = 0; x < width; x++) {
                float pixels = rows * Math.min(block, picture.getWidth() - x * block);
                int at = y * width + x;
                light[at] = (light[at] + (pixels - opacity[at]) * behind) / pixels;
            }
        }
        return new Grey(width, height, light);
    }

    private static float brightness(int rgb) {
        return (0.299f * (rgb >> 16 & 0xff) + 0.587f * (rgb >> 8 & 0xff) + 0.114f * (rgb & 0xff)) / 255;
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}
