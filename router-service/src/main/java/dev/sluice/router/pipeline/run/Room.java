package dev.sluice.router.pipeline.run;

/** What a run may hold: it counts until the run has ended, together with all else that the router holds. */
interface Room {

    /** False where there is no room for so many bytes more. */
    boolean take(long bytes);
}
