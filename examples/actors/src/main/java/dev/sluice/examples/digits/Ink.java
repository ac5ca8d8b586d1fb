package dev.sluice.examples.digits;

import java.util.Arrays;

/**
 * What was drawn, whether dark on light or light on dark.
 *
 * @param values row by row, 0 is paper and 1 the strongest ink
 */
@SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
record Ink(int width, int height, float[] values) {

    private static final float FAINTEST = 0.1f;

    /** The paper is what most of the picture's border shows; what hardly differs from it is paper too. */
    static Ink of(Grey grey) throws UnreadablePictureException {
        float paper = median(border(grey));
        float[] values = grey.values().clone();
        float strongest = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i] - paper);
            strongest = Math.max(strongest, values[i]);
        }
        if (strongest < FAINTEST) {
            throw new UnreadablePictureException("the picture is blank");
        }
        float low = 0.35f * strongest;
        float high = 0.85f * strongest;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(1, Math.max(0, (values[i] - low) / (high - low)));
        }
        Specks.remove(values, grey.width());
        return new Ink(grey.width(), grey.height(), values);
    }

    /** The ink at a point between pixels; outside of the picture there is none. */
    float at(double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float right = (float) (x - left);
        float low = (float) (y - top);
        return (1 - low) * ((1 - right) * pixel(left, top) + right * pixel(left + 1, top))
                + low * ((1 - right) * pixel(left, top + 1) + right * pixel(left + 1, top + 1));
    }

    private float pixel(int x, int y) {
        return x < 0 || y < 0 || x >= width || y >= height ? 0 : values[y * width + x];
    }

    private static float[] border(Grey grey) {
        int width = grey.width();
        int height = grey.height();
        float[] border = new float[2 * (width + height)];
        int next = 0;
        for (int x = 0; x < width; x++) {
            border[next++] = grey.values()[x];
            border[next++] = grey.values()[(height - 1) * width + x];
        }
        for (int y = 0; y < height; y++) {
            border[next++] = grey.values()[y * width];
            border[next++] = grey.values()[y * width + width - 1];
        }
        return border;
    }

    private static float median(float[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
