package dev.sluice.architecture.planted.scheduling;

import reactor.core.publisher.Mono;

public class KnowsReactor {
    Mono<String> mono = Mono.empty();
}
