package dev.sluice.scheduling;

/** Batch sizes on a half-octave grid: 1, 2, 3, 4, 6, 8, 12, 16, 24, ... Each bucket ends at one of these. */
final class SizeBuckets {

    /** So many buckets hold every int. */
    static final int COUNT = 62;

    private SizeBuckets() {}

    /** The first bucket whose upper size is not less than {@code size}. */
    static int of(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("A batch holds at least one query, not " + size);
        }
        if (size <= 2) {
            return size - 1;
        }
        int octave = 31 - Integer.numberOfLeadingZeros(size - 1);
        return 2 * octave + (size - 1 < (3 << (octave - 1)) ? 0 : 1);
    }

    /** The largest size in the bucket. */
    static int upper(int bucket) {
        if (bucket < 2) {
            return bucket + 1;
        }
        int octave = bucket / 2;
        long upper = bucket % 2 == 0 ? 3L << (octave - 1) : 2L << octave;
        return (int) Math.min(upper, Integer.MAX_VALUE);
    }
}
