package dev.sluice.scheduling;

/** The last {@link Decision.WakeAt}, kept because most polls of a waiting scheduler ask to be woken at the same time. */
final class Alarm {

    private Decision.WakeAt last = new Decision.WakeAt(0);

    Decision.WakeAt at(long nanos) {
        if (last.nanos() != nanos) {
            last = new Decision.WakeAt(nanos);
        }
        return last;
    }
}
