package dev.sluice.architecture.planted.client;

import dev.sluice.architecture.planted.frontend.KnowsTheRouter;

public class KnowsTheFrontend {
    KnowsTheRouter frontend = new KnowsTheRouter();
}
