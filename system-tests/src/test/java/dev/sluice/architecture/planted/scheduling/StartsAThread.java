package dev.sluice.architecture.planted.scheduling;

public class StartsAThread {
    void start(Runnable work) {
        new Thread(work).start();
    }
}
