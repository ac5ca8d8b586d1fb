package dev.sluice.common.actor;

import java.util.Set;

/** How an actor's queries may be ordered, as descriptors and settings name it. */
public final class SchedulerNames {

    /** The most urgent first, and what cannot be answered in time is refused; of every actor that says nothing else. */
    public static final String DEADLINE = "deadline";

    /** In the order of arrival. */
    public static final String FIFO = "fifo";

    public static final Set<String> ALL = Set.of(DEADLINE, FIFO);

    private SchedulerNames() {}
}
