package dev.sluice.cli.fleet;

import dev.sluice.cli.output.CommandFailure;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

/** Looks again and again until something holds, and prints what changes meanwhile. */
final class Waiting {

    private static final Duration GLANCE = Duration.ofMillis(250);

    private final PrintWriter talk;
    private final Duration timeout;
    private final Pause pause;

    /** How time passes between two looks; tests let it pass at once. */
    interface Pause {
        void pass(Duration time) throws InterruptedException;
    }

    Waiting(PrintWriter talk, Duration timeout) {
        this(talk, timeout, time -> Thread.sleep(time.toMillis()));
    }

    Waiting(PrintWriter talk, Duration timeout, Pause pause) {
        this.talk = talk;
        this.timeout = timeout;
        this.pause = pause;
    }

    /** Fails with the last thing that was seen where the time is up. */
    void until(Supplier<Progress> look) {
        String said = "";
        for (Duration waited = Duration.ZERO; ; waited = waited.plus(GLANCE)) {
            Progress progress = look.get();
            if (!progress.sentence().equals(said)) {
                said = progress.sentence();
                talk.println(said);
                talk.flush();
            }
            if (progress.isOver()) {
                return;
            }
            if (waited.compareTo(timeout) >= 0) {
                throw new CommandFailure("It did not come to that within " + timeout.toSeconds() + " s.");
            }
            try {
                pause.pass(GLANCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailure("The wait was interrupted.");
            }
        }
    }
}
