package dev.sluice.architecture.planted.router.queue;

public class QueueManager {}
