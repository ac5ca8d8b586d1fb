package dev.sluice.common.placement;

/** Mixes the bits of a number as SplitMix64 does (Steele, Lea and Flood, 2014): numbers that are alike come out unlike. */
public final class SplitMix {

    /** Between two numbers that follow each other. */
    public static final long GAMMA = 0x9E3779B97F4A7C15L;

    private SplitMix() {}

    public static long mixed(long number) {
        long x = number;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
