package dev.sluice.architecture.planted.router;

import dev.sluice.architecture.planted.frontend.RunsModels;

public class KnowsTheFrontend {
    RunsModels frontend = new RunsModels();
}
