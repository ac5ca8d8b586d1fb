package dev.sluice.examples.digits;

import java.awt.image.BufferedImage;

/**
 * What the model is shown of a picture: how strongly the edges in each part of the upright digit point each way. After
 * "Histograms of oriented gradients" (Dalal and Triggs, 2005): 6 x 6 cells, 8 directions, neighbours share, the root of
 * each share, and all at length 1.
 */
public final class DigitFeatures {

    private static final int CELL = 4;
    private static final int CELLS = Upright.SIDE / CELL;
    private static final int DIRECTIONS = 8;

    /** How many numbers describe a picture. */
    public static final int WIDTH = CELLS * CELLS * DIRECTIONS;

    private DigitFeatures() {}

    /** The features of an encoded picture. */
    public static float[] of(byte[] picture) throws UnreadablePictureException {
        return of(Pictures.read(picture));
    }

    public static float[] of(BufferedImage picture) throws UnreadablePictureException {
        return ofUpright(Upright.of(Ink.of(Grey.of(picture))));
    }

    static float[] ofUpright(float[] pixels) {
        float[] features = new float[WIDTH];
        for (int y = 0; y < Upright.SIDE; y++) {
            for (int x = 0; x < Upright.SIDE; x++) {
                float right = pixel(pixels, x + 1, y) - pixel(pixels, x - 1, y);
                float down = pixel(pixels, x, y + 1) - pixel(pixels, x, y - 1);
                float strength = (float) Math.hypot(right, down);
                if (strength > 0) {
                    double turn = Math.atan2(down, right) / (2 * Math.PI) + 1;
                    share(features, x, y, (float) (turn * DIRECTIONS), strength);
                }
            }
        }
        return atLengthOne(features);
    }

    private static void share(float[] features, int x, int y, float direction, float strength) {
        float column = (x + 0.5f) / CELL - 0.5f;
        float row = (y + 0.5f) / CELL - 0.5f;
        int leftColumn = (int) Math.floor(column);
        int topRow = (int) Math.floor(row);
        int before = (int) direction;
        for (int r = topRow; r <= topRow + 1; r++) {
            for (int c = leftColumn; c <= leftColumn + 1; c++) {
                if (r >= 0 && c >= 0 && r < CELLS && c < CELLS) {
                    float near = (1 - Math.abs(row - r)) * (1 - Math.abs(column - c)) * strength;
                    int cell = (r * CELLS + c) * DIRECTIONS;
                    features[cell + before % DIRECTIONS] += near * (1 - (direction - before));
                    features[cell + (before + 1) % DIRECTIONS] += near * (direction - before);
                }
            }
        }
    }

    private static float[] atLengthOne(float[] features) {
        float sum = 0;
        for (float feature : features) {
            sum += feature;
        }
        for (int i = 0; i < features.length; i++) {
            features[i] = sum == 0 ? 0 : (float) Math.sqrt(features[i] / sum);
        }
        return features;
    }

    private static float pixel(float[] pixels, int x, int y) {
        return x < 0 || y < 0 || x >= Upright.SIDE || y >= Upright.SIDE ? 0 : pixels[y * Upright.SIDE + x];
    }
}
