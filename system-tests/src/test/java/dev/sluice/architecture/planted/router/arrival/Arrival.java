package dev.sluice.architecture.planted.router.arrival;

import dev.sluice.architecture.planted.router.departure.Departure;
import org.jspecify.annotations.Nullable;

public class Arrival {
    public @Nullable Departure departure;
}
