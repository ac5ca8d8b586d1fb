package dev.sluice.cli.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Waits until all of several processes are ready, and reports each as it gets there. */
final class StartUp {

    static final Duration GLANCE = Duration.ofMillis(100);

    private final Patience patience;
    private final Progress progress;

    StartUp(Patience patience, Progress progress) {
        this.patience = patience;
        this.progress = progress;
    }

    /** Returns when all are ready. Fails with the last words of the first that is not. */
    void await(List<ServiceProcess> processes, BooleanSupplier cancelled) {
        long start = System.nanoTime();
        List<ServiceProcess> pending = new ArrayList<>(processes);
        while (!pending.isEmpty()) {
            if (cancelled.getAsBoolean()) {
                throw new PlatformException("The start was cancelled.");
            }
            for (ServiceProcess process : List.copyOf(pending)) {
                if (look(process, start)) {
                    pending.remove(process);
                }
            }
            if (!pending.isEmpty() && !Pause.of(GLANCE)) {
                throw new PlatformException("The start was interrupted.");
            }
        }
        // One that was ready early may have died since.
        processes.stream().filter(process -> !process.alive()).findFirst().ifPresent(this::died);
    }

    private boolean look(ServiceProcess process, long start) {
        Duration since = Duration.ofNanos(System.nanoTime() - start);
        if (!process.alive()) {
            died(process);
        }
        if (process.ready()) {
            String seconds = String.format(Locale.ROOT, "%.1f s", since.toMillis() / 1000.0);
            progress.changed(process.name(), Progress.State.READY, seconds);
            return true;
        }
        if (since.compareTo(patience.ready()) > 0) {
            progress.changed(process.name(), Progress.State.FAILED, "not ready in time");
            throw new PlatformException(LastWords.late(process, patience.ready()));
        }
        return false;
    }

    private void died(ServiceProcess process) {
        progress.changed(process.name(), Progress.State.FAILED, "died");
        throw new PlatformException(LastWords.died(process));
    }
}
