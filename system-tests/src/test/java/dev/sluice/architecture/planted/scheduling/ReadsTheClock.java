package dev.sluice.architecture.planted.scheduling;

public class ReadsTheClock {
    long now() {
        return System.nanoTime();
    }
}
