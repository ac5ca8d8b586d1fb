package dev.sluice.architecture.planted.router.queue;

import org.springframework.stereotype.Component;

@Component
public class FindsItself {}
