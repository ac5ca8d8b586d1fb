package dev.sluice.architecture.planted.examples;

import dev.sluice.architecture.planted.router.arrival.Arrival;

public class KnowsTheRouter {
    Arrival router = new Arrival();
}
