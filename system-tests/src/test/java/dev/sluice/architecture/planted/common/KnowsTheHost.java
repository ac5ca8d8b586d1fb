package dev.sluice.architecture.planted.common;

import dev.sluice.architecture.planted.host.KnowsScheduling;

public class KnowsTheHost {
    KnowsScheduling host = new KnowsScheduling();
}
