package dev.sluice.router.fleet.store;

import dev.sluice.router.fleet.store.FleetStore.Entry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Writes and writes, and says of each write that it was acknowledged: until it is killed. */
final class WritingProcess {

    static final int KEYS = 5;

    private WritingProcess() {}

    /** @param args the folder, and the number that the first write is to have */
    public static void main(String[] args) {
        PrintStream out = System.out;
        Duration most = Duration.ofSeconds(60);
        try (FileFleetStore store = new FileFleetStore(Path.of(args[0]))) {
            Map<String, Entry> entries = new HashMap<>(store.load().block(most).entries());
            for (long number = Long.parseLong(args[1]); ; number++) {
                String key = "actors/a" + number % KEYS;
                long expected = entries.containsKey(key) ? entries.get(key).revision() : 0;
                long revision = store.write(key, document(number), expected).block(most);
                entries.put(key, new Entry(revision, ""));
                out.println(number + " " + revision);
                out.flush();
            }
        }
    }

    /** Of different lengths, up to more than a file system writes at once. */
    static String document(long number) {
        return "{\"number\": " + number + ", \"fill\": \"" + "x".repeat((int) (number * 7919 % 20_000)) + "\"}";
    }
}
