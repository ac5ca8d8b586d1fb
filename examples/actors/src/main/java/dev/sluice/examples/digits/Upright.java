package dev.sluice.examples.digits;

/** Brings ink to one size, place and slant, so that the model need not learn those. */
final class Upright {

    /** Pixels along each side of the result. */
    static final int SIDE = 24;

    private static final double DIGIT = 20;
    private static final double STEEPEST = 0.7;
    private static final float VISIBLE = 0.2f;
    private static final int MOST_SAMPLES = 8;

    private Upright() {}

    /** The digit, {@link #SIDE} by {@link #SIDE}, row by row, in the middle. */
    static float[] of(Ink ink) {
        double centreY = centreY(ink);
        double slant = slant(ink, centreY);
        double left = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (int y = 0; y < ink.height(); y++) {
            for (int x = 0; x < ink.width(); x++) {
                if (ink.values()[y * ink.width() + x] >= VISIBLE) {
                    double straight = x - slant * (y - centreY);
                    left = Math.min(left, straight);
                    right = Math.max(right, straight);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y);
                }
            }
        }
        double pixel = Math.max(right - left + 1, bottom - top + 1) / DIGIT;
        return sample(ink, (left + right) / 2, (top + bottom) / 2, pixel, slant, centreY);
    }

    private static float[] sample(Ink ink, double midX, double midY, double pixel, double slant, double centreY) {
        int samples = (int) Math.min(MOST_SAMPLES, Math.max(2, Math.ceil(pixel)));
        float[] upright = new float[SIDE * SIDE];
        for (int row = 0; row < SIDE * samples; row++) {
            double y = midY + ((row + 0.5) / samples - SIDE / 2.0) * pixel;
            double lean = slant * (y - centreY);
            for (int column = 0; column < SIDE * samples; column++) {
                double x = midX + ((column + 0.5) / samples - SIDE / 2.0) * pixel + lean;
                upright[row / samples * SIDE + column / samples] += ink.at(x, y) / (samples * samples);
            }
        }
        return upright;
    }

    private static double centreY(Ink ink) {
        double weight = 0;
        double sum = 0;
        for (int i = 0; i < ink.values().length; i++) {
            weight += ink.values()[i];
            sum += ink.values()[i] * (i / ink.width());
        }
        return sum / weight;
    }

    /** How far ink moves right for each pixel down: the slope of the line that fits x to y best. */
    private static double slant(Ink ink, double centreY) {
        double weight = 0;
        double spread = 0;
        double shared = 0;
        for (int i = 0; i < ink.values().length; i++) {
            double x = i % ink.width();
            double y = i / ink.width() - centreY;
            weight += ink.values()[i];
            spread += ink.values()[i] * y * y;
            shared += ink.values()[i] * y * x;
        }
        double slant = spread < 1e-6 * weight ? 0 : shared / spread;
        return Math.min(STEEPEST, Math.max(-STEEPEST, slant));
    }
}
