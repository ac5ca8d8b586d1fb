package dev.sluice.architecture.planted.scheduling;

import java.time.Instant;

public class AsksTheCalendar {
    Instant now() {
        return Instant.now();
    }
}
