package dev.sluice.scheduling;

/** Which SLOs are queued together: a geometric grid over the time from arrival to deadline, two classes per octave. */
final class SloClass {

    static final int COUNT = 128;

    private SloClass() {}

    /** @param budgetNanos from arrival to deadline; what is not positive belongs to the first class */
    static int of(long budgetNanos) {
        if (budgetNanos < 2) {
            return 0;
        }
        int octave = 63 - Long.numberOfLeadingZeros(budgetNanos);
        return 2 * octave + (int) (budgetNanos >>> (octave - 1) & 1);
    }
}
