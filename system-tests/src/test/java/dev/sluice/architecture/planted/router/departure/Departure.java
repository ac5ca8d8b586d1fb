package dev.sluice.architecture.planted.router.departure;

import dev.sluice.architecture.planted.router.arrival.Arrival;

public class Departure {
    public Arrival arrival = new Arrival();
}
