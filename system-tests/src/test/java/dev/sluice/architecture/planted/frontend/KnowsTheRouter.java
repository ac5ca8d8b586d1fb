package dev.sluice.architecture.planted.frontend;

import dev.sluice.architecture.planted.router.arrival.Arrival;

public class KnowsTheRouter {
    Arrival router = new Arrival();
}
