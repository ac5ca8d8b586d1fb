package dev.sluice.architecture.planted.scheduling;

import dev.sluice.architecture.planted.common.Anything;

public class KnowsCommon {
    Anything common = new Anything();
}
