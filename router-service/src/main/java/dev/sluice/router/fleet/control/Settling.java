package dev.sluice.router.fleet.control;

/**
 * Until when a router that has just started takes no host for lost. Hosts that live link within a lease. On a machine that has much to do some
 * take longer; where a fleet was running, a second one of what they have would be placed, and ended as soon as they come.
 */
final class Settling {

    /** A fleet whose hosts come and go all the time is looked after as well. */
    private static final int MOST_LEASES = 4;

    private final long start;
    private final long leaseNanos;
    private long from;
    private int occupied;
    private long firstOccupied;

    /** @param start monotonic, in nanoseconds, as every other moment */
    Settling(long start, long leaseNanos) {
        this.start = start;
        this.leaseNanos = leaseNanos;
        this.from = start + leaseNanos;
    }

    /** Whether hosts had the time to say which routers live. */
    boolean knowsRouters(long now) {
        return now - start >= leaseNanos;
    }

    /**
     * Whether a lease has passed since the last host came that runs what routers have placed. It is over, too, while no host has come at
     * all, and begins with the first: hosts that are late are late together.
     *
     * @param occupiedHosts how many such hosts are linked
     */
    boolean isOver(long now, int occupiedHosts) {
        if (occupiedHosts > occupied) {
            from = now + leaseNanos;
            firstOccupied = occupied == 0 ? now : firstOccupied;
        }
        occupied = Math.max(occupied, occupiedHosts);
        boolean tooLong = occupied > 0 && now - firstOccupied >= MOST_LEASES * leaseNanos;
        return now - from >= 0 || tooLong;
    }
}
