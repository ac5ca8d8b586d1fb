package dev.sluice.cli.platform;

import java.time.Duration;
import java.util.List;

/**
 * Ends processes tier by tier: frontends stop taking queries and answer those they have, then routers, then hosts. What
 * has not ended within the grace is killed.
 */
public final class Drain {

    private final RuntimeDirectory directory;
    private final Duration grace;
    private final Progress progress;

    public Drain(RuntimeDirectory directory, Duration grace, Progress progress) {
        this.directory = directory;
        this.grace = grace;
        this.progress = progress;
    }

    /** True where every process ended by itself. */
    public boolean end(List<ProcessRecord> records) {
        boolean gently = true;
        for (Tier tier : Tier.values()) {
            gently &= endTier(records.stream()
                    .filter(record -> record.tier() == tier)
                    .filter(record -> record.process().alive())
                    .toList());
        }
        records.forEach(record -> directory.remove(record.name()));
        return gently;
    }

    /** Ends them all at once: for a start that failed, where nobody has sent them anything yet. */
    void endTogether(List<ProcessRecord> records) {
        endTier(records.stream().filter(record -> record.process().alive()).toList());
        records.forEach(record -> directory.remove(record.name()));
    }

    private boolean endTier(List<ProcessRecord> records) {
        for (ProcessRecord record : records) {
            progress.changed(record.name(), Progress.State.STOPPING, "");
            record.process().terminate();
        }
        long deadline = System.nanoTime() + grace.toNanos();
        boolean gently = true;
        for (ProcessRecord record : records) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (record.process().awaitEnd(left)) {
                progress.changed(record.name(), Progress.State.STOPPED, "");
            } else {
                gently = false;
                record.process().kill();
                record.process().awaitEnd(grace);
                String words = "did not end within " + grace.toSeconds() + " s";
                progress.changed(record.name(), Progress.State.KILLED, words);
            }
        }
        return gently;
    }
}
