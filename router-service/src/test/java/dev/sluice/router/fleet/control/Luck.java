package dev.sluice.router.fleet.control;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What happens and how long it takes, in one schedule: badly at first, and well when the faults are over. */
final class Luck implements SimulatedHost.Fates {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Random random;
    private final double startFailures;
    private final double lost;
    private boolean turned;

    Luck(Random random) {
        this.random = random;
        this.startFailures = random.nextInt(3) * 0.1;
        this.lost = random.nextInt(3) * 0.1;
    }

    /** From here on nothing goes wrong any more. */
    void turn() {
        turned = true;
    }

    boolean isBad() {
        return !turned;
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** In nanoseconds. */
    long upTo(int millis) {
        return random.nextInt(millis) * MILLI;
    }

    /** How long something is under way. */
    long delayNanos() {
        return turned ? upTo(50) : upTo(random.nextInt(5) == 0 ? 1_800 : 200);
    }

    boolean losesAPlacement() {
        return !turned && happens(lost);
    }

    @Override
    public long startNanos() {
        return !turned && random.nextInt(10) == 0 ? upTo(8_000) : upTo(800);
    }

    @Override
    public boolean startFails() {
        return !turned && happens(startFailures);
    }

    @Override
    public long endNanos() {
        return !turned && random.nextInt(10) == 0 ? upTo(5_000) : upTo(600);
    }
}
