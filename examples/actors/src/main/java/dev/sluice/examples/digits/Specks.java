package dev.sluice.examples.digits;

import java.util.Arrays;

/** Dust, JPEG noise and the like: patches of ink that are tiny beside the largest one. */
final class Specks {

    private static final double TINY = 0.06;

    private Specks() {}

    static void remove(float[] ink, int width) {
        int[] patch = new int[ink.length];
        double[] weights = new double[16];
        int patches = 0;
        int[] stack = new int[ink.length];
        for (int seed = 0; seed < ink.length; seed++) {
            if (ink[seed] > 0 && patch[seed] == 0) {
                patches++;
                if (patches == weights.length) {
                    weights = Arrays.copyOf(weights, 2 * patches);
                }
                weights[patches] = fill(ink, width, patch, patches, seed, stack);
            }
        }
        double least = TINY * Arrays.stream(weights).max().orElse(0);
        for (int i = 0; i < ink.length; i++) {
            if (weights[patch[i]] < least) {
                ink[i] = 0;
            }
        }
    }

    /** Marks the patch around a pixel, diagonal neighbours included, and weighs it. */
    private static double fill(float[] ink, int width, int[] patch, int number, int seed, int[] stack) {
        int depth = 0;
        stack[depth++] = seed;
        patch[seed] = number;
        double weight = 0;
        while (depth > 0) {
            int at = stack[--depth];
            weight += ink[at];
            int x = at % width;
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    int next = at + dy * width + dx;
                    boolean inside = x + dx >= 0 && x + dx < width && next >= 0 && next < ink.length;
                    if (inside && ink[next] > 0 && patch[next] == 0) {
                        patch[next] = number;
                        stack[depth++] = next;
                    }
                }
            }
        }
        return weight;
    }
}
