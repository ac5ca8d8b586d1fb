package dev.sluice.architecture.planted.client;

import org.springframework.core.io.Resource;

public class NeedsSpring {
    Resource certificates;
}
