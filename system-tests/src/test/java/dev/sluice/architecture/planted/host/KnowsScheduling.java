package dev.sluice.architecture.planted.host;

import dev.sluice.architecture.planted.scheduling.KnowsCommon;

public class KnowsScheduling {
    KnowsCommon scheduling = new KnowsCommon();
}
