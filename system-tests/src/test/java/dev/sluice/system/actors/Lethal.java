package dev.sluice.system.actors;

import dev.sluice.sdk.Actor;
import java.util.ArrayList;
import java.util.List;

/** Takes its host down with it. */
@Actor(value = "lethal", description = "ends its host")
public class Lethal {

    public int exit(int status) {
        System.exit(status);
        return status;
    }

    public int allocate(int megabytes) {
        List<byte[]> held = new ArrayList<>();
        for (int i = 0; i < megabytes; i++) {
            held.add(new byte[1 << 20]);
        }
        return held.size();
    }
}
