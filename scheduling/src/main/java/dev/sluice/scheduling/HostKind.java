package dev.sluice.scheduling;

/** Hosts that are alike, by the name that their owner gives them: a batch takes about as long on each. Not thread-safe. */
final class HostKind {

    private final String name;
    private double pace = 1;

    /** The replicas on such hosts. */
    int members;

    HostKind(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** How many times longer a batch takes here than on the kind that most replicas are of. */
    double pace() {
        return pace;
    }

    void pace(double times) {
        pace = times;
    }
}
