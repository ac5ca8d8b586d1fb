package dev.sluice.host.onnx.actor;

import java.util.concurrent.Executor;

/**
 * What helps the replicas' own threads.
 *
 * @param helpers with parts of a batch; none of them is ever waited for that has not begun, so they may be few
 * @param interrupts that reach models
 */
public record BatchThreads(Executor helpers, Interrupts interrupts) {}
