package dev.sluice.system.call;

import dev.sluice.cli.platform.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Callers who send a query and leave before its answer, each on a connection of its own. Thread-safe. */
public final class Leavers {

    private static final int MOST_PATIENCE_MICROS = 20_000;

    private final List<URI> frontends;
    private final AtomicLong count = new AtomicLong();

    public Leavers(List<ServiceProcess> frontends) {
        this.frontends = frontends.stream().map(ServiceProcess::url).toList();
    }

    /** How many queries were sent and left. */
    public long count() {
        return count.get();
    }

    /** Sends the text and leaves within 20 ms, by a reset or politely. */
    public void comeAndGo(String target, String text) {
        send(target, '"' + text + '"', ThreadLocalRandom.current().nextInt(MOST_PATIENCE_MICROS));
    }

    /** Sends the input and leaves at once. */
    public void comeAndGoAtOnce(String target, String inputJson) {
        send(target, inputJson, 0);
    }

    private void send(String target, String inputJson, int patienceMicros) {
        long number = count.incrementAndGet();
        URI frontend = frontends.get((int) (number % frontends.size()));
        try {
            RawCall call = RawCall.send(frontend, target, inputJson);
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(patienceMicros));
            if (number / frontends.size() % 2 == 0) {
                call.close();
            } else {
                call.reset();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
