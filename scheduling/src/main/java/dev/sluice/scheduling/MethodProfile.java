package dev.sluice.scheduling;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The batch times of one method, a record for each kind of host. The times that plans are made with are those of the kind
 * that most replicas are of. Not thread-safe.
 */
final class MethodProfile {

    private final Map<String, MethodTimes> byKind = new LinkedHashMap<>();
    private final ProbeSlot probes = new ProbeSlot();
    private String leading;
    private String ordinaryKind;
    private MethodTimes ordinary = new MethodTimes();

    MethodProfile(String leading) {
        this.leading = leading;
        this.ordinaryKind = leading;
        byKind.put(leading, ordinary);
    }

    ProbeSlot probes() {
        return probes;
    }

    /** The times on an ordinary replica. */
    MethodTimes ordinary() {
        return ordinary;
    }

    /** The times on such hosts; the ordinary ones while nothing is known of these. */
    MethodTimes on(HostKind kind) {
        MethodTimes own = own(kind.name());
        return own.known() ? own : ordinary;
    }

    /** The record of such hosts, which may be empty. */
    MethodTimes own(HostKind kind) {
        return own(kind.name());
    }

    private MethodTimes own(String kind) {
        if (kind.equals(ordinaryKind)) {
            return ordinary;
        }
        MethodTimes own = byKind.get(kind);
        if (own == null) {
            own = new MethodTimes();
            byKind.put(kind, own);
        }
        return own;
    }

    /** Most replicas are of this kind from now on; what is known of another goes on until something is known of it. */
    void lead(String kind) {
        leading = kind;
        settle();
    }

    /** To be called when something was measured for the first time. */
    void settle() {
        MethodTimes led = byKind.get(leading);
        if (led != null && led.known()) {
            ordinary = led;
            ordinaryKind = leading;
        } else if (!ordinary.known()) {
            byKind.forEach((kind, times) -> {
                if (times.known()) {
                    ordinary = times;
                    ordinaryKind = kind;
                }
            });
        }
    }

    Map<String, MethodTimes> byKind() {
        return byKind;
    }
}
