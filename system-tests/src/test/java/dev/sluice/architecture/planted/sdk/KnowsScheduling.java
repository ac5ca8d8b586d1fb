package dev.sluice.architecture.planted.sdk;

import dev.sluice.architecture.planted.scheduling.KnowsCommon;

public class KnowsScheduling {
    KnowsCommon scheduling = new KnowsCommon();
}
